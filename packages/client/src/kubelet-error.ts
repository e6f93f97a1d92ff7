/** What kept a call from its answer, or what the answer was. Stable: new codes may come, none changes its meaning. */
export type KubeletErrorCode =
  // The kubelet, or the API server in its place, answered with a status.
  | "redirect"
  | "not-modified"
  | "bad-request"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "no-such-route"
  | "method-not-allowed"
  | "not-acceptable"
  | "invalid"
  | "too-many-requests"
  | "kubelet-failed"
  | "kubelet-unreachable"
  | "unexpected-status"
  // No answer came, or none that can be read.
  | "refused"
  | "unreachable"
  | "reset"
  | "timeout"
  | "plain-http"
  | "certificate"
  | "tls"
  | "malformed"
  | "closed"
  // It was not asked at all.
  | "invalid-option"
  | "invalid-path"
  | "credentials-over-http"
  | "other-origin"
  | "not-through-proxy"
  // Of an answer or a stream that came.
  | "binary-answer"
  | "stream-broken"
  | "stdin-closed"
  | "stdin-not-closable"
  | "port-forward-failed";

export interface KubeletErrorDetails {
  code: KubeletErrorCode;
  /** The operationId of the spec, or what was being done. */
  operation: string;
  /** What went wrong and the next step, one line. */
  reason: string;
  status?: number | undefined;
  text?: string | undefined;
  answeredBy?: "kubelet" | "api-server" | undefined;
  headers?: Headers | undefined;
  cause?: unknown;
}

/** Why a call has no result. Its message is one line, and nothing in it holds a credential of the client's. */
export class KubeletError extends Error {
  /** What to decide by; the message may change. */
  readonly code: KubeletErrorCode;
  /** The operationId of the spec, e.g. `getPods`. */
  readonly operation: string;
  /** HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** The answer's body, up to 1 MiB of it; undefined where no answer came. */
  readonly text: string | undefined;
  /** Whose words `text` are: an API server between can refuse, or fail to reach the kubelet, by itself. Undefined where no answer came. */
  readonly answeredBy: "kubelet" | "api-server" | undefined;
  /** The answer's headers; undefined where no answer came. */
  readonly headers: Headers | undefined;

  constructor({ code, operation, reason, status, text, answeredBy, headers, cause }: KubeletErrorDetails) {
    super(`${operation}: ${status === undefined ? "" : `${status} `}${oneLine(reason)}`, cause === undefined ? {} : { cause });
    this.name = "KubeletError";
    this.code = code;
    this.operation = operation;
    this.status = status;
    this.text = text;
    this.answeredBy = answeredBy;
    this.headers = headers;
  }
}

const longestLine = 500;

/** Kubelets relay what runtimes say: kilobytes, with line ends and escapes for terminals. */
function oneLine(text: string): string {
  const line = text.trim().replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return line.length > longestLine ? `${line.slice(0, longestLine)}...` : line;
}
