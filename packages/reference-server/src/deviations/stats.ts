import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { routeMissing } from "./refusals.ts";

type Http = NonNullable<Deviation["http"]>;

const path = "/stats/summary";
const small = "only_cpu_and_memory=true";
const whole: ExchangeMatch = { listener: "main", method: "GET", path, query: null, status: 200 };
const smallOnes: ExchangeMatch = { listener: "main", method: "GET", path, query: small, status: 200 };
const post: ExchangeMatch = { listener: "main", method: "POST", path };

/** What breaks each requirement of `spec/requirements/stats.yaml`. */
export const stats: Record<ObservableRequirementId["stats"], Deviation> = {
  "stats.summary.ok": {
    summary: "sends the summary as plain text",
    http: changing({ ...whole, headers: { accept: null } }, { headers: { "Content-Type": "text/plain; charset=utf-8" } }),
  },
  "stats.summary.schema": {
    summary: "writes null for figures that it does not know",
    http: eachSummary({ ...whole, headers: { accept: "application/json" } }, ({ node }) => void (node["rlimit"] = null)),
  },
  "stats.summary.media-type": {
    summary: "adds a charset to the type of the summary",
    http: changing({ ...whole, headers: { accept: null } }, { headers: { "Content-Type": "application/json; charset=utf-8" } }),
  },
  "stats.summary.indented": {
    summary: "writes the summary on one line",
    http: changing({ ...whole, headers: { accept: null } }, { body: (body) => JSON.stringify(JSON.parse(body)) }),
  },
  "stats.summary.trailing-slash": {
    summary: "has no /stats/summary/",
    http: routeMissing({ listener: "main", path: "/stats/summary/" }),
  },
  "stats.summary.post": {
    summary: "takes GET only on /stats/summary",
    http: answering({ ...post, query: null, headers: { "content-type": null } }, 405, "405: Method Not Allowed", { Allow: "GET" }),
  },
  "stats.form.semicolon": {
    summary: "drops a pair with a semicolon without a word",
    http: asking({ listener: "main", path, query: "a=1;b" }, { target: path }),
  },
  "stats.form.bad-escape": {
    summary: "drops a pair with a broken escape without a word",
    http: asking({ listener: "main", method: "GET", path, query: "a=%zz" }, { target: path }),
  },
  "stats.form.bad-body": {
    summary: "answers 400 to a form with a broken escape",
    http: changing({ ...post, status: 500, text: /invalid URL escape/ }, { status: 400 }),
  },
  "stats.form.bad-content-type": {
    summary: "answers 400 to a broken Content-Type",
    http: changing({ ...post, headers: { "content-type": "bad/" } }, { status: 400 }),
  },
  "stats.small.node": {
    summary: "tells the node's process limits under only_cpu_and_memory, too",
    http: eachSummary(smallOnes, ({ node }) => void (node["rlimit"] = { time: node["startTime"], maxpid: 1, curproc: 1 })),
  },
  "stats.small.pods": {
    summary: "tells the logs of containers under only_cpu_and_memory, too",
    http: eachContainer(smallOnes, (container) => void (container["logs"] = { time: container["startTime"] })),
  },
  "stats.small.keeps-cpu-and-memory": {
    summary: "leaves the node's memory out under only_cpu_and_memory",
    http: eachSummary(smallOnes, ({ node }) => void delete node["memory"]),
  },
  "stats.small.other-value": {
    summary: "takes only_cpu_and_memory=1 for true",
    http: asking({ listener: "main", path, query: "only_cpu_and_memory=1" }, { target: `${path}?${small}` }),
  },
  "stats.small.twice": {
    summary: "takes the first of two only_cpu_and_memory",
    http: asking({ listener: "main", path, query: `${small}&${small}` }, { target: `${path}?${small}` }),
  },
  "stats.small.form": {
    summary: "does not read forms",
    http: eachSummary(
      { ...post, query: null, headers: { "content-type": "application/x-www-form-urlencoded" }, status: 200 },
      ({ node }) => void (node["rlimit"] = { time: node["startTime"] }),
    ),
  },
  "stats.small.form-and-query": {
    summary: "takes the query's only_cpu_and_memory whatever the form holds",
    http: asking({ ...post, query: small }, { method: "GET", target: `${path}?${small}` }),
  },
  "stats.small.other-body": {
    summary: "reads any body as a form",
    http: asking({ ...post, headers: { "content-type": "text/plain" } }, { method: "GET", target: `${path}?${small}` }),
  },
  "stats.node.name": {
    summary: "calls the node localhost",
    http: eachSummary(whole, ({ node }) => void (node["nodeName"] = "localhost")),
  },
  "stats.node.cpu": {
    summary: "tells only how many processors the node uses now",
    http: eachSummary(whole, ({ node }) => void delete partOf(node, "cpu")["usageCoreNanoSeconds"]),
  },
  "stats.node.cpu-grows": {
    summary: "tells the processor time since the last time it was asked",
    http: countingDown(),
  },
  "stats.node.memory": {
    summary: "tells no working set of the node",
    http: eachSummary(whole, ({ node }) => void delete partOf(node, "memory")["workingSetBytes"]),
  },
  "stats.node.start-time": {
    summary: "says that the node's figures count from the year 2106 on",
    http: eachSummary(whole, ({ node }) => void (node["startTime"] = "2106-02-07T06:28:15Z")),
  },
  "stats.node.fs": {
    summary: "does not tell how much of the node's file system is free",
    http: eachSummary(whole, ({ node }) => void delete partOf(node, "fs")["availableBytes"]),
  },
  "stats.node.image-fs": {
    summary: "leaves the file system of images out",
    http: eachSummary(whole, ({ node }) => void delete partOf(node, "runtime")["imageFs"]),
  },
  "stats.node.container-fs": {
    summary: "leaves the file system of containers out",
    http: eachSummary(whole, ({ node }) => void delete partOf(node, "runtime")["containerFs"]),
  },
  "stats.node.rlimit": {
    summary: "leaves the process limits out",
    http: eachSummary(whole, ({ node }) => void delete node["rlimit"]),
  },
  "stats.time.format": {
    summary: "writes fractions of seconds",
    http: changing(whole, { body: (body) => body.replaceAll(/(?<="time": "[^"]*)Z"/g, '.123456789Z"') }),
  },
  "stats.pods.listed": {
    summary: "gives pods without their UIDs",
    http: eachSummary(whole, ({ pods }) => pods.forEach(({ podRef }) => void (podRef["uid"] = ""))),
  },
  "stats.pods.container": {
    summary: "gives containers without their names",
    http: eachContainer(whole, (container) => void (container["name"] = "")),
  },
  "stats.pods.container-cpu": {
    summary: "tells no processor time of containers",
    http: eachContainer(whole, (container) => void delete container["cpu"]),
  },
  "stats.pods.container-memory": {
    summary: "tells no working set of containers",
    http: eachContainer(whole, (container) => void delete container["memory"]),
  },
  "stats.pods.waiting": {
    summary: "lists containers that never started",
    http: eachSummary(whole, ({ pods }) => pods.forEach(({ containers }) => addStranger(containers, "waiting"))),
  },
  "stats.pods.ended": {
    summary: "lists containers that have ended",
    http: eachSummary(whole, ({ pods }) => pods.forEach(({ containers }) => addStranger(containers, "ended"))),
  },
};

type Part = Record<string, unknown>;

interface Summary {
  node: Part;
  pods: { podRef: Part; containers: Part[] }[];
}

function eachSummary(match: ExchangeMatch, change: (summary: Summary) => void): Http {
  return changing(match, {
    body: (body) => {
      // The body is the kubelet's own, so its shape is known.
      const summary = JSON.parse(body) as Summary;
      change(summary);
      return JSON.stringify(summary, null, 1);
    },
  });
}

function eachContainer(match: ExchangeMatch, change: (container: Part) => void): Http {
  return eachSummary(match, ({ pods }) => pods.forEach(({ containers }) => containers.forEach(change)));
}

function partOf(part: Part, name: string): Part {
  // As above.
  return part[name] as Part;
}

/** The testbed names its containers so. */
function addStranger(containers: Part[], name: string): void {
  containers.push({ name, startTime: "2026-11-21T08:03:04Z" });
}

function countingDown(): Http {
  let rest = 1_000_000_000;
  return eachSummary(whole, ({ node }) => void (partOf(node, "cpu")["usageCoreNanoSeconds"] = rest -= 1000));
}
