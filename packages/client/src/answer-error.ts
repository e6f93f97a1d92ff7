import { textOf } from "./answer-body.ts";
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

export interface AnswerReading {
  operation: string;
  viaProxy: boolean;
  /** Takes the client's secrets out of a text. */
  redact: (text: string) => string;
}

const mostBytes = 1 << 20;

/** The error that an answer is whose status is no success; its body is read. */
export async function answerError(response: Response, { operation, viaProxy, redact }: AnswerReading): Promise<KubeletError> {
  const { status } = response;
  const text = redact(await textOf(response, mostBytes));
  const headers = new Headers([...response.headers].map(([name, value]): [string, string] => [name, redact(value)]));
  // On 406 kubelets answer with such an object themselves.
  const said = viaProxy && status !== 406 ? statusMessage(text) : undefined;
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

/** The message of a Status object. */
function statusMessage(text: string): string | undefined {
  if (!text.startsWith('{"kind":"Status"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "message" in value && typeof value.message === "string" ? value.message : "";
  } catch {
    return undefined;
  }
}
