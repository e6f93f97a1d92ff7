import { answering, changing, matchesRequest } from "./alter.ts";
import { replacing } from "./altered-connection.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { plain } from "../http/answers.ts";
import type { KubeletRequest } from "../http/message.ts";
import { methodNotAllowed } from "./refusals.ts";
import { type Id, absent, usual, exec, v4, overSpdy, echo, echoHi, cat, exit42, bothOutputs, terminal, spdy } from "./streaming-matches.ts";

/** The switch to SPDY, and what goes over it. */
export const spdyDeviations = {
  "streaming.spdy.switch": {
    summary: "answers an upgrade to SPDY/3.1 with SPDY/3",
    http: changing(
      { ...spdy("v4.channel.k8s.io"), path: exec, method: "POST", query: usual, status: 101 },
      { headers: { Upgrade: "SPDY/3" } },
    ),
  },
  "streaming.spdy.protocol": {
    summary: "does not say which protocol it has chosen",
    http: changing(
      { ...spdy("v4.channel.k8s.io"), path: exec, method: "POST", query: usual, status: 101 },
      { headers: { "X-Stream-Protocol-Version": null } },
    ),
  },
  "streaming.spdy.by-get": {
    summary: "refuses SPDY by GET",
    http: methodNotAllowed({ ...spdy("v4.channel.k8s.io"), path: exec, method: "GET" }, "POST"),
  },
  "streaming.spdy.with-uid": {
    summary: "compares the UID with the pod's in exec",
    http: answering({ ...spdy("v4.channel.k8s.io"), path: new RegExp(`^/exec/[^/]+/[^/]+/${absent}/[^/]+$`) }, 404, "pod not found"),
  },
  "streaming.spdy.v3": { summary: "does not speak v3.channel.k8s.io", http: unableToUpgrade("v3.channel.k8s.io") },
  "streaming.spdy.v2": { summary: "does not speak v2.channel.k8s.io", http: unableToUpgrade("v2.channel.k8s.io") },
  "streaming.spdy.v1": { summary: "does not speak channel.k8s.io", http: unableToUpgrade("channel.k8s.io") },
  "streaming.spdy.unknown-protocol": {
    summary: "answers 400 when it speaks none of the protocols of the client",
    http: changing({ ...spdy("v9.channel.k8s.io"), path: exec, query: usual, status: 403 }, { status: 400 }),
  },
  "streaming.spdy.no-protocol": {
    summary: "answers 403 when the client names no protocol",
    http: changing({ ...spdy(null), path: exec, status: 400 }, { status: 403 }),
  },

  "streaming.spdy.newer-client": {
    summary: "refuses a client whose first offer it does not know, whatever else it offers",
    http: async (request, next) => (offers(request, "v9.channel.k8s.io") && offers(request, v4) ? plain(403, "") : next(request)),
  },
  "streaming.spdy.stdout": {
    summary: "garbles stdout over SPDY",
    http: replacing(overSpdy(exec, echoHi), "hi\n", "ho\n"),
  },
  "streaming.spdy.stderr": {
    summary: "garbles stderr over SPDY",
    http: replacing(overSpdy(exec, bothOutputs), "err\n", "ERR\n"),
  },
  "streaming.spdy.stdin": {
    summary: "garbles the second line of stdin over SPDY",
    http: replacing(overSpdy(exec, cat), "one\ntwo", "one\nTWO"),
  },
  "streaming.spdy.bytes": {
    summary: "takes streams for ASCII text over SPDY",
    http: replacing(overSpdy(exec, cat), "\xfc\xfd\xfe\xff", "????"),
  },
  "streaming.spdy.volume": {
    summary: "mixes up what comes back of a long stdin over SPDY",
    http: replacing(overSpdy(exec, cat), "conformance kubelet", "kubelet conformance"),
  },
  "streaming.spdy.arguments": {
    summary: "splits arguments at their spaces, as a shell does",
    http: replacing(overSpdy(exec, /^command=echo&command=a/), "a  b", "a b "),
  },
  "streaming.spdy.success": {
    summary: "ends the error stream of a successful command with a status Failure",
    http: replacing(overSpdy(exec, echo), '"Success"', '"Failure"'),
  },
  "streaming.spdy.exit-code": {
    summary: "tells an exit code that is one too high over SPDY",
    http: replacing(overSpdy(exec, exit42), '"message":"42"', '"message":"43"'),
  },
  "streaming.spdy.unknown-program": {
    summary: "tells success of a program that does not exist",
    http: replacing(overSpdy(exec, /^command=kubelet-conformance-absent&/), '"Failure"', '"Success"'),
  },
  "streaming.spdy.v3-failure": {
    summary: "does not name the exit code to a v3 client",
    http: replacing(overSpdy(exec, exit42, "v3.channel.k8s.io"), " 42", " ??"),
  },
  "streaming.spdy.v3-success": {
    summary: "ends the error stream of a v3 client as a v4 client's",
    http: asking(overSpdy(exec, echo, "v3.channel.k8s.io"), { headers: { "X-Stream-Protocol-Version": v4 } }),
  },
  "streaming.spdy.terminal": {
    summary: "garbles what a terminal shows over SPDY",
    http: replacing(overSpdy(exec, terminal), "err\r\n", "ERR\r\n"),
  },
  "streaming.spdy.high-exit-code": {
    summary: "takes exit codes for signed bytes",
    http: replacing(overSpdy(exec, /exit%20200/), '"message":"200"', '"message":"-56"'),
  },
  "streaming.spdy.signal": {
    summary: "tells the signal alone of a command that a signal ended",
    http: replacing(overSpdy(exec, /kill/), '"message":"137"', '"message":"009"'),
  },
  "streaming.spdy.stdin-left-open": {
    summary: "takes input that was never closed for a failure",
    http: replacing(overSpdy(exec, /^command=echo&input=1/), '"Success"', '"Failure"'),
  },
  "streaming.spdy.resize": {
    summary: "gets the width of a terminal wrong",
    http: replacing(overSpdy(exec, /stty/), "33 101", "33 100"),
  },
} satisfies Partial<Record<Id, Deviation>>;

/** Knows one protocol less; commands that ask for more than the usual one are left alone. */
function unableToUpgrade(protocol: string): NonNullable<Deviation["http"]> {
  return answering({ ...spdy(protocol), path: exec, query: usual }, 403, "unable to upgrade: unable to negotiate protocol\n");
}

function offers(request: KubeletRequest, protocol: string): boolean {
  const isExec = matchesRequest({ listener: "main", path: exec, headers: { upgrade: /^SPDY/ } }, request);
  const values = request.rawHeaders.filter(([name]) => name.toLowerCase() === "x-stream-protocol-version");
  return isExec && values.some(([, value]) => value.split(",").some((each) => each.trim() === protocol));
}
