import type { CodedRequirementId } from "@kubelet-conformance/types";
import { plain } from "../http/answers.ts";
import type { KubeletRequest } from "../http/message.ts";
import { changing, matchesRequest, type ExchangeMatch } from "./alter.ts";
import { alteringBytes, losing, replaceAll, replacing, type BytesChange } from "./altered-connection.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";

const v4 = "v4.channel.k8s.io";
const overSpdy = (path: RegExp, query: RegExp | null = /./, protocol = v4): ExchangeMatch => ({
  listener: "main",
  path,
  query,
  headers: { upgrade: /^SPDY/, "x-stream-protocol-version": protocol },
});
const overWebSocket = (path: RegExp, query: RegExp | null = /./, protocol = v4): ExchangeMatch => ({
  listener: "main",
  path,
  query,
  headers: { upgrade: "websocket", "sec-websocket-protocol": protocol },
});
const exec = /^\/exec\//;
const attach = /^\/attach\//;
const forward = /^\/portForward\//;
const echo = /^command=echo&output=1&error=1$/;
const echoHi = /^command=echo&command=hi&/;
const cat = /^command=cat&/;
const exit42 = /exit%2042/;
const bothOutputs = /echo%20err.*&error=1$/;
const terminal = /echo%20err.*&tty=1$/;
const portForwarding = "portforward.k8s.io";
const tunnel = "SPDY/3.1+portforward.k8s.io";
const httpAnswer = replaceAll("HTTP/1.", "SMTP/1.");
const namesNoPort = replaceAll("port", "gate");

/** Deviations that show only in what goes over the streams. */
export const streamDeviations: Record<CodedRequirementId["streaming"], Deviation> = {
  "streaming.spdy.newer-client": {
    summary: "Refuses a client whose first offer it does not know, whatever else it offers",
    http: async (request, next) => (offers(request, "v9.channel.k8s.io") && offers(request, v4) ? plain(403, "") : next(request)),
  },
  "streaming.spdy.stdout": {
    summary: "Garbles stdout over SPDY",
    http: replacing(overSpdy(exec, echoHi), "hi\n", "ho\n"),
  },
  "streaming.spdy.stderr": {
    summary: "Garbles stderr over SPDY",
    http: replacing(overSpdy(exec, bothOutputs), "err\n", "ERR\n"),
  },
  "streaming.spdy.stdin": {
    summary: "Garbles the second line of stdin over SPDY",
    http: replacing(overSpdy(exec, cat), "one\ntwo", "one\nTWO"),
  },
  "streaming.spdy.bytes": {
    summary: "Takes streams for ASCII text over SPDY",
    http: replacing(overSpdy(exec, cat), "\xfc\xfd\xfe\xff", "????"),
  },
  "streaming.spdy.volume": {
    summary: "Mixes up what comes back of a long stdin over SPDY",
    http: replacing(overSpdy(exec, cat), "conformance kubelet", "kubelet conformance"),
  },
  "streaming.spdy.arguments": {
    summary: "Splits arguments at their spaces, as a shell does",
    http: replacing(overSpdy(exec, /^command=echo&command=a/), "a  b", "a b "),
  },
  "streaming.spdy.success": {
    summary: "Ends the error stream of a successful command with a status Failure",
    http: replacing(overSpdy(exec, echo), '"Success"', '"Failure"'),
  },
  "streaming.spdy.exit-code": {
    summary: "Tells an exit code that is one too high over SPDY",
    http: replacing(overSpdy(exec, exit42), '"message":"42"', '"message":"43"'),
  },
  "streaming.spdy.unknown-program": {
    summary: "Tells success of a program that does not exist",
    http: replacing(overSpdy(exec, /^command=kubelet-conformance-absent&/), '"Failure"', '"Success"'),
  },
  "streaming.spdy.v3-failure": {
    summary: "Does not name the exit code to a v3 client",
    http: replacing(overSpdy(exec, exit42, "v3.channel.k8s.io"), " 42", " ??"),
  },
  "streaming.spdy.v3-success": {
    summary: "Ends the error stream of a v3 client as a v4 client's",
    http: asking(overSpdy(exec, echo, "v3.channel.k8s.io"), { headers: { "X-Stream-Protocol-Version": v4 } }),
  },
  "streaming.spdy.terminal": {
    summary: "Garbles what a terminal shows over SPDY",
    http: replacing(overSpdy(exec, terminal), "err\r\n", "ERR\r\n"),
  },
  "streaming.spdy.high-exit-code": {
    summary: "Takes exit codes for signed bytes",
    http: replacing(overSpdy(exec, /exit%20200/), '"message":"200"', '"message":"-56"'),
  },
  "streaming.spdy.signal": {
    summary: "Tells the signal alone of a command that a signal ended",
    http: replacing(overSpdy(exec, /kill/), '"message":"137"', '"message":"009"'),
  },
  "streaming.spdy.stdin-left-open": {
    summary: "Takes input that was never closed for a failure",
    http: replacing(overSpdy(exec, /^command=echo&input=1/), '"Success"', '"Failure"'),
  },
  "streaming.spdy.resize": {
    summary: "Gets the width of a terminal wrong",
    http: replacing(overSpdy(exec, /stty/), "33 101", "33 100"),
  },

  "streaming.websocket.stdout": {
    summary: "Garbles stdout over WebSocket",
    http: replacing(overWebSocket(exec, echoHi), "\x01hi\n", "\x01ho\n"),
  },
  "streaming.websocket.stderr": {
    summary: "Sends stderr on the channel of stdout over WebSocket",
    http: replacing(overWebSocket(exec, bothOutputs), "\x02err\n", "\x01err\n"),
  },
  "streaming.websocket.stdin": {
    summary: "Garbles stdin over WebSocket",
    http: replacing(overWebSocket(exec, cat), "\x01one\n", "\x01two\n"),
  },
  "streaming.websocket.status": {
    summary: "Tells an exit code that is one too high over WebSocket",
    http: replacing(overWebSocket(exec, exit42), '"message":"42"', '"message":"43"'),
  },
  "streaming.websocket.close": {
    summary: "Closes a WebSocket whose command is over as if it were going away (1001)",
    http: replacing(overWebSocket(exec, echo), "\x88\x02\x03\xe8", "\x88\x02\x03\xe9"),
  },
  "streaming.websocket.binary": {
    summary: "Sends channels in text messages over v4.channel.k8s.io",
    http: alteringBytes(overWebSocket(exec, echoHi), () => withOpcode(0x82, 0x81)),
  },
  "streaming.websocket.base64": {
    summary: "Garbles stdin over the base64 protocol",
    http: replacing(overWebSocket(exec, cat, "v4.base64.channel.k8s.io"), "1b25lCg==", "1dHdvCg=="),
  },
  "streaming.websocket.terminal": {
    summary: "Garbles what a terminal shows over WebSocket",
    http: replacing(overWebSocket(exec, terminal), "err\r\n", "ERR\r\n"),
  },
  "streaming.websocket.resize": {
    summary: "Gets the width of a terminal wrong over WebSocket",
    http: replacing(overWebSocket(exec, /stty/), "33 101", "33 100"),
  },
  "streaming.websocket.ping": {
    summary: "Answers no ping",
    http: alteringBytes(overWebSocket(exec, cat), () => (bytes) => (bytes[0] === 0x8a ? Buffer.alloc(0) : bytes)),
  },
  "streaming.websocket.unmasked": {
    summary: "Passes over a message without a mask",
    http: losing(overWebSocket(exec, cat), (bytes) => (bytes[1] ?? 0) < 0x80),
  },
  "streaming.websocket.message-limit": {
    summary: "Waits for a message of any length",
    http: losing(overWebSocket(exec, cat), (bytes) => bytes[1] === 0xff),
  },
  "streaming.websocket.v5-bad-close": {
    summary: "Passes over a close signal that names no channel",
    http: losing(overWebSocket(exec, cat, "v5.channel.k8s.io"), (bytes) => bytes[1] === 0x81),
  },
  "streaming.websocket.v5-close": {
    summary: "Loses what a v5 client sent on stdin before it closed it",
    http: replacing(overWebSocket(exec, cat, "v5.channel.k8s.io"), "\x01one", "\x04one"),
  },
  "streaming.websocket.counted": {
    summary: "Counts the WebSocket requests of exec under another name",
    http: changing(
      { listener: "main", path: "/metrics", status: 200 },
      { body: (body) => body.replace('requests_total{subresource="exec"}', 'requests_total{subresource="remotecommand"}') },
    ),
  },

  "streaming.attach.spdy": {
    summary: "Shows nothing of what the container writes over SPDY",
    http: alteringBytes(overSpdy(attach), () => (bytes) => (isSpdyData(bytes) ? Buffer.alloc(0) : bytes)),
  },
  "streaming.attach.websocket": {
    summary: "Shows what the container writes on the channel of stderr",
    http: alteringBytes(overWebSocket(attach), () => onStderr),
  },

  "streaming.port-forward.data": {
    summary: "Garbles what comes from a forwarded port over SPDY",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => afterRefusal(false, httpAnswer)),
  },
  "streaming.port-forward.no-error": {
    summary: "Writes on the error stream of a forwarded connection that ended well",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => afterRefusal(false, withErrorText)),
  },
  "streaming.port-forward.refused": {
    summary: "Does not say over SPDY that it is a port that refused",
    http: replacing(overSpdy(forward, null, portForwarding), "port", "gate"),
  },
  "streaming.port-forward.after-a-refusal": {
    summary: "Forwards no port over SPDY after one that refused",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => afterRefusal(true, httpAnswer)),
  },
  "streaming.port-forward.bad-stream": {
    summary: "Leaves a stream to a port that cannot be without an answer",
    http: alteringBytes(overSpdy(forward, null, portForwarding), withoutFirstReset),
  },
  "streaming.port-forward.simultaneous": {
    summary: "Garbles what comes from a port while another connection is forwarded",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => fromSecondAnswerOn(httpAnswer)),
  },
  "streaming.port-forward.websocket-ports": {
    summary: "Announces ports in network byte order",
    http: replacing(overWebSocket(forward, /^port=1&port=258$/), "\x02\x02\x01", "\x02\x01\x02"),
  },
  "streaming.port-forward.websocket-data": {
    summary: "Garbles what comes from a forwarded port over WebSocket",
    http: alteringBytes(overWebSocket(forward), () => httpAnswer),
  },
  "streaming.port-forward.websocket-refused": {
    summary: "Does not say over WebSocket that it is a port that refused",
    http: alteringBytes(overWebSocket(forward, /^port=1$/), () => namesNoPort),
  },
  "streaming.port-forward.websocket-base64": {
    summary: "Sends the channels of the base64 protocol in binary messages",
    http: alteringBytes(overWebSocket(forward, /^port=/, "v4.base64.channel.k8s.io"), () => withOpcode(0x81, 0x82)),
  },
  "streaming.port-forward.tunnel-refused": {
    summary: "Does not say through a tunnel that it is a port that refused",
    http: alteringBytes(overWebSocket(forward, null, tunnel), () => namesNoPort),
  },
};

function offers(request: KubeletRequest, protocol: string): boolean {
  const isExec = matchesRequest({ listener: "main", path: exec, headers: { upgrade: /^SPDY/ } }, request);
  const values = request.rawHeaders.filter(([name]) => name.toLowerCase() === "x-stream-protocol-version");
  return isExec && values.some(([, value]) => value.split(",").some((each) => each.trim() === protocol));
}

/** Gives WebSocket messages another opcode; those of the streaming server are short, and each piece begins with one. */
function withOpcode(from: number, to: number): BytesChange {
  return (bytes) => {
    const changed = Buffer.from(bytes);
    for (let at = 0; at < changed.length;) {
      if (changed[at] === from) changed[at] = to;
      const length = changed[at + 1] ?? 0;
      at += length === 126 ? 4 + changed.readUInt16BE(at + 2) : 2 + length;
    }
    return changed;
  };
}

/** Output on channel 1 of a WebSocket, moved to channel 2; the empty first message stays. */
function onStderr(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = 0; at + 2 < changed.length; at += 2 + (changed[at + 1] ?? 0)) {
    if ((changed[at + 1] ?? 0) > 1 && changed[at + 2] === 1) changed[at + 2] = 2;
  }
  return changed;
}

/** Resets of streams that nothing was said of before are lost. */
function withoutFirstReset(): BytesChange {
  let isFirst = true;
  return (bytes) => {
    const isReset = bytes.readUInt32BE() === 0x8003_0003;
    const isLost = isFirst && isReset;
    isFirst &&= isReset;
    return isLost ? Buffer.alloc(0) : bytes;
  };
}

/** A change that applies to a connection from its second HTTP answer on. */
function fromSecondAnswerOn(change: BytesChange): BytesChange {
  let answers = 0;
  return (bytes) => {
    answers += bytes.toString("latin1").split("HTTP/1.").length - 1;
    return answers > 1 ? change(bytes) : bytes;
  };
}

/** Control frames of SPDY begin with a set bit. */
function isSpdyData(bytes: Buffer): boolean {
  return (bytes[0] ?? 0x80) < 0x80;
}

/** A change that applies to a connection only after (or until) a port refused on it. */
function afterRefusal(isAfter: boolean, change: BytesChange): BytesChange {
  let refused = false;
  return (bytes) => {
    refused ||= bytes.includes("error forwarding port");
    return refused === isAfter ? change(bytes) : bytes;
  };
}

/** The end of the first stream, which is an error stream, with a text in it. */
function withErrorText(bytes: Buffer): Buffer {
  const end = Buffer.from("0000000101000000", "hex");
  const at = bytes.indexOf(end);
  if (at < 0) return bytes;
  const text = Buffer.from("it was slow");
  const head = Buffer.from([...end.subarray(0, 7), text.length]);
  return Buffer.concat([bytes.subarray(0, at), head, text, bytes.subarray(at + end.length)]);
}
