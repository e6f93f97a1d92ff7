export { acceptSpdy, openSpdy, SpdyError, type AcceptOptions, type SpdyConnection } from "./spdy.ts";
export { type SpdyStream } from "./spdy-stream.ts";
export { webSocketAccept, webSocketOver, webSocketStream, type MessageSocket } from "./web-socket.ts";
export { serveTunnel } from "./web-socket-tunnel.ts";
export * from "./protocols.ts";
export { base64Frame, binaryFrame, ChannelFrameError, readBase64Frame, readBinaryFrame, type ChannelFrame } from "./channel-frame.ts";
export {
  decodeStatus,
  encodeStatus,
  exitCodeOf,
  exitStatus,
  internalErrorStatus,
  successStatus,
  type ErrorStatus,
} from "./error-status.ts";
export { encodeTerminalSize, followTerminalSizes, type TerminalSize } from "./terminal-size.ts";
export { portChannels, portPreamble, readPortPreamble } from "./port-channels.ts";
export {
  answerWebSocket,
  asksForUpgrade,
  asksForWebSocket,
  offeredProtocols,
  type HandshakeAnswer,
  type HandshakeRequest,
} from "./web-socket-handshake.ts";
export { serveChannels, type ChannelOptions, type WebSocketChannels } from "./web-socket-channels.ts";
