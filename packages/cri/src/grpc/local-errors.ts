import { Code, ConnectError } from "@connectrpc/connect";

/** libuv's codes in the words of Go's syscall.Errno. */
const DIAL_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  ECONNREFUSED: "connection refused",
  EACCES: "permission denied",
  ENOTSOCK: "socket operation on non-socket",
  EPROTOTYPE: "protocol wrong type for socket",
};

/** What Node and connect-node report when the peer goes away in the middle of a call. */
const CUT_CONNECTION =
  /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP2_(STREAM_CANCEL|SESSION_ERROR|GOAWAY_SESSION|INVALID_SESSION|STREAM_ERROR))$/;

/** The message of grpc-go's transport for a failed dial (internal/transport.NewHTTP2Client, ConnectionError.Error). */
function dialErrorText(socketPath: string, reason: string): string {
  return `connection error: desc = "transport: Error while dialing: dial unix ${socketPath}: connect: ${reason}"`;
}

/**
 * Gives an error that arose on this side of the call (no answer came from the runtime) the code and the words that
 * grpc-go uses for it. Answers of the runtime are returned unchanged.
 */
export function asGoError(error: unknown, signal: AbortSignal | undefined, socketPath: string): ConnectError {
  const status = ConnectError.from(error);
  if (signal?.aborted) return new ConnectError("context canceled", Code.Canceled, undefined, undefined, error);
  // The text of connect's own deadline signal; a deadline reported by the runtime has other words.
  if (status.code === Code.DeadlineExceeded && status.rawMessage === "the operation timed out") {
    return new ConnectError("context deadline exceeded", Code.DeadlineExceeded, undefined, undefined, error);
  }
  const nodeCode = nodeErrorCode(error);
  const dialReason = nodeCode === undefined ? undefined : DIAL_REASONS[nodeCode];
  if (dialReason !== undefined) {
    return new ConnectError(dialErrorText(socketPath, dialReason), Code.Unavailable, undefined, undefined, error);
  }
  if (nodeCode !== undefined && CUT_CONNECTION.test(nodeCode)) {
    return new ConnectError("error reading from server: EOF", Code.Unavailable, undefined, undefined, error);
  }
  // The runtime reset the stream; connect and grpc-go give the same code and different words.
  const reset = /^http\/2 stream closed with error code (\w+) /.exec(status.rawMessage)?.[1];
  if (reset !== undefined) {
    const text = `stream terminated by RST_STREAM with error code: ${reset}`;
    return new ConnectError(text, status.code, undefined, undefined, error);
  }
  return status;
}

/** The `code` of the deepest Node error behind `error`; wrappers carry codes of their own. */
function nodeErrorCode(error: unknown): string | undefined {
  let found: string | undefined;
  for (let e: unknown = error, depth = 0; e instanceof Error && depth < 8; e = e.cause, depth += 1) {
    if ("code" in e && typeof e.code === "string") found = e.code;
  }
  return found;
}
