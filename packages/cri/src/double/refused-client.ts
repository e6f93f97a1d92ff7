/**
 * A client of the runtime double whose requests never arrived. gRPC libraries of kubelets up to 1.28 put the raw socket
 * path into `:authority`, which Node's HTTP/2 rejects as malformed before any JavaScript runs.
 */
export class RefusedClientError extends Error {
  readonly code = "ERR_RUNTIME_CLIENT_REFUSED";

  constructor(endpoint: string) {
    super(
      `container runtime double ${JSON.stringify(endpoint)}: this kubelet sends an :authority that Node's HTTP/2 refuses, as those up to 1.28 do; use a real runtime, or a kubelet of 1.29 or later`,
    );
    this.name = "RefusedClientError";
  }
}
