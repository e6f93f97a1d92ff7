import { KubeletError, type KubeletErrorCode } from "./kubelet-error.ts";

const codes: Readonly<Record<number, KubeletErrorCode>> = {
  304: "not-modified",
  400: "bad-request",
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  405: "method-not-allowed",
  406: "not-acceptable",
  415: "not-acceptable",
  422: "invalid",
  429: "too-many-requests",
  500: "kubelet-failed",
  502: "kubelet-unreachable",
  503: "kubelet-unreachable",
  504: "kubelet-unreachable",
};

/** What to do where the words of the answer do not say it. */
const nextSteps: Partial<Record<KubeletErrorCode, string>> = {
  unauthorized: "send a client certificate or a token that this kubelet accepts",
  "no-such-route": "this kubelet's version or configuration does not have it (enableDebuggingHandlers, feature gates)",
  "kubelet-unreachable": "see that the node's kubelet runs and can be reached",
};

export interface ReadAnswer {
  operation: string;
  status: number;
  headers: Headers;
  /** The body, secrets taken out. */
  text: string;
  viaProxy: boolean;
}

/** The error that an answer is whose status is no success. */
export function answerError({ operation, status, headers, text, viaProxy }: ReadAnswer): KubeletError {
  const said = viaProxy ? statusMessage(text) : undefined;
  const code = codeOf(status, text);
  const location = headers.get("location");
  const words = (said ?? text) || (location === null ? "" : `to ${location}`);
  const next = nextSteps[code];
  return new KubeletError({
    code,
    operation,
    status,
    text,
    headers,
    answeredBy: said === undefined ? "kubelet" : "api-server",
    reason: [words.trim().replace(new RegExp(`^${status}:? `), "") || code, ...(next === undefined ? [] : [next])].join("; "),
  });
}

function codeOf(status: number, text: string): KubeletErrorCode {
  // net/http and go-restful say so of what has no route; handlers name what is missing.
  if (status === 404 && /^404(:|) page not found\s*$/i.test(text)) return "no-such-route";
  return codes[status] ?? (status >= 300 && status < 400 ? "redirect" : "unexpected-status");
}

/** The message of a Status object, which no kubelet answers with but for 406. */
function statusMessage(text: string): string | undefined {
  if (!text.startsWith('{"kind":"Status"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "message" in value && typeof value.message === "string" ? value.message : "";
  } catch {
    return undefined;
  }
}
