/** gRPC over unix sockets as Go's speaks it: what the container runtime's side and the device plugins' have in common. */
export { createCallLog, type CallLog, type RecordedCall } from "./calls.ts";
export { grpcCodeName, grpcErrorCode, grpcErrorText, type GrpcCodeName } from "./grpc-error.ts";
export { serveSocket, SocketError, type ServedSocket } from "./serve-socket.ts";
export { socketTransport, type UnixTransport } from "./socket-transport.ts";
