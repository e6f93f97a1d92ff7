/** CRI v1 for Node: the generated messages, a typed client, and the words Go's gRPC uses for its failures. */
export * from "./generated/runtime/v1/api_pb.ts";
export { connectRuntime, runtimeClient, unixTransport, type ConnectRuntimeOptions, type RuntimeClient } from "./client.ts";
export { RuntimeEndpointError } from "./endpoint.ts";
export { grpcCodeName, grpcErrorCode, grpcErrorText, type GrpcCodeName } from "./grpc/grpc-error.ts";
export type { UnixTransport } from "./grpc/socket-transport.ts";
