import { Code, ConnectError } from "@connectrpc/connect";

/** Status code names as Go's gRPC prints them. */
export type GrpcCodeName = keyof typeof Code;

/** The Go name of a status code: `NotFound`, `DeadlineExceeded`, ... */
export function grpcCodeName(code: Code): GrpcCodeName {
  // A numeric enum's reverse mapping is typed string; it holds exactly the enum's own keys.
  return Code[code] as GrpcCodeName;
}

/**
 * The error as Go's gRPC status prints it, which is what a kubelet puts into the body of a 500:
 * `rpc error: code = Unimplemented desc = method CheckpointContainer not implemented`.
 * Anything that is not a ConnectError counts as code Unknown, as status.FromError does.
 */
export function grpcErrorText(error: unknown): string {
  const status = ConnectError.from(error);
  return `rpc error: code = ${grpcCodeName(status.code)} desc = ${status.rawMessage}`;
}

/** The code of an error as Go's status.FromError finds it; anything that is not a ConnectError counts as Unknown. */
export function grpcErrorCode(error: unknown): GrpcCodeName {
  return grpcCodeName(ConnectError.from(error).code);
}
