import { afresh, type AreaChecks, Broken, type CheckContext, type CheckRequest } from "../engine/check.ts";
import { describeAnswer, parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import type { ContainerReference } from "../target/target.ts";
import type { WireResponse } from "../target/wire.ts";
import { findPod, podsOf } from "./kubelet-state.ts";

type Check = (context: CheckContext) => Promise<void>;

const form = "application/x-www-form-urlencoded";
const small = "only_cpu_and_memory=true";
/** What the whole summary tells of the node and only_cpu_and_memory leaves out. */
const nodeOnly = ["network", "fs", "runtime", "rlimit"];
const podOnly = ["network", "volume", "ephemeral-storage", "process_stats"];
const containerOnly = ["rootfs", "logs"];

/** `spec/requirements/stats.yaml`, the requirements that look into the summary or compare two. */
export const stats: AreaChecks<"stats"> = {
  "stats.small.node": async (context) => {
    const node = (await smallSummary(context))["node"];
    without(node, nodeOnly, "node");
  },

  "stats.small.pods": async (context) => {
    for (const pod of listAt(await smallSummary(context), "/pods")) {
      without(pod, podOnly, "pod");
      for (const container of listAt(pod, "/containers")) without(container, containerOnly, "container");
    }
  },

  "stats.small.keeps-cpu-and-memory": async (context) => {
    const summary = await smallSummary(context);
    positive(summary, "/node/cpu/usageCoreNanoSeconds");
    positive(summary, "/node/memory/workingSetBytes");
  },

  "stats.small.other-value": isWhole({ target: "/stats/summary?only_cpu_and_memory=1" }),
  "stats.small.twice": isWhole({ target: `/stats/summary?${small}&${small}` }),
  "stats.small.form": async (context) => {
    const request = { method: "POST", target: "/stats/summary", headers: { "Content-Type": form }, body: small };
    without(summaryIn(await context.send(request))["node"], nodeOnly, "node");
  },
  "stats.small.form-and-query": isWhole({
    method: "POST",
    target: `/stats/summary?${small}`,
    headers: { "Content-Type": form },
    body: small,
  }),
  "stats.small.other-body": isWhole({
    method: "POST",
    target: "/stats/summary",
    headers: { "Content-Type": "text/plain" },
    body: small,
  }),

  "stats.node.name": async (context) => {
    const name = pointer(await wholeSummary(context), "/node/nodeName");
    const names = [...new Set((await podsOf(context)).map(({ spec }) => spec?.nodeName).filter((each) => each !== undefined))];
    const wanted = context.target.nodeName ?? names[0];
    if (wanted === undefined) context.notApplicable("there are no pods that say what the node is called");
    if (name !== wanted) throw new Broken(`nodeName ${JSON.stringify(wanted)}`, JSON.stringify(name) ?? "none");
  },

  "stats.node.cpu": async (context) => positive(await wholeSummary(context), "/node/cpu/usageCoreNanoSeconds"),

  "stats.node.cpu-grows": async (context) => {
    const used = async (): Promise<unknown> => pointer(await wholeSummary(afresh(context)), "/node/cpu/usageCoreNanoSeconds");
    const before = await used();
    const after = await used();
    if (typeof before !== "number" || typeof after !== "number") return;
    if (after < before) throw new Broken(`at least ${before} nanoseconds`, String(after));
  },

  "stats.node.memory": async (context) => positive(await wholeSummary(context), "/node/memory/workingSetBytes"),

  "stats.node.start-time": async (context) => {
    const text = pointer(await wholeSummary(context), "/node/startTime");
    const time = Date.parse(String(text));
    // Clocks differ a little.
    if (!(time < Date.now() + 300_000)) throw new Broken("a startTime of the node in the past", JSON.stringify(text) ?? "none");
  },

  "stats.node.fs": async (context) => {
    const summary = await wholeSummary(context);
    positive(summary, "/node/fs/capacityBytes");
    present(summary, "/node/fs/availableBytes");
  },

  "stats.node.image-fs": async (context) => positive(await wholeSummary(context), "/node/runtime/imageFs/capacityBytes"),
  "stats.node.container-fs": async (context) => positive(await wholeSummary(context), "/node/runtime/containerFs/capacityBytes"),

  "stats.node.rlimit": async (context) => {
    const summary = await wholeSummary(context);
    const [most, now] = ["/node/rlimit/maxpid", "/node/rlimit/curproc"].map((place) => pointer(summary, place));
    if (typeof most !== "number" || typeof now !== "number" || now > most) {
      context.warn("rlimit with maxpid and no more curproc than that", JSON.stringify(pointer(summary, "/node/rlimit")) ?? "none");
    }
  },

  "stats.time.format": async (context) => {
    const odd = timesOf(await wholeSummary(context)).find((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time));
    if (odd !== undefined) context.warn("times like 2026-11-21T07:47:13Z", odd);
  },

  "stats.pods.listed": async (context) => {
    const { running } = context.target;
    const now = afresh(context);
    const uid = findPod(await podsOf(now), running)?.metadata?.uid;
    if (uid === undefined) context.notApplicable(`pod ${running?.pod} is gone since discovery`);
    const found = pointer(await podIn(now, running), "/podRef/uid");
    if (found !== uid) throw new Broken(`pod ${running?.pod} with the UID ${String(uid)}`, JSON.stringify(found) ?? "no such pod");
  },

  "stats.pods.container": async (context) => {
    const { running } = context.target;
    const names = listAt(await podIn(context, running), "/containers").map((container) => pointer(container, "/name"));
    if (!names.includes(running?.container)) throw new Broken(`container ${running?.container}`, names.join(", ") || "no containers");
  },

  "stats.pods.container-cpu": ofRunning("/cpu/usageCoreNanoSeconds"),
  "stats.pods.container-memory": ofRunning("/memory/workingSetBytes"),

  "stats.pods.waiting": async (context) => notListed(context, context.target.waiting),
  "stats.pods.ended": async (context) => notListed(context, context.target.ended),
};

/** The body of a summary, whatever is in it. Fails the requirement when the answer is none. */
function summaryIn(response: WireResponse): Record<string, unknown> {
  const body = parseJson(response)?.value;
  if (response.status !== 200 || typeof body !== "object" || body === null) throw new Broken("a summary", describeAnswer(response));
  return { ...body };
}

async function wholeSummary(context: CheckContext): Promise<Record<string, unknown>> {
  return summaryIn(await context.read({ target: "/stats/summary" }));
}

async function smallSummary(context: CheckContext): Promise<Record<string, unknown>> {
  return summaryIn(await context.read({ target: `/stats/summary?${small}` }));
}

/** The parameter had no effect: what it leaves out is there. */
function isWhole(request: CheckRequest): Check {
  return async (context) => {
    const summary = summaryIn(await context.send(request));
    if (nodeOnly.every((name) => pointer(summary, `/node/${name}`) === undefined)) {
      throw new Broken("the whole summary", `nothing of ${nodeOnly.join(", ")} of the node`);
    }
  };
}

function without(value: unknown, names: readonly string[], what: string): void {
  const found = names.filter((name) => pointer(value, `/${name}`) !== undefined);
  if (found.length > 0) throw new Broken(`a ${what} without ${names.join(", ")}`, `it has ${found.join(", ")}`);
}

function positive(summary: unknown, place: string): void {
  const value = pointer(summary, place);
  if (!(typeof value === "number" && value > 0)) throw new Broken(`a number above 0 at ${place}`, JSON.stringify(value) ?? "nothing there");
}

function present(summary: unknown, place: string): void {
  if (typeof pointer(summary, place) !== "number") throw new Broken(`a number at ${place}`, "nothing there");
}

function listAt(value: unknown, place: string): readonly unknown[] {
  const list = pointer(value, place);
  return Array.isArray(list) ? list : [];
}

async function podIn(context: CheckContext, wanted: ContainerReference | undefined): Promise<unknown> {
  const pods = listAt(await wholeSummary(context), "/pods");
  return pods.find((pod) => pointer(pod, "/podRef/name") === wanted?.pod && pointer(pod, "/podRef/namespace") === wanted?.namespace);
}

function ofRunning(place: string): Check {
  return async (context) => {
    const { running } = context.target;
    const container = listAt(await podIn(context, running), "/containers").find((each) => pointer(each, "/name") === running?.container);
    // That it is missing altogether is another requirement's failure.
    if (container !== undefined) present(container, place);
  };
}

async function notListed(context: CheckContext, reference: ContainerReference | undefined): Promise<void> {
  const names = listAt(await podIn(context, reference), "/containers").map((container) => pointer(container, "/name"));
  if (names.includes(reference?.container)) throw new Broken(`no container ${reference?.container}`, names.join(", "));
}

/** The values of all members that hold a time. */
function timesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === "string" && (name === "time" || name === "startTime") ? [member] : timesOf(member),
  );
}
