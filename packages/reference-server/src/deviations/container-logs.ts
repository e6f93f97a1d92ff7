import { Readable } from "node:stream";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch, matchesRequest } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { keepingLogFiles } from "./kept-log-files.ts";
import { methodNotAllowed, routeMissing } from "./refusals.ts";

type Http = NonNullable<Deviation["http"]>;

/** Requests that only requirements make: for a pod that does not exist, and for containers by the names that tests give them. */
const known: ExchangeMatch = { listener: "main", client: "certificate" };
const absentPod: ExchangeMatch = { ...known, method: "GET", path: /^\/containerLogs\/default\/[^/]+\/c$/ };
const any: ExchangeMatch = { ...known, method: "GET", path: /^\/containerLogs\/(?:[^/]+\/){2}[^/]+$/ };
/** Without the headers that single requirements send. */
const plainly: ExchangeMatch = { ...any, query: null, headers: { accept: null, "accept-encoding": null, range: null }, httpVersion: "1.1" };

const podDoesNotExist = 'pod "kubelet-conformance-absent" does not exist';

/** What breaks each requirement of `spec/requirements/container-logs.yaml`. */
export const containerLogs: Record<ObservableRequirementId["container-logs"], Deviation> = {
  "container-logs.response.ok": {
    summary: "answers 206 with a log",
    http: changing({ ...plainly, status: 200 }, { status: 206 }),
  },
  "container-logs.response.no-type": {
    summary: "types logs as text",
    http: changing({ ...plainly, status: 200 }, { headers: { "Content-Type": "text/plain" } }),
  },
  "container-logs.response.not-compressed": {
    summary: "says that a log is compressed",
    http: changing({ ...any, headers: { "accept-encoding": "gzip" }, status: 200 }, { headers: { "Content-Encoding": "gzip" } }),
  },
  "container-logs.response.no-ranges": {
    summary: "serves ranges of a log",
    http: changing(
      { ...any, headers: { range: "bytes=0-1" }, status: 200 },
      { status: 206, body: (body) => body.slice(0, 2), headers: { "Content-Range": "bytes 0-1/2" } },
    ),
  },
  "container-logs.response.trailing-slash": {
    summary: "does not know a path with a trailing slash",
    http: answering({ ...known, path: /^\/containerLogs\/.*\/$/ }, 404, "404: Page Not Found"),
  },
  "container-logs.response.http2": {
    summary: "types logs as text over HTTP/2",
    http: changing({ ...any, httpVersion: "2.0", status: 200 }, { headers: { "Content-Type": "text/plain" } }),
  },
  "container-logs.pod.unknown": {
    summary: "answers 404 for an unknown pod as if there were no such path",
    http: routeMissing({ ...absentPod, query: null, headers: { accept: null } }),
  },
  "container-logs.pod.other-namespace": {
    summary: "finds pods by their name in any namespace",
    http: answering({ ...any, path: /^\/containerLogs\/kubelet-conformance-absent\//, query: null }, 200, ""),
  },
  "container-logs.container.unknown": {
    summary: "answers 200 and nothing for a container that the pod does not have",
    http: answering({ ...any, path: /^\/containerLogs\/(?:[^/]+\/){2}kubelet-conformance-absent$/, query: null }, 200, ""),
  },
  "container-logs.path.too-short": {
    summary: "answers 400 to a path without a container",
    http: answering({ ...known, path: /^\/containerLogs\/default\/[^/]+$/ }, 400, '{"message": "Missing container name."}'),
  },
  "container-logs.path.no-uid": {
    summary: "takes a path with a UID in it",
    http: answering({ ...known, path: /^\/containerLogs\/default\/[^/]+\/0\/c$/ }, 404, 'pod "x" does not exist'),
  },
  "container-logs.method.post": {
    summary: "allows POST as well",
    http: methodNotAllowed({ ...known, method: "POST", path: /^\/containerLogs\/.*\/c$/ }, "GET, POST"),
  },
  "container-logs.method.head": {
    summary: "answers HEAD as if it were GET",
    http: answering({ ...known, method: "HEAD", path: /^\/containerLogs\/.*\/c$/ }, 200, ""),
  },
  "container-logs.accept.text": {
    summary: "serves clients that accept plain text",
    http: asking({ ...absentPod, headers: { accept: "text/plain" } }, { headers: { accept: null } }),
  },
  "container-logs.accept.list": {
    summary: "answers 406 when anything is accepted, but only in the end",
    http: answering({ ...any, headers: { accept: "application/json, */*" } }, 406, "406: Not Acceptable\n\nAvailable representations: "),
  },
  "container-logs.query.tail-lines-text": ignoring("ignores a tailLines that is no number", "tailLines=abc"),
  "container-logs.query.tail-lines-empty": ignoring("takes an empty tailLines for none", "tailLines="),
  "container-logs.query.tail-lines-too-large": ignoring("takes any number as tailLines", "tailLines=9223372036854775808"),
  "container-logs.query.tail-lines-largest": undecodable("holds tailLines in 32 bits", "tailLines=9223372036854775807"),
  "container-logs.query.plus-sign": undecodable("takes digits only for a number", "tailLines=%2B1"),
  "container-logs.query.limit-bytes-text": ignoring("ignores a limitBytes that is no number", "limitBytes=x"),
  "container-logs.query.since-seconds-text": ignoring("takes durations as sinceSeconds", "sinceSeconds=10s"),
  "container-logs.query.since-time-text": ignoring("takes a date for a time", "sinceTime=2026-01-01"),
  "container-logs.query.since-time-plus": ignoring("takes a plus sign in a query for itself", "sinceTime=2026-01-01T00:00:00+01:00"),
  "container-logs.query.since-time-offset": undecodable("takes times in UTC only", "sinceTime=2026-01-01T00:00:00.5-08:00"),
  "container-logs.query.since-time-empty": undecodable("takes an empty sinceTime for a wrong one", "sinceTime="),
  "container-logs.query.since-time-null": undecodable("does not know null as a time", "sinceTime=null"),
  "container-logs.query.first-value": undecodable("lets the last of several values count", "tailLines=1&tailLines=abc"),
  "container-logs.query.unknown-name": undecodable("refuses parameters that it does not know", /^foo=bar/),
  "container-logs.query.case": undecodable("reads the names of parameters in any case", "TailLines=abc"),
  "container-logs.query.broken-escape": undecodable("refuses a value that is not encoded as it should", "tailLines=%zz"),
  "container-logs.query.semicolon": undecodable("refuses a semicolon", "tailLines=a;b"),
  "container-logs.query.legacy-tail": ignoring("does not know tail", "tail=abc&tailLines=1"),
  "container-logs.query.legacy-tail-all": undecodable("reads tailLines beside tail=all", "tail=all&tailLines=abc"),
  "container-logs.query.legacy-tail-empty": undecodable("reads an empty tail", "tail=&tailLines=1"),
  "container-logs.query.tail-lines-negative": ignoring("takes a negative tailLines for no limit", "tailLines=-1"),
  "container-logs.query.limit-bytes-zero": ignoring("takes limitBytes=0 for no limit", "limitBytes=0"),
  "container-logs.query.since-seconds-zero": ignoring("takes sinceSeconds=0 for no limit", "sinceSeconds=0"),
  "container-logs.query.both-since": ignoring("takes sinceSeconds and sinceTime together", /^sinceSeconds=5&sinceTime=2/),
  "container-logs.query.both-since-empty": ignoring("takes an empty sinceTime beside sinceSeconds for none", "sinceSeconds=5&sinceTime="),
  "container-logs.query.decoded-first": {
    summary: "validates each parameter as it comes",
    http: answering({ ...absentPod, query: "tailLines=-1&limitBytes=x" }, 422, '{"message": "Invalid request."}'),
  },
  "container-logs.waiting.refused": {
    summary: "answers 200 and nothing for a container that never started",
    http: changing({ ...plainly, status: 400, text: /is waiting to start/ }, { status: 200, body: "" }),
  },
  "container-logs.waiting.no-type": {
    summary: "types what it says of a container that never started",
    http: changing({ ...plainly, status: 400 }, { headers: { "Content-Type": "text/plain; charset=utf-8" } }),
  },
  "container-logs.waiting.http2": {
    summary: "does not type what it says of a container that never started over HTTP/2",
    http: changing({ ...any, httpVersion: "2.0", status: 400 }, { headers: { "Content-Type": "application/json" } }),
  },
  "container-logs.waiting.follow": {
    summary: "answers 200 and nothing to who wants to follow a container that never started",
    http: changing({ ...any, query: "follow=true", status: 400 }, { status: 200, body: "" }),
  },
  "container-logs.previous.none": {
    summary: "answers 404 when there is no previous instance",
    http: changing({ ...any, path: /\/waiting$/, query: "previous=true", status: 400 }, { status: 404 }),
  },
  "container-logs.previous.ended": {
    summary: "takes the only instance of a container for the previous one",
    http: asking({ ...any, path: /\/ended$/, query: "previous=true" }, { target: "/containerLogs/default/testbed-testbed-node/ended" }),
  },
  "container-logs.previous.log": {
    summary: "answers the current log to who asks for the previous one",
    http: asked("previous=true&timestamps=true", () => "2999-01-01T00:00:00.000000000Z now\n"),
  },
  "container-logs.boolean.empty": asFalse("takes a boolean without a value for false", "previous"),
  "container-logs.boolean.any-word": asFalse("takes the word no for false", "previous=no"),
  "container-logs.boolean.false": asTrue("takes FALSE for true", "previous=FALSE"),
  "container-logs.boolean.zero": asTrue("takes 0 for true", "previous=0"),
  "container-logs.tail.zero": {
    summary: "takes tailLines=0 for no limit",
    http: answering({ ...any, query: "tailLines=0" }, 200, "done\n"),
  },
  "container-logs.tail.last": {
    summary: "answers the first line to tailLines=1",
    http: asked("tailLines=1", (body) => body.replace(/^.*$/m, "done"), /\/ended$/),
  },
  "container-logs.tail.all": {
    summary: "answers no more than ten bytes to tailLines",
    http: asked("tailLines=1000000", (body) => body.slice(-10)),
  },
  "container-logs.limit.bytes": {
    summary: "goes on to the end of the line when it has sent limitBytes",
    http: asked(/^limitBytes=\d+$/, (body) => `${body}x`),
  },
  "container-logs.limit.follow": {
    summary: "does not limit a followed log",
    http: asked("follow=true&limitBytes=1", (body) => `${body}x`),
  },
  "container-logs.timestamps.format": {
    summary: "writes times in microseconds",
    http: asked("timestamps=true", (body) => body.replaceAll(/(?<=\.\d{6})\d{3}(?=Z )/g, "")),
  },
  "container-logs.since.future": {
    summary: "takes a sinceTime in the future for now",
    http: answering({ ...any, query: "sinceTime=2999-01-01T00:00:00Z" }, 200, "over\n"),
  },
  "container-logs.since.time": {
    summary: "leaves out the line of exactly sinceTime",
    http: asked(/^sinceTime=20/, (body) => body.replace(/^.*\n/, ""), /\/ended$/),
  },
  "container-logs.since.seconds": {
    summary: "takes sinceSeconds for milliseconds",
    http: asked("sinceSeconds=3153600000", () => ""),
  },
  "container-logs.follow.ended": {
    summary: "shows only what comes from now on when it follows a log",
    http: asked("follow=true", () => "", /\/ended$/),
  },
  "container-logs.follow.head": {
    summary: "sends the status of a followed log with its first line",
    http: holdingBack({ ...any, query: /^follow=true&sinceTime=/ }),
  },
  "container-logs.follow.lines": {
    summary: "sends a followed log when it has ended",
    http: gathering({ ...any, query: "follow=true&tailLines=0" }),
  },
  "container-logs.follow.tail": {
    summary: "ignores tailLines when it follows a log",
    http: withoutTail({ ...any, query: "follow=true&tailLines=1&timestamps=true" }),
  },
  "container-logs.follow.rotation": {
    summary: "follows the file that a log began in, whatever becomes of its name",
    runtime: keepingLogFiles,
  },
  "container-logs.long-line.whole": {
    summary: "ends each piece of a long line with a newline",
    http: asked("previous=false", inPieces("\n"), /\/long$/),
  },
  "container-logs.long-line.time": {
    summary: "writes a time in front of each piece of a long line",
    http: asked("timestamps=true", inPieces("2026-11-21T07:59:01.500000000Z "), /\/long$/),
  },
  "container-logs.long-line.tail": {
    summary: "counts a line in three pieces as one of tailLines",
    http: asking(
      { ...any, path: /\/long$/, query: "tailLines=1" },
      { target: "/containerLogs/default/testbed-testbed-node/long?tailLines=3" },
    ),
  },
  "container-logs.stream.unknown": ignoring("takes a stream that it does not know for all of them", "stream=stdout"),
  "container-logs.stream.empty": ignoring("takes an empty stream for all of them", "stream="),
  "container-logs.stream.tail": ignoring("takes one stream and tailLines together", "stream=Stderr&tailLines=1"),
  "container-logs.stream.all-tail": {
    summary: "does not take tailLines with any stream",
    http: answering({ ...absentPod, query: "stream=All&tailLines=1" }, 422, '{"message": "Invalid request."}'),
  },
  "container-logs.stream.ignored": {
    summary: "knows stream before its time",
    http: answering({ ...absentPod, query: "stream=nothing&tailLines=1" }, 422, '{"message": "Invalid request."}'),
  },
  "container-logs.stream.gate-off": {
    summary: "answers the whole log to a stream while the gate is off",
    http: answering({ ...any, path: /\/ended$/, query: "stream=Stdout" }, 200, "done\n"),
  },
  "container-logs.stream.gate-after-container": {
    summary: "asks for the gate first",
    http: answering({ ...absentPod, query: "stream=Stdout" }, 400, "Please enable PodLogsQuerySplitStreams feature gate in kubelet"),
  },
  "container-logs.stream.parts": {
    summary: "answers both streams to Stdout",
    http: asking({ ...any, query: "stream=Stdout" }, { target: "/containerLogs/default/testbed-testbed-node/ended" }),
  },
  "container-logs.stream.limit": {
    summary: "counts bytes of the other stream against limitBytes",
    http: asked(/^stream=Stderr&limitBytes=/, (body) => body.slice(5)),
  },
};

/** Goes on to look for the pod where it should refuse. */
function ignoring(summary: string, query: string | RegExp): Deviation {
  return { summary, http: answering({ ...absentPod, query }, 404, podDoesNotExist) };
}

/** Refuses where it should look for the pod. */
function undecodable(summary: string, query: string | RegExp): Deviation {
  return { summary, http: answering({ ...absentPod, query }, 400, '{"message": "Unable to decode query."}') };
}

function asFalse(summary: string, query: string): Deviation {
  return { summary, http: answering({ ...any, query }, 400, 'container "c" in pod "p" is waiting to start: ErrImageNeverPull') };
}

function asTrue(summary: string, query: string): Deviation {
  return { summary, http: answering({ ...any, query }, 400, 'previous terminated container "c" in pod "p" not found') };
}

/** Another log than was asked for. */
function asked(query: string | RegExp, body: (body: string) => string, path: string | RegExp = any.path ?? ""): Http {
  return changing({ ...any, path, query, status: 200 }, { body });
}

/** Puts something between the pieces in which runtimes write a line. */
function inPieces(separator: string): (body: string) => string {
  return (body) => body.replaceAll(/[^\n]{16384}(?=[^\n])/g, (piece) => piece + separator);
}

/** Waits for the first piece of a body before the answer begins. */
function holdingBack(match: ExchangeMatch): Http {
  return async (request, next) => {
    const answer = await next(request);
    if (!matchesRequest(match, request) || !(answer.body instanceof Readable)) return answer;
    const pieces: Buffer[] = [];
    for await (const piece of answer.body) pieces.push(Buffer.from(piece));
    return { ...answer, body: Buffer.concat(pieces) };
  };
}

/** Begins the answer, and sends the body when there is no more of it. */
function gathering(match: ExchangeMatch): Http {
  return async (request, next) => {
    const answer = await next(request);
    if (!matchesRequest(match, request) || !(answer.body instanceof Readable)) return answer;
    return { ...answer, body: Readable.from(wholeOf(answer.body)) };
  };
}

async function* wholeOf(body: Readable): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(Buffer.from(piece));
  yield Buffer.concat(pieces);
}

function withoutTail(match: ExchangeMatch): Http {
  return async (request, next) => {
    if (!matchesRequest(match, request)) return next(request);
    const target = request.target.replace("&tailLines=1", "");
    return asking(match, { target })(request, next);
  };
}
