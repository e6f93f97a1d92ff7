import { answering, changing } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed, routeMissing } from "./refusals.ts";
import { type Id, known, absentPod, any, plainly, ignoring, undecodable } from "./container-logs-matches.ts";

/** How requests for a log are read and refused. */
export const requestsDeviations = {
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
} satisfies Partial<Record<Id, Deviation>>;
