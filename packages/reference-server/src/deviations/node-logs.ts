import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch, matchesRequest } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed, routeMissing, unauthorized } from "./refusals.ts";

type Http = NonNullable<Deviation["http"]>;

const known: ExchangeMatch = { listener: "main", client: "certificate", method: "GET" };
const list: ExchangeMatch = { ...known, path: "/logs/", query: null, headers: { accept: null, range: null, "accept-encoding": null } };
/** The listing as checks ask for it that go on from there. */
const explored: ExchangeMatch = { ...known, path: "/logs/", query: null, headers: { accept: "*/*" } };
const file: ExchangeMatch = { ...known, path: /^\/logs\/.*[^/]$/ };
const query: ExchangeMatch = { ...known, path: "/logs/" };

/** What breaks each requirement of `spec/requirements/node-logs.yaml`. */
export const nodeLogs: Record<ObservableRequirementId["node-logs"], Deviation> = {
  "node-logs.list.ok": {
    summary: "lists as JSON",
    http: changing(
      { ...list, headers: { ...list.headers, "if-modified-since": null } },
      { body: '<pre>\n<a href="x">x</a>\n</pre>\n', headers: { "Content-Type": "application/json" } },
    ),
  },
  "node-logs.list.lines": {
    summary: "lists all links on one line",
    http: changing({ ...list, status: 200 }, { body: (body) => body.replaceAll("</a>\n", "</a> ") }),
  },
  "node-logs.list.sorted": {
    summary: "lists in no order",
    http: changing({ ...explored, status: 200 }, { body: (body) => `${body.replace("</pre>\n", "")}<a href="A">A</a>\n</pre>\n` }),
  },
  "node-logs.list.directories": {
    summary: "lists directories without a slash",
    http: changing({ ...explored, status: 200 }, { body: (body) => body.replaceAll(/\/(?="|<\/a>\n)/g, "") }),
  },
  "node-logs.list.modified": {
    summary: "does not say when the directory was changed",
    http: changing({ ...list, status: 200 }, { headers: { "Last-Modified": null } }),
  },
  "node-logs.list.not-modified": {
    summary: "lists again what the client has",
    http: asking({ ...known, path: "/logs/" }, { headers: { "if-modified-since": null } }),
  },
  "node-logs.list.no-ranges": {
    summary: "serves ranges of a listing",
    http: changing(
      { ...list, headers: { range: "bytes=0-1" } },
      { status: 206, body: (body) => body.slice(0, 2), headers: { "Content-Range": "bytes 0-1/2" } },
    ),
  },
  "node-logs.list.not-compressed": {
    summary: "says that the listing is compressed",
    http: changing({ ...list, headers: { "accept-encoding": "gzip" }, status: 200 }, { headers: { "Content-Encoding": "gzip" } }),
  },
  "node-logs.list.index": {
    summary: "answers 404 to index.html",
    http: routeMissing({ ...known, path: "/logs/index.html" }),
  },
  "node-logs.path.absent": {
    summary: "answers 200 and nothing for a file that does not exist",
    http: answering({ ...known, path: "/logs/kubelet-conformance-absent", query: null }, 200, ""),
  },
  "node-logs.path.too-long": {
    summary: "answers 404 to a name that no file can have",
    http: routeMissing({ ...known, path: /^\/logs\/n{300}$/ }),
  },
  "node-logs.path.traversal": {
    summary: "follows encoded dots out of the directory",
    http: answering({ ...known, path: /^\/logs\/%2e%2e\// }, 200, "root:x:0:0:root:/root:/bin/sh\n"),
  },
  "node-logs.path.traversal-cleaned": {
    summary: "follows encoded dots out of the directory",
    http: answering({ ...known, path: /^\/logs\/%2e%2e\// }, 200, "root:x:0:0:root:/root:/bin/sh\n"),
  },
  "node-logs.path.traversal-slash": {
    summary: "follows encoded slashes out of the directory",
    http: answering({ ...known, path: /\.\.%2f/ }, 200, "root:x:0:0:root:/root:/bin/sh\n"),
  },
  "node-logs.path.plain-dots": {
    summary: "asks for credentials before it cleans a path",
    http: unauthorized({ listener: "main", client: "nobody", path: "/logs/../etc/passwd" }),
  },
  "node-logs.path.no-slash": {
    summary: "serves /logs as /logs/",
    http: asking({ ...known, path: "/logs" }, { target: "/logs/" }),
  },
  "node-logs.method.head": {
    summary: "answers HEAD as GET",
    http: answering({ ...known, method: "HEAD", path: "/logs/" }, 200, ""),
  },
  "node-logs.method.put": {
    summary: "allows PUT as well",
    http: methodNotAllowed({ ...known, method: "PUT", path: /^\/logs\// }, "GET, PUT"),
  },
  "node-logs.accept.text": {
    summary: "serves clients that accept plain text",
    http: asking({ ...known, path: "/logs/", headers: { accept: "text/plain" } }, { headers: { accept: null } }),
  },
  "node-logs.accept.list": {
    summary: "answers 406 when anything is accepted, but only in the end",
    http: answering(
      { ...known, path: "/logs/", headers: { accept: /^text\/html, / } },
      406,
      "406: Not Acceptable\n\nAvailable representations: ",
    ),
  },
  "node-logs.file.range": ranged("counts the bytes of a range from one", "bytes=1-2", (body) => body.split("").toReversed().join("")),
  "node-logs.file.range-suffix": {
    summary: "answers the first bytes to a range without a beginning",
    http: asking({ ...file, headers: { range: "bytes=-2" } }, { headers: { range: "bytes=0-1" } }),
  },
  "node-logs.file.range-open": {
    summary: "answers the whole file to a range without an end",
    http: asking({ ...file, headers: { range: /^bytes=\d{1,9}-$/ } }, { headers: { range: null } }),
  },
  "node-logs.file.range-past-end": {
    summary: "answers the whole file to a range behind its end",
    http: asking({ ...file, headers: { range: /^bytes=\d{10,}-$/ } }, { headers: { range: null } }),
  },
  "node-logs.file.range-malformed": {
    summary: "ignores a range that is none",
    http: asking({ ...file, headers: { range: "bytes=3-1" } }, { headers: { range: null } }),
  },
  "node-logs.file.ranges": {
    summary: "answers the first of several ranges",
    http: asking({ ...file, headers: { range: "bytes=0-0,2-3" } }, { headers: { range: "bytes=0-0" } }),
  },
  "node-logs.file.accept-ranges": {
    summary: "does not say that it takes ranges",
    http: changing({ ...file, headers: { range: "bytes=0-1" } }, { headers: { "Accept-Ranges": null } }),
  },
  "node-logs.file.not-modified": {
    summary: "sends again what the client has",
    http: asking({ ...file, headers: { "if-modified-since": /2999/ } }, { headers: { "if-modified-since": null } }),
  },
  "node-logs.file.modified-since": {
    summary: "takes any copy of a client for a new one",
    http: answering({ ...file, headers: { "if-modified-since": /1971/ } }, 304, ""),
  },
  "node-logs.file.unmodified-since": {
    summary: "ignores If-Unmodified-Since",
    http: asking({ ...file, headers: { "if-unmodified-since": /./ } }, { headers: { "if-unmodified-since": null } }),
  },
  "node-logs.file.if-range": {
    summary: "ignores If-Range",
    http: asking({ ...file, headers: { "if-range": /./ } }, { headers: { "if-range": null } }),
  },
  "node-logs.file.etag": {
    summary: "ignores If-Match",
    http: asking({ ...file, headers: { "if-match": /./ } }, { headers: { "if-match": null } }),
  },
  "node-logs.file.trailing-slash": {
    summary: "answers 404 to a file with a slash behind it",
    http: changing({ ...known, path: /^\/logs\/.+\/$/, status: 301 }, { status: 404, headers: { Location: null } }),
  },
  "node-logs.file.below": {
    summary: "answers 500 to what is below a file",
    http: answering({ ...known, path: /\/below$/ }, 500, "500 Internal Server Error\n"),
  },
  "node-logs.directory.no-slash": {
    summary: "drops the query when it sends a client to a directory",
    http: changing({ ...file, path: /^\/logs\/[\w-]+$/, query: "a=b", status: 301 }, { headers: { Location: "pods/" } }),
  },
  "node-logs.off.refused": {
    summary: "answers 404 while the handler is off",
    http: routeMissing({ ...known, path: "/logs/", query: null }),
  },
  "node-logs.off.file": {
    summary: "looks for files while the handler is off",
    http: routeMissing({ ...known, path: /^\/logs\/./ }),
  },
  "node-logs.off.post": {
    summary: "answers POST with the methods of the handler while it is off",
    http: methodNotAllowed({ ...known, method: "POST", path: "/logs/" }, "GET"),
  },
  "node-logs.off.authenticated": {
    summary: "tells anybody that the handler is off",
    http: answering({ listener: "main", client: "nobody", path: "/logs/" }, 405, "logs endpoint is disabled.\n"),
  },
  "node-logs.no-query.ignored": {
    summary: "answers a node log query although it is off",
    http: answering({ ...query, query: /^query=kubelet&tailLines=x/ }, 200, "\nlog not found for kubelet\n"),
  },
  "node-logs.query.blank": listing("takes an empty query for none", "query="),
  "node-logs.query.spaces": listing("takes spaces for no query", "query=%20%20"),
  "node-logs.query.since-time": found("ignores a sinceTime that is none", "query=kubelet&sinceTime=x"),
  "node-logs.query.until-time": found("ignores an untilTime that is none", "query=kubelet&untilTime=x"),
  "node-logs.query.tail-lines": found("ignores a tailLines that is no number", "query=kubelet&tailLines=x"),
  "node-logs.query.boot": found("ignores a boot that is no number", "query=kubelet&boot=x"),
  "node-logs.query.all-problems": {
    summary: "names the first problem only",
    http: answering({ ...query, query: /^query=kubelet&tailLines=w/ }, 400, 'sinceTime: Invalid value: "x": invalid time format\n'),
  },
  "node-logs.query.decoded-first": {
    summary: "validates each value as it comes",
    http: answering(
      { ...query, query: "query=kubelet&tailLines=-1&boot=x" },
      406,
      "tailLines: Invalid value: -1: must be between 0 and 100000, inclusive\n",
    ),
  },
  "node-logs.query.boot-positive": found("takes any boot", "query=kubelet&boot=1"),
  "node-logs.query.tail-lines-negative": found("takes a negative tailLines for no limit", "query=kubelet&tailLines=-1"),
  "node-logs.query.tail-lines-too-many": found("takes any tailLines", "query=kubelet&tailLines=100001"),
  "node-logs.query.times-reversed": found("takes times in any order", /^query=kubelet&sinceTime=2026/),
  "node-logs.query.pattern": found("takes anything for a pattern", "query=kubelet&pattern=("),
  "node-logs.query.options-only": listing("ignores options without a query", "tailLines=1"),
  "node-logs.query.unsafe-name": found("takes any name for a service", "query=a%20b"),
  "node-logs.query.long-name": found("takes names of any length", /^query=a{257}$/),
  "node-logs.query.too-many": found("takes any number of services", /^query=a&query=b&query=c/),
  "node-logs.query.file-and-service": found("takes a file and a service together", "query=x/y&query=b"),
  "node-logs.query.two-files": found("takes two files", "query=x/y&query=x/z"),
  "node-logs.query.file-with-options": found("takes a file with options", "query=x/y&boot=0"),
  "node-logs.query.file-absent": {
    summary: "answers 404 to a file that does not exist",
    http: routeMissing({ ...query, query: "query=kubelet-conformance/absent" }),
  },
  "node-logs.query.file-absolute": {
    summary: "looks for an absolute path below the directory",
    http: routeMissing({ ...query, query: "query=/kubelet-conformance-absent" }),
  },
  "node-logs.query.file-traversal": {
    summary: "follows dots out of the directory",
    http: answering({ ...query, query: "query=../../etc/passwd" }, 200, "root:x:0:0:root:/root:/bin/sh\n"),
  },
  "node-logs.query.problems-in-order": {
    summary: "names the first problem only",
    http: answering({ ...query, query: /^query=a%20b&boot/ }, 406, 'query: Invalid value: "a b": input contains unsupported characters\n'),
  },
  "node-logs.query.path": {
    summary: "ignores the query where there is a path",
    http: routeMissing({ ...known, path: "/logs/kubelet-conformance-absent", query: "query=kubelet" }),
  },
  "node-logs.query.not-found": {
    summary: "answers 404 when no log was found",
    http: changing({ ...query, query: "query=kubelet-conformance-absent", headers: { "accept-encoding": null } }, { status: 404 }),
  },
  "node-logs.query.not-found-type": {
    summary: "types what it found as text/plain; charset=utf-8",
    http: changing({ ...query, query: "query=kubelet-conformance-absent" }, { headers: { "Content-Type": "text/plain; charset=utf-8" } }),
  },
  "node-logs.query.not-found-twice": {
    summary: "answers for the first service only",
    http: answering({ ...query, query: /&query=kubelet-conformance-absent-2$/ }, 200, "\nlog not found for kubelet-conformance-absent\n"),
  },
  "node-logs.query.options-for-files": {
    summary: "ignores options for services that do not log to the journal",
    http: asking(
      { ...query, query: "query=kubelet-conformance-absent&tailLines=1" },
      { target: "/logs/?query=kubelet-conformance-absent" },
    ),
  },
  "node-logs.query.compressed": {
    summary: "never compresses",
    http: uncompressed({ ...query, query: "query=kubelet-conformance-absent", headers: { "accept-encoding": "gzip" } }),
  },
  "node-logs.query.not-compressed": {
    summary: "compresses whenever gzip is accepted",
    http: asking(
      { ...query, query: "query=kubelet-conformance-absent", headers: { "accept-encoding": "gzip, deflate" } },
      { headers: { "accept-encoding": "gzip" } },
    ),
  },
  "node-logs.query.unknown-name": found("reads the names of parameters in any case", /^Query=/),
  "node-logs.query.semicolon": found("takes a semicolon for a separator", "query=a;b"),
  "node-logs.query.empty-pattern": {
    summary: "takes an empty option for one",
    http: answering({ ...query, query: /^pattern=&/ }, 406, "query: Required value: cannot be empty with options\n"),
  },
};

/** Lists the directory where it should refuse. */
function listing(summary: string, text: string): Deviation {
  return { summary, http: asking({ ...query, query: text }, { target: "/logs/" }) };
}

/** Looks for a log where it should refuse. */
function found(summary: string, text: string | RegExp): Deviation {
  return { summary, http: answering({ ...query, query: text }, 200, "\nlog not found for kubelet\n") };
}

function ranged(summary: string, range: string, body: (body: string) => string): Deviation {
  return { summary, http: changing({ ...file, headers: { range }, status: 206 }, { body }) };
}

function uncompressed(match: ExchangeMatch): Http {
  return async (request, next) => {
    const answer = await next(request);
    if (!matchesRequest(match, request)) return answer;
    const bytes = answer.body instanceof Readable ? await buffer(answer.body) : Buffer.from(answer.body);
    return { ...answer, headers: answer.headers.filter(([name]) => name !== "Content-Encoding"), body: gunzipSync(bytes) };
  };
}
