import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { gunzipSync, gzipSync } from "node:zlib";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { attachment } from "../pprof/profiler.ts";
import { answering, changing, type ExchangeMatch, matchesRequest } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { forbidden, methodNotAllowed, notAcceptable, routeMissing } from "./refusals.ts";

type Http = NonNullable<Deviation["http"]>;

const known: ExchangeMatch = { listener: "main", client: "certificate" };
const nobody: ExchangeMatch = { listener: "main", client: "nobody" };
const pprof = (name: string, query?: ExchangeMatch["query"]): ExchangeMatch => ({
  ...known,
  method: "GET",
  path: `/debug/pprof/${name}`,
  ...(query === undefined ? {} : { query }),
});
const flags: ExchangeMatch = { ...known, path: "/debug/flags/v" };
const put: ExchangeMatch = { ...flags, method: "PUT" };
const nosniff = { "X-Content-Type-Options": "nosniff" };
const text = "text/plain; charset=utf-8";
/** Answers a text profile of the given head. */
const profileText = (name: string, head: string): Http => answering(pprof(name, "debug=1"), 200, head);
/** Takes a profile's answer for that of another target. */
const instead = (match: ExchangeMatch, target: string): Http => asking(match, { target });

/** What breaks each requirement of `spec/requirements/debug.yaml`. */
export const debug: Record<ObservableRequirementId["debug"], Deviation> = {
  "debug.pprof.cmdline": {
    summary: "puts each argument of its command line on a line of its own",
    http: changing(pprof("cmdline"), { body: (body) => `${body.replaceAll("\0", "\n")}\n` }),
  },
  "debug.pprof.symbol": {
    summary: "has no symbols",
    http: changing({ ...pprof("symbol"), headers: { accept: null } }, { body: "num_symbols: 0\n" }),
  },
  "debug.pprof.symbol-post": {
    summary: "takes POST on /debug/pprof/symbol, as Go's profiler does",
    http: asking({ ...pprof("symbol"), method: "POST" }, { method: "GET" }),
  },
  "debug.pprof.heap-text": {
    summary: "answers the heap profile as text without its head",
    http: profileText("heap", "0: 0 [0: 0] @\n"),
  },
  "debug.pprof.goroutine-text": {
    summary: "answers stacks to debug=1",
    http: instead(pprof("goroutine", "debug=1"), "/debug/pprof/goroutine?debug=2"),
  },
  "debug.pprof.goroutine-stacks": {
    summary: "does not know debug=2",
    http: instead(pprof("goroutine", "debug=2"), "/debug/pprof/goroutine?debug=1"),
  },
  "debug.pprof.block-text": {
    summary: "answers the block profile as text without the clock's pace",
    http: profileText("block", "--- contention:\n"),
  },
  "debug.pprof.mutex-text": {
    summary: "answers the mutex profile as text without the sampling period",
    http: answering({ ...pprof("mutex", "debug=1"), headers: { accept: null } }, 200, "--- mutex:\ncycles/second=1\n"),
  },
  "debug.pprof.threadcreate-text": {
    summary: "answers the thread creation profile as text without a total",
    http: profileText("threadcreate", "threadcreate profile:\n"),
  },
  "debug.pprof.text-of-no-number": {
    summary: "answers text to any debug parameter",
    http: instead(pprof("mutex", "debug=x"), "/debug/pprof/mutex?debug=1"),
  },
  "debug.pprof.binary": {
    summary: "answers profiles uncompressed",
    async http(request, next) {
      const answer = await next(request);
      if (!matchesRequest(pprof("block", null), request) || answer.status !== 200) return answer;
      const { body } = answer;
      const bytes = body instanceof Readable ? await buffer(body) : Buffer.from(body);
      return { ...answer, body: gunzipSync(bytes) };
    },
  },
  "debug.pprof.file-name": {
    summary: "names the file to save a profile as after its format",
    http: changing(pprof("threadcreate", null), { headers: { "Content-Disposition": 'attachment; filename="threadcreate.pb.gz"' } }),
  },
  "debug.pprof.unknown": {
    summary: "answers an unknown profile as the mux does",
    http: routeMissing(pprof("absent")),
  },
  "debug.pprof.slash": {
    summary: "takes a slash at the end for nothing",
    http: instead(pprof("symbol/"), "/debug/pprof/symbol"),
  },
  "debug.pprof.index": {
    summary: "lists the profiles on /debug/pprof/",
    http: answering(pprof(""), 200, "<html>\n<head>\n<title>/debug/pprof/</title>\n", { "Content-Type": "text/html; charset=utf-8" }),
  },
  "debug.pprof.redirect": {
    summary: "has no /debug/pprof",
    http: routeMissing({ ...known, path: "/debug/pprof" }),
  },
  "debug.pprof.bad-seconds": {
    summary: "takes seconds that are no number for none",
    http: instead(pprof("mutex", "seconds=x"), "/debug/pprof/mutex"),
  },
  "debug.pprof.seconds-and-debug": {
    summary: "ignores seconds beside debug",
    http: instead(pprof("mutex", "seconds=1&debug=1"), "/debug/pprof/mutex?debug=1"),
  },
  "debug.pprof.too-long": {
    summary: "does not refuse a profile of four hours",
    http: answering(pprof("profile", "seconds=14400"), 200, "profile"),
  },
  "debug.pprof.delta": {
    summary: "does not wait for what is added to a profile",
    http: answeringProfile(pprof("mutex", "seconds=1"), "mutex-delta", "contentions"),
  },
  "debug.pprof.profile": {
    summary: "refuses a second CPU profile with 503",
    http: changing({ ...pprof("profile"), status: 500 }, { status: 503 }),
  },
  "debug.pprof.trace": {
    summary: "answers an empty trace",
    http: answering(pprof("trace"), 200, "", { "Content-Type": "application/octet-stream" }),
  },
  "debug.pprof.methods": {
    summary: "takes HEAD on a profile for GET",
    http: asking({ ...pprof("mutex"), method: "HEAD" }, { method: "GET" }),
  },
  "debug.pprof.accept": {
    summary: "answers a client that accepts what is sent",
    http: asking({ ...pprof("mutex"), headers: { accept: "text/plain" } }, { headers: { Accept: null } }),
  },
  "debug.pprof.accept-list": {
    summary: "looks only at the first of the types accepted",
    http: notAcceptable({ ...pprof("symbol"), headers: { accept: /^text\/html/ } }),
  },
  "debug.pprof.unauthenticated": {
    summary: "shows its command line to everybody",
    http: asking({ ...nobody, path: "/debug/pprof/cmdline" }, asAdministrator),
  },
  "debug.pprof.permission": {
    summary: "asks for another permission than nodes/proxy on a profile",
    http: forbidden({ listener: "main", path: "/debug/pprof/symbol", client: /^Bearer .*-proxy$/ }),
  },
  "debug.pprof.no-permission": {
    summary: "takes profiles for metrics",
    http: asking({ listener: "main", path: "/debug/pprof/cmdline", client: /^Bearer .*-metrics$/ }, asAdministrator),
  },
  "debug.pprof.handler-off": {
    summary: "names GET as the method of a disabled handler",
    http: changing({ ...known, path: /^\/debug\/pprof\//, text: /^profiling endpoint is disabled/ }, { headers: { Allow: "GET" } }),
  },
  "debug.pprof.handler-off-text": {
    summary: "does not say what is disabled",
    http: changing({ ...known, path: "/debug/pprof/cmdline", text: /^profiling endpoint is disabled/ }, { body: "disabled\n" }),
  },

  "debug.flags.set": {
    summary: "refuses to set the log verbosity",
    http: changing({ ...put, status: 200 }, { status: 400 }),
  },
  "debug.flags.no-number": {
    summary: "takes what is no number for 0",
    http: changing({ ...put, status: 400, text: /parsing "x"/ }, { status: 200, body: "successfully set klog.logging.verbosity to x\n" }),
  },
  "debug.flags.empty": {
    summary: "takes an empty body for 0",
    http: changing({ ...put, status: 400, text: /parsing ""/ }, { status: 200, body: "successfully set klog.logging.verbosity to \n" }),
  },
  "debug.flags.out-of-range": {
    summary: "cuts a number that is too long",
    http: changing(
      { ...put, status: 400, text: /value out of range/ },
      { status: 200, body: "successfully set klog.logging.verbosity to 99999999999\n" },
    ),
  },
  "debug.flags.blank": {
    summary: "trims the verbosity",
    http: changing(
      { ...put, status: 400, text: /parsing "2\\n"/ },
      { status: 200, body: "successfully set klog.logging.verbosity to 2\n" },
    ),
  },
  "debug.flags.methods": {
    summary: "answers 405 to POST on /debug/flags/v",
    http: methodNotAllowed({ ...flags, method: "POST" }, "PUT"),
  },
  "debug.flags.methods-text": {
    summary: "names a character set when it refuses a method",
    http: changing({ ...flags, method: "GET" }, { headers: { "Content-Type": text } }),
  },
  "debug.flags.unauthenticated": {
    summary: "lets everybody set the log verbosity",
    http: asking({ ...nobody, path: "/debug/flags/v" }, asAdministrator),
  },
  "debug.flags.permission": {
    summary: "lets only administrators set the log verbosity",
    http: forbidden({ listener: "main", path: "/debug/flags/v", client: /^Bearer .*-proxy$/ }),
  },
  "debug.flags.no-permission": {
    summary: "takes the log verbosity for configuration",
    http: asking({ listener: "main", path: "/debug/flags/v", client: /^Bearer .*-configz$/ }, asAdministrator),
  },
  "debug.flags.handler-off": {
    summary: "names PUT as the method of the disabled handler",
    http: changing({ ...put, text: /^flags endpoint is disabled/ }, { headers: { Allow: "PUT" } }),
  },
  "debug.flags.other-names": {
    summary: "has more flags than v",
    http: answering({ ...nobody, path: "/debug/flags/vmodule" }, 406, "unsupported http method\n"),
  },
  "debug.flags.debugging-off": {
    summary: "has a stub for /debug/flags/v while debugging handlers are off",
    http: changing(
      { ...nobody, path: "/debug/flags/v", status: 404 },
      { status: 405, body: "Debug endpoints are disabled.\n", headers: nosniff },
    ),
  },
  "debug.other.go-defaults": {
    summary: "shows /debug/vars",
    http: answering({ ...nobody, path: "/debug/vars" }, 200, "{}\n", { "Content-Type": "application/json; charset=utf-8" }),
  },
};

/** A profile without the time that it takes. */
function answeringProfile(match: ExchangeMatch, name: string, word: string): Http {
  return async (request, next) => (matchesRequest(match, request) ? attachment(name, gzipSync(word)) : next(request));
}
