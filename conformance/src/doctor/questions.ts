import { absentName } from "../engine/variables.ts";
import { WireError, type WireResponse } from "../target/wire.ts";

/** What a doctor asks a kubelet; nothing of it changes anything. The checkpoint is one of a pod that there is not. */
export const questions = {
  pods: { method: "GET", target: "/pods" },
  running: { method: "GET", target: "/runningpods/" },
  configuration: { method: "GET", target: "/configz" },
  metrics: { method: "GET", target: "/metrics" },
  stats: { method: "GET", target: "/stats/summary?only_cpu_and_memory=true" },
  logs: { method: "GET", target: "/logs/" },
  health: { method: "GET", target: "/healthz?verbose" },
  checkpoint: { method: "POST", target: `/checkpoint/${absentName}/${absentName}/${absentName}` },
} as const;

export type Question = keyof typeof questions;

/** An answer, or why there is none. */
export type Answers = Readonly<Record<Question, WireResponse | WireError>>;

export type Ask = (question: (typeof questions)[Question]) => Promise<WireResponse>;

/** Asks everything at once. Rejects with anything but a WireError. */
export async function askAll(ask: Ask): Promise<Answers> {
  const one = (question: Question): Promise<WireResponse | WireError> => answerOf(ask(questions[question]));
  const [pods, running, configuration, metrics, stats, logs, health, checkpoint] = await Promise.all([
    one("pods"),
    one("running"),
    one("configuration"),
    one("metrics"),
    one("stats"),
    one("logs"),
    one("health"),
    one("checkpoint"),
  ]);
  return { pods, running, configuration, metrics, stats, logs, health, checkpoint };
}

export function answerOf(sent: Promise<WireResponse>): Promise<WireResponse | WireError> {
  return sent.catch((error: unknown) => {
    if (error instanceof WireError && error.code !== "aborted") return error;
    throw error;
  });
}

/** The body of a 200; empty for anything else. */
export function bodyOf(answer: WireResponse | WireError): string {
  return answer instanceof WireError || answer.status !== 200 ? "" : answer.body.toString();
}
