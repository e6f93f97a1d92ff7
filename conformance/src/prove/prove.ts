import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Requirement } from "@kubelet-conformance/spec";
import { type Job, jobsFor } from "./jobs.ts";
import type { Trial } from "./try-deviation.ts";

export interface ProveOptions {
  requirements: readonly Requirement[];
  /** Default: as many as the machine has cores, at most 8. */
  workers?: number | undefined;
  signal?: AbortSignal;
  onTrial?: (trial: Trial) => void;
}

export type { Trial };

/** Tries every deviation. The trials come in the order of the requirements; a stop leaves out the rest. */
export async function prove({ requirements, workers, signal, onTrial }: ProveOptions): Promise<Trial[]> {
  const jobs = jobsFor(requirements);
  const trials = new Map<string, Trial>();
  const turns = new Map(requirements.map((requirement) => [requirement.id, turnOf(requirement)]));
  const turn = ({ id }: Job): number => turns.get(id) ?? 0;
  const queue = jobs.toSorted((one, other) => turn(one) - turn(other)).values();
  const count = Math.max(1, Math.min(workers ?? Math.min(availableParallelism(), 8), jobs.length));
  const done = (trial: Trial): void => {
    trials.set(trial.id, trial);
    onTrial?.(trial);
  };
  await Promise.all(Array.from({ length: count }, () => work(queue, { lanes, signal, done })));
  // Some checks tell fast from slow; on a busy machine all is slow. Each survivor has another chance, by itself.
  const again = jobs.filter(({ id }) => trials.get(id)?.killed === false);
  if (again.length > 0) await work(again.values(), { lanes: 1, signal, done: (trial) => done({ ...trial, tries: 2 }) });
  return jobs.flatMap(({ id }) => trials.get(id) ?? []);
}

/** What comes before what: of trials that wait the longest begin first, and where the time is of the essence, those that keep the machine busy are over. */
function turnOf({ area, needs = [] }: Requirement): number {
  if (needs.includes("ticking-container")) return 0;
  if (needs.includes("long-outage")) return 2;
  if (area === "heartbeat") return 3;
  return area === "device-plugins" || area === "runtime" ? 4 : 1;
}

/** Trials of one thread at a time: one waits for files and sockets about a third of its time, and the others fill the gaps. */
const lanes = 4;

interface Work {
  lanes: number;
  signal: AbortSignal | undefined;
  done: (trial: Trial) => void;
}

function work(queue: Iterator<Job>, { lanes: side, signal, done }: Work): Promise<void> {
  return new Promise((resolve, reject) => {
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    // A trial makes much that is soon forgotten; with room for it, the collector seldom runs.
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: { lanes: side },
      resourceLimits: { maxYoungGenerationSizeMb: 96 },
    });
    worker.on("message", (message: Trial | "ready") => {
      if (message !== "ready") done(message);
      const next = signal?.aborted ? undefined : queue.next();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(next && !next.done ? next.value : null);
    });
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}
