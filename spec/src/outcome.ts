import { type OutcomeOwner, type OutcomeRule, vocabulary } from "./vocabulary.ts";

/** The answer to a `POST /checkpoint/…`, from the kubelet or through the API server. */
export interface CheckpointAnswer {
  status: number;
  /** The whole body; one that was cut for its length is understood as far as it goes. */
  body: string;
  /** Names in any case, as Node.js gives them. Only answers without a body need them. */
  headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What the answer to a checkpoint means and who has to do what. */
export interface Outcome {
  /** A class of `outcomes/checkpoint.yaml`; `unclassified` when nothing there matches, which is never a reason to skip a check. */
  class: string;
  /** Who has to act; `unknown` only for `unclassified`. */
  owner: OutcomeOwner | "unknown";
  /** The next step, one line. */
  advice: string;
  /** gRPC code as the kubelet prints it, `none` for the kubelet's own texts; only of a checkpoint that failed. */
  code?: string;
  /** The words of whoever refused: the text behind `desc = `, the kubelet's or the API server's; absent when there are none. */
  message?: string;
}

const unclassified = {
  class: "unclassified",
  owner: "unknown",
  advice: "Read the text and the kubelet's log; nobody has reported this answer yet, so please do.",
} as const;

// checkpointing of NS/POD/CONTAINER failed (ERR): pkg/kubelet/server/server.go, checkpoint().
// A body that was cut for its length has lost its closing parenthesis.
const frame = /^checkpointing of [^/]*\/[^/]*\/.*? failed \((.*?)\)?\n?$/s;
const grpcError = /^rpc error: code = (\w+) desc = (.*)$/s;

/** The class of a checkpoint's answer by its status and text; the first rule of `outcomes/checkpoint.yaml` that matches wins. */
export function classifyCheckpoint(answer: CheckpointAnswer): Outcome {
  const { code, message } = readAnswer(answer);
  const said = { ...(code === undefined ? {} : { code }), ...(message === "" ? {} : { message }) };
  const rule = vocabulary().outcomes.find((candidate) => matches(candidate, answer, code, message));
  if (!rule) return { ...unclassified, ...said };
  const { class: name, owner, advice } = rule;
  return name === "created" ? { class: name, owner, advice } : { class: name, owner, advice, ...said };
}

function matches(rule: OutcomeRule, answer: CheckpointAnswer, code: string | undefined, message: string): boolean {
  const { status, code: wanted, pattern = "", headers = {} } = rule;
  if (status !== undefined && (code !== undefined || !status.includes(answer.status))) return false;
  if (wanted !== undefined && wanted !== code) return false;
  if (Object.entries(headers).some(([name, value]) => headerOf(answer, name) !== value)) return false;
  return new RegExp(pattern, "s").test(message);
}

/** The text that decides, and for a failed checkpoint the code before it. */
function readAnswer({ status, body }: CheckpointAnswer): { code?: string; message: string } {
  const error = status === 500 ? frame.exec(body)?.[1] : undefined;
  if (error === undefined) return { message: (statusMessage(body) ?? body).trimEnd() };
  const [, code = "none", message = error] = grpcError.exec(error) ?? [];
  return { code, message };
}

/** The message of a Status object, which is how the API server refuses on its own; undefined for any other body. */
function statusMessage(body: string): string | undefined {
  if (!body.startsWith('{"kind":"Status"')) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && "message" in value && typeof value.message === "string") return value.message;
  } catch {
    // Cut or no JSON after all: the body speaks for itself.
  }
  return undefined;
}

function headerOf({ headers = {} }: CheckpointAnswer, name: string): string | undefined {
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === "string" ? value : value?.[0];
}
