/** The proxy cannot start; the message says why and what to do. */
export class ProxyError extends Error {
  readonly code = "cannot-proxy";
}
