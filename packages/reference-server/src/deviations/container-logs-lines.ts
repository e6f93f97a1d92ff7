import { answering, changing } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { keepingLogFiles } from "./kept-log-files.ts";
import {
  type Id,
  known,
  absentPod,
  any,
  plainly,
  ignoring,
  asFalse,
  asTrue,
  asked,
  inPieces,
  holdingBack,
  gathering,
  withoutTail,
} from "./container-logs-matches.ts";

/** Which part of a log is sent, and how. */
export const linesDeviations = {
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
    http: asked("timestamps=true", (body) => body.replaceAll(/(?<=\.\d{6})\d{3}(?=Z )/g, ""), /\/ended$/),
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
} satisfies Partial<Record<Id, Deviation>>;
