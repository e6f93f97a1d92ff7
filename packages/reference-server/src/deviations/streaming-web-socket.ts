import { answering, changing } from "./alter.ts";
import { alteringBytes, losing, replacing } from "./altered-connection.ts";
import type { Deviation } from "./deviation.ts";
import { withOpcode } from "./streaming-bytes.ts";
import { type Id, usual, exec, overWebSocket, echo, echoHi, cat, exit42, bothOutputs, terminal, webSocket } from "./streaming-matches.ts";

/** The switch to WebSocket, and what goes over it. */
export const webSocketDeviations = {
  "streaming.websocket.switch": {
    summary: "answers another key than the client's",
    http: changing(
      { ...webSocket("v4.channel.k8s.io"), path: exec, query: usual, status: 101 },
      { headers: { "Sec-WebSocket-Accept": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" } },
    ),
  },
  "streaming.websocket.by-post": {
    summary: "answers 400 to WebSocket by POST",
    http: changing({ ...webSocket("v4.channel.k8s.io"), path: exec, method: "POST", status: 405 }, { status: 400 }),
  },
  "streaming.websocket.version": {
    summary: "answers 426 to another version of WebSocket than 13",
    http: changing(
      { ...webSocket("v4.channel.k8s.io"), path: exec, headers: { upgrade: "websocket", "sec-websocket-version": "8" }, status: 400 },
      { status: 426 },
    ),
  },
  "streaming.websocket.protocol": {
    summary: "does not say which subprotocol it has chosen",
    http: changing(
      { ...webSocket("v4.channel.k8s.io"), path: exec, query: usual, status: 101 },
      { headers: { "Sec-WebSocket-Protocol": null } },
    ),
  },
  "streaming.websocket.no-protocol": {
    summary: "refuses a WebSocket client that names no subprotocol",
    http: answering({ ...webSocket(null), path: exec }, 403, ""),
  },
  "streaming.websocket.unknown-protocol": {
    summary: "answers 400 to a subprotocol that it does not know",
    http: changing({ ...webSocket("v9.channel.k8s.io"), path: exec, status: 403 }, { status: 400 }),
  },
  "streaming.websocket.newer-client": {
    summary: "looks at the first subprotocol only",
    http: answering({ ...webSocket("v9.channel.k8s.io, v4.channel.k8s.io"), path: exec }, 403, ""),
  },
  "streaming.websocket.v5-refused": {
    summary: "answers 400 to v5.channel.k8s.io",
    http: changing({ ...webSocket("v5.channel.k8s.io"), path: exec, status: 403 }, { status: 400 }),
  },
  "streaming.websocket.v5-or-v4": {
    summary: "refuses a client that prefers v5 to v4",
    http: answering({ ...webSocket("v5.channel.k8s.io, v4.channel.k8s.io"), path: exec }, 403, ""),
  },
  "streaming.websocket.v5": {
    summary: "does not speak v5.channel.k8s.io",
    http: answering({ ...webSocket("v5.channel.k8s.io"), path: exec, query: usual }, 403, ""),
  },
  "streaming.websocket.v5-first": {
    summary: "prefers v4 to v5 when the client does",
    http: changing(
      { ...webSocket("v4.channel.k8s.io, v5.channel.k8s.io"), path: exec, status: 101 },
      { headers: { "Sec-WebSocket-Protocol": "v4.channel.k8s.io" } },
    ),
  },

  "streaming.websocket.stdout": {
    summary: "garbles stdout over WebSocket",
    http: replacing(overWebSocket(exec, echoHi), "\x01hi\n", "\x01ho\n"),
  },
  "streaming.websocket.stderr": {
    summary: "sends stderr on the channel of stdout over WebSocket",
    http: replacing(overWebSocket(exec, bothOutputs), "\x02err\n", "\x01err\n"),
  },
  "streaming.websocket.stdin": {
    summary: "garbles stdin over WebSocket",
    http: replacing(overWebSocket(exec, cat), "\x01one\n", "\x01two\n"),
  },
  "streaming.websocket.status": {
    summary: "tells an exit code that is one too high over WebSocket",
    http: replacing(overWebSocket(exec, exit42), '"message":"42"', '"message":"43"'),
  },
  "streaming.websocket.close": {
    summary: "closes a WebSocket whose command is over as if it were going away (1001)",
    http: replacing(overWebSocket(exec, echo), "\x88\x02\x03\xe8", "\x88\x02\x03\xe9"),
  },
  "streaming.websocket.binary": {
    summary: "sends channels in text messages over v4.channel.k8s.io",
    http: alteringBytes(overWebSocket(exec, echoHi), () => withOpcode(0x82, 0x81)),
  },
  "streaming.websocket.base64": {
    summary: "garbles stdin over the base64 protocol",
    http: replacing(overWebSocket(exec, cat, "v4.base64.channel.k8s.io"), "1b25lCg==", "1dHdvCg=="),
  },
  "streaming.websocket.terminal": {
    summary: "garbles what a terminal shows over WebSocket",
    http: replacing(overWebSocket(exec, terminal), "err\r\n", "ERR\r\n"),
  },
  "streaming.websocket.resize": {
    summary: "gets the width of a terminal wrong over WebSocket",
    http: replacing(overWebSocket(exec, /stty/), "33 101", "33 100"),
  },
  "streaming.websocket.ping": {
    summary: "answers no ping",
    http: alteringBytes(overWebSocket(exec, cat), () => (bytes) => (bytes[0] === 0x8a ? Buffer.alloc(0) : bytes)),
  },
  "streaming.websocket.unmasked": {
    summary: "passes over a message without a mask",
    http: losing(overWebSocket(exec, cat), (bytes) => (bytes[1] ?? 0) < 0x80),
  },
  "streaming.websocket.message-limit": {
    summary: "waits for a message of any length",
    http: losing(overWebSocket(exec, cat), (bytes) => bytes[1] === 0xff),
  },
  "streaming.websocket.v5-bad-close": {
    summary: "passes over a close signal that names no channel",
    http: losing(overWebSocket(exec, cat, "v5.channel.k8s.io"), (bytes) => bytes[1] === 0x81),
  },
  "streaming.websocket.v5-close": {
    summary: "loses what a v5 client sent on stdin before it closed it",
    http: replacing(overWebSocket(exec, cat, "v5.channel.k8s.io"), "\x01one", "\x04one"),
  },
  "streaming.websocket.counted": {
    summary: "counts the WebSocket requests of exec under another name",
    http: changing(
      { listener: "main", path: "/metrics", status: 200 },
      { body: (body) => body.replace('requests_total{subresource="exec"}', 'requests_total{subresource="remotecommand"}') },
    ),
  },
} satisfies Partial<Record<Id, Deviation>>;
