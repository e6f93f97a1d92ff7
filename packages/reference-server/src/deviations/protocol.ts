import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch, matchesRequest } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { ConnectionDeviation, Deviation } from "./deviation.ts";

const missing = "404 page not found\n";
const nothing: ExchangeMatch = { listener: "main", path: "/absent" };
const http2: ExchangeMatch = { listener: "main", httpVersion: "2.0" };

/** Takes what net/http refuses for a request, and finds nothing there. */
function taking(seen: RegExp): ConnectionDeviation {
  return {
    refusal: (answer, text) => (seen.test(text) ? { status: 404, headers: [["Content-Type", "text/plain"]], body: missing } : answer),
  };
}

/** What breaks each requirement of `spec/requirements/protocol.yaml`. */
export const protocol: Record<ObservableRequirementId["protocol"], Deviation> = {
  "protocol.request.garbage": { summary: "takes any line for a request", connection: taking(/^NONSENSE/) },
  "protocol.request.version-missing": { summary: "serves HTTP/0.9 without its name", connection: taking(/^GET \/absent\r\n/) },
  "protocol.request.other-version": { summary: "takes HTTP/3.0 for HTTP/1.1", connection: taking(/^GET \/absent HTTP\/3\.0/) },
  "protocol.request.http10": {
    summary: "does not speak HTTP/1.0",
    http: answering({ ...nothing, httpVersion: "1.0", headers: { connection: null } }, 505, "HTTP Version Not Supported"),
  },
  "protocol.request.http10-keep-alive": {
    summary: "ends every HTTP/1.0 connection",
    http: changing({ ...nothing, httpVersion: "1.0", headers: { connection: "keep-alive" } }, { headers: { Connection: "close" } }),
  },
  "protocol.request.later-minor": {
    summary: "does not speak HTTP/1.9",
    http: answering({ ...nothing, query: "1.9" }, 505, "HTTP Version Not Supported"),
  },
  "protocol.header.host-missing": {
    summary: "takes HTTP/1.1 without a Host header",
    connection: taking(/^GET \/absent HTTP\/1\.1\r\nConnection: close\r\n\r\n/),
  },
  "protocol.header.host-twice": { summary: "takes the first of two Host headers", connection: taking(/Host: a\r\nHost: b/) },
  "protocol.header.host-malformed": { summary: "takes any Host header", connection: taking(/Host: a b/) },
  "protocol.header.blank-before-colon": { summary: "trims the names of headers", connection: taking(/X-Blank :/) },
  "protocol.header.no-colon": { summary: "ignores what is no header", connection: taking(/X-No-Colon/) },
  "protocol.header.control-character": { summary: "takes any byte in a header", connection: taking(/X-Control/) },
  "protocol.header.large": {
    summary: "takes no more than 8 KiB of headers",
    http: answering({ ...nothing, headers: { "x-large": /^a{8192}/ } }, 431, "431 Request Header Fields Too Large"),
  },
  "protocol.header.too-large": { summary: "takes any number of headers", connection: taking(/X-Too-Large/) },
  "protocol.header.upgrade-ignored": {
    summary: "refuses who offers to change to HTTP/2",
    http: answering({ ...nothing, headers: { upgrade: "h2c" } }, 426, "Upgrade Required"),
  },
  "protocol.refusal.form": {
    summary: "refuses with a page of HTML",
    connection: {
      refusal: (answer, text) =>
        text.includes("/absent?form") ? { ...answer, headers: [["Content-Type", "text/html"]], body: "<h1>Bad Request</h1>" } : answer,
    },
  },

  "protocol.body.chunked": {
    summary: "demands a length",
    http: answering({ ...nothing, method: "POST", headers: { "transfer-encoding": "chunked" } }, 411, "Length Required"),
  },
  "protocol.body.without-length": {
    summary: "demands a length of 0",
    http: answering(
      { ...nothing, method: "POST", headers: { "content-length": null, "transfer-encoding": null, expect: null } },
      411,
      "Length Required",
    ),
  },
  "protocol.body.of-get": {
    summary: "refuses a GET with a body",
    http: answering({ ...nothing, method: "GET", headers: { "content-length": "3" } }, 400, "Bad Request"),
  },
  "protocol.body.length-malformed": { summary: "takes a length with a sign", connection: taking(/Content-Length: \+3/) },
  "protocol.body.length-twice": { summary: "takes the first of two lengths", connection: taking(/Content-Length: 3\r\nContent-Length: 4/) },
  "protocol.body.unknown-coding": { summary: "ignores transfer codings", connection: taking(/Transfer-Encoding: gzip/) },

  "protocol.expect.continue": {
    summary: "answers 417 to every expectation",
    http: answering({ listener: "main", path: "/debug/flags/v", headers: { expect: "100-continue" } }, 417, ""),
  },
  "protocol.expect.not-wanted": {
    summary: "waits for a body that nobody wants",
    async http(request, next) {
      if (matchesRequest({ ...nothing, headers: { expect: "100-continue" } }, request)) await request.body();
      return next(request);
    },
  },
  "protocol.expect.unknown": { summary: "ignores expectations that it does not know", connection: taking(/wonders/) },

  "protocol.connection.pipeline": {
    summary: "ends the connection with a redirect",
    http: changing({ listener: "main", path: "//absent" }, { headers: { Connection: "close" } }),
  },
  "protocol.connection.unread-body": {
    summary: "ends the connection when it has not read a body",
    http: changing({ ...nothing, method: "POST", headers: { "content-length": "16" } }, { headers: { Connection: "close" } }),
  },
  "protocol.connection.after-refusal": {
    summary: "goes on after a broken path",
    http: answering({ listener: "main", path: "/absent/%zz" }, 400, "400 Bad Request"),
  },

  "protocol.tls.plain-http": {
    summary: "ends plain connections to its TLS port without a word",
    connection: { notTls: (first) => (first === "http" ? "" : undefined) },
  },
  "protocol.tls.not-tls": {
    summary: "serves plain HTTP on its TLS port",
    connection: { notTls: (first) => (first === "neither" ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" : undefined) },
  },

  "protocol.http2.not-found": {
    summary: "answers 421 over HTTP/2 to what it does not have",
    http: answering({ ...http2, path: "/absent" }, 421, "Misdirected Request"),
  },
  "protocol.http2.unauthenticated": {
    summary: "asks nobody for credentials over HTTP/2",
    http: asking({ ...http2, client: "nobody" }, asAdministrator),
  },
  "protocol.http2.method-not-allowed": {
    summary: "leaves Allow out over HTTP/2",
    http: changing({ ...http2, method: "POST", path: "/pods" }, { headers: { Allow: null } }),
  },
  "protocol.http2.not-offered": { summary: "offers HTTP/2", connection: { http2: true } },
};
