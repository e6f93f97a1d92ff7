import { systemCode } from "../errors.ts";
import { WireError } from "./wire.ts";

const unreachable = new Set(["EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN", "EADDRNOTAVAIL", "ETIMEDOUT"]);
const reset = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);
/** What OpenSSL says when the other side is not speaking TLS at all. */
const notTls = new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_HTTP_REQUEST",
  "ERR_SSL_RECORD_LAYER_FAILURE",
]);
/** Certificate problems have OpenSSL's verification names, which share no prefix. */
const certificate = /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CRL_|HOSTNAME_MISMATCH|INVALID_|ERR_TLS_)/;

/** Turns what Node.js reports into one of the stable codes; the original stays as `cause`. */
export function wireError(error: unknown): WireError {
  if (error instanceof WireError) return error;
  const cause = firstOf(error);
  const code = systemCode(cause) ?? "";
  const text = cause instanceof Error ? cause.message : String(cause);
  const as = (kind: WireError["code"], message: string) => new WireError(kind, message, { cause });
  if (code === "ECONNREFUSED") return as("refused", "the connection was refused");
  if (unreachable.has(code)) return as("unreachable", `the host cannot be reached (${code})`);
  if (notTls.has(code) || (code === "EPROTO" && /wrong version number|packet length/.test(text))) {
    return as("plain-http", "the port does not speak TLS");
  }
  if (certificate.test(code)) return as("tls", `the server's certificate is not accepted: ${text.replace(/; if the root CA .*/, "")}`);
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return as("tls", `the TLS handshake failed: ${code}`);
  if (code === "HPE_HEADER_OVERFLOW") return as("too-large", "the answer's headers are larger than 256 KiB");
  if (code.startsWith("HPE_")) return as("malformed", `the answer is not HTTP: ${text.replace(/^Parse Error: /, "")}`);
  if (code.startsWith("ERR_HTTP2")) return as("malformed", `the answer is not HTTP/2: ${text}`);
  if (reset.has(code)) return as("reset", "the connection was closed before an answer came");
  return as("malformed", `the exchange failed: ${text}`);
}

/** A host name with several addresses fails with all of their errors at once. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError ? (error.errors[0] ?? error) : error;
}
