import { KubeletError, type KubeletErrorCode } from "./kubelet-error.ts";

const unreachable = new Set(["EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN", "EADDRNOTAVAIL", "ETIMEDOUT"]);
const reset = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "ERR_STREAM_PREMATURE_CLOSE"]);
/** Certificate problems have OpenSSL's verification names, which share no prefix. */
const certificate = /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CRL_|HOSTNAME_MISMATCH|INVALID_|ERR_TLS_CERT)/;
/** What OpenSSL says when the other side does not speak TLS. */
const notTls = /wrong version number|packet length|http request|record layer failure/;

/** Turns what Node.js reports of a connection into a stable code and a next step. */
export function wireError(operation: string, server: string, error: unknown): KubeletError {
  if (error instanceof KubeletError) return error;
  // A host name with several addresses fails with the errors of all at once.
  const cause: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const text = cause instanceof Error ? cause.message : String(cause);
  // Node.js hangs what it could not parse onto its error: the server's words, which may hold anything.
  const shown = cause instanceof Error && "rawPacket" in cause ? undefined : cause;
  const as = (kind: KubeletErrorCode, reason: string) => new KubeletError({ code: kind, operation, reason, cause: shown });
  if (code === "ECONNREFUSED")
    return as("refused", `nothing listens on ${server}; correct the port (kubelets use 10250) or start the kubelet`);
  if (unreachable.has(code)) return as("unreachable", `${server} cannot be reached (${code}); check the name and the network`);
  if (reset.has(code)) return as("reset", `${server} closed the connection before the answer was complete`);
  if ((code === "EPROTO" || code.startsWith("ERR_SSL_")) && notTls.test(text))
    return as("plain-http", `${server} does not speak TLS; use the kubelet's HTTPS port (10250), or http:// without credentials`);
  if (certificate.test(code))
    return as(
      "certificate",
      `the certificate of ${server} is not accepted (${code}); give its authority as ca, or its name as tlsServerName`,
    );
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_"))
    return as("tls", `the TLS handshake with ${server} failed (${code}); it may want a client certificate`);
  return as("malformed", `${server} gave no HTTP answer (${code === "" ? text : code}); is this a kubelet's port?`);
}
