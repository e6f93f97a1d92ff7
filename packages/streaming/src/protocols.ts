/** The names and numbers that exec, attach and port-forward agree on (k8s.io/apimachinery remotecommand and portforward constants). */

/** The value of `Upgrade` for SPDY. */
export const SPDY_UPGRADE = "SPDY/3.1";
/** Lists what a client offers (may repeat) and, in the answer, what the server chose. */
export const STREAM_PROTOCOL_HEADER = "X-Stream-Protocol-Version";
/** Lists, in a 403, what the server would have taken. */
export const ACCEPTED_PROTOCOLS_HEADER = "X-Accepted-Stream-Protocol-Versions";

/** Exec and attach over SPDY, in the order in which a server prefers them. v5 exists over WebSocket only. */
export const REMOTE_COMMAND_PROTOCOLS = ["v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"] as const;
export type RemoteCommandProtocol = (typeof REMOTE_COMMAND_PROTOCOLS)[number];

/** Exec and attach over WebSocket, as a runtime's streaming server offers them; "" stands for a client that offers none. */
export const WEBSOCKET_COMMAND_PROTOCOLS = [
  "",
  "channel.k8s.io",
  "base64.channel.k8s.io",
  "v4.channel.k8s.io",
  "v4.base64.channel.k8s.io",
] as const;
export type WebSocketCommandProtocol = (typeof WEBSOCKET_COMMAND_PROTOCOLS)[number];

/** Exec and attach over WebSocket with the close signal; kubelets from 1.36 on serve it. */
export const WEBSOCKET_V5 = "v5.channel.k8s.io";

/** Port-forward over SPDY. */
export const PORT_FORWARD_PROTOCOL = "portforward.k8s.io";
/** Port-forward's SPDY inside a WebSocket; kubelets from 1.36 on serve it. */
export const PORT_FORWARD_TUNNEL = "SPDY/3.1+portforward.k8s.io";
/** Port-forward over WebSocket channels. */
export const WEBSOCKET_PORT_FORWARD_PROTOCOLS = ["", "v4.channel.k8s.io", "v4.base64.channel.k8s.io"] as const;

/** The value of the header `streamType` of a SPDY stream of exec and attach. */
export type CommandStreamType = "error" | "stdin" | "stdout" | "stderr" | "resize";
/** The headers of a SPDY stream, in lower case as `SpdyStream.headers` has them. */
export const STREAM_TYPE = "streamtype";
/** Port-forward: 1 to 65535, decimal. */
export const PORT = "port";
/** Port-forward: pairs a data stream with its error stream. */
export const REQUEST_ID = "requestid";
/** The value of `streamType` of a port-forward stream. */
export type PortStreamType = "data" | "error";

/** The channel number of each stream of exec and attach over WebSocket. */
export const CHANNELS = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 } as const satisfies Record<CommandStreamType, number>;
/** v5: a message of this byte and a channel's number says that the sender closes that channel. */
export const CLOSE_SIGNAL = 255;

/** Whether a WebSocket protocol carries its channels in base64 text messages. */
export function isBase64(protocol: string): boolean {
  return protocol.includes("base64.");
}
