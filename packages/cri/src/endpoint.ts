import { pathProblem } from "./grpc/serve-socket.ts";

/** A container runtime endpoint that cannot be used: malformed, absent, refused, or not a CRI server. */
export class RuntimeEndpointError extends Error {
  readonly code = "ERR_RUNTIME_ENDPOINT";
  readonly endpoint: string;

  constructor(endpoint: string, reason: string, options?: ErrorOptions) {
    super(`container runtime ${JSON.stringify(endpoint)}: ${reason}`, options);
    this.name = "RuntimeEndpointError";
    this.endpoint = endpoint;
  }
}

/** The socket path of `unix:///path`; anything else is refused with what to write instead. */
export function socketPathOf(endpoint: string): string {
  const path = /^unix:\/\/(\/.+)$/.exec(endpoint)?.[1];
  if (path === undefined) {
    throw new RuntimeEndpointError(endpoint, "not a unix socket URL; write it as unix:///run/containerd/containerd.sock");
  }
  const problem = pathProblem(path);
  if (problem !== undefined) throw new RuntimeEndpointError(endpoint, problem);
  return path;
}
