import { classifyCheckpoint, type Outcome } from "@kubelet-conformance/spec";
import type { OutcomeClass } from "@kubelet-conformance/types";
import type { Calls } from "./calls.ts";

export interface CheckpointOptions {
  namespace: string;
  /** The pod's name; a static pod's ends in `-` and the node's name. */
  pod: string;
  container: string;
  /** Seconds that the runtime may take; whole. Kubelets raise what is less to their `runtimeRequestTimeout`, 120 by default. Default: that. */
  timeout?: number;
  /** Stops waiting; kubelets then cancel the checkpoint at the runtime. */
  signal?: AbortSignal;
  /** Milliseconds to wait for the answer, 0: any time. Default: half a minute more than `timeout` or 120 seconds, whichever is longer. */
  timeoutMs?: number;
}

interface Answered {
  /** HTTP status of the answer. */
  status: number;
  /** The next step, one line. */
  advice: string;
}

/** There is an archive. */
export interface CheckpointCreated extends Answered {
  class: "created";
  owner: "client";
  /** Absolute paths on the node; there is no operation to fetch or delete them. At least one, in every minor so far exactly one. */
  archives: readonly [string, ...string[]];
}

/** There is none, or none that is known: the classes of `spec/outcomes`. */
export interface CheckpointFailed extends Answered {
  /**
   * Why. Whose fault it is, by what is missing: `unknown-pod` (namespace or pod), `unknown-container`, `gate-off` (the route), `unknown-node` (API server);
   * `not-authorized`; `timeout`; `unimplemented` (runtime). `unclassified`: nobody has reported such an answer yet.
   */
  class: Exclude<OutcomeClass, "created"> | "unclassified";
  /** Who has to act; `unknown` only of `unclassified`. */
  owner: Outcome["owner"];
  /** gRPC code of the runtime's refusal, `none` for the kubelet's own. Only where a checkpoint was tried. */
  code?: string;
  /** The words of whoever refused. They can hold container ids and paths of the node. */
  message?: string;
}

/** What came of a checkpoint, told apart by `class`. */
export type CheckpointOutcome = CheckpointCreated | CheckpointFailed;

const usualSeconds = 120;

/** Rejects with a KubeletError only where no answer came; the checkpoint may then have been made or not. */
export async function checkpoint(calls: Calls, options: CheckpointOptions): Promise<CheckpointOutcome> {
  const { namespace, pod, container, timeout, signal } = options;
  const { timeoutMs = (Math.max(timeout ?? 0, usualSeconds) + 30) * 1000 } = options;
  const { data, error, response } = await calls.POST("/checkpoint/{namespace}/{pod}/{container}", {
    params: { path: { namespace, pod, container }, query: timeout === undefined ? {} : { timeout } },
    parseAs: "text",
    timeoutMs,
    ...(signal === undefined ? {} : { signal }),
  });
  const { status } = response;
  const body = error ? (error.text ?? "") : (data ?? "");
  const outcome = classifyCheckpoint({ status, body, headers: Object.fromEntries(response.headers) });
  const archives = outcome.class === "created" ? archivesOf(body) : undefined;
  if (archives) return { class: "created", owner: "client", status, advice: outcome.advice, archives };
  // The kubelet does not escape the path: one with a quotation mark in it looks like an archive and is no JSON.
  return { ...failed(outcome.class === "created" ? classifyCheckpoint({ status, body: "" }) : outcome), status };
}

/** The classifier reads its classes from the data that their type is generated from. */
function failed(outcome: Outcome): Omit<CheckpointFailed, "status"> {
  return { ...outcome, class: outcome.class as CheckpointFailed["class"] };
}

function archivesOf(body: string): [string, ...string[]] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null || !("items" in value) || !Array.isArray(value.items)) return undefined;
    const items: unknown[] = value.items;
    const [first, ...rest] = items.filter((item) => typeof item === "string");
    return first === undefined || rest.length + 1 !== items.length ? undefined : [first, ...rest];
  } catch {
    return undefined;
  }
}
