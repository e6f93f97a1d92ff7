import { minors, type Requirement } from "@kubelet-conformance/spec";
import type { Deviation } from "@kubelet-conformance/reference-server";
import type { Result } from "../engine/verdicts.ts";
import type { Ground } from "../testbed/ground.ts";
import { type Scenario, scenarios } from "../testbed/scenarios.ts";
import { referenceSubject } from "../testbed/subject/reference.ts";
import type { RunningSubject } from "../testbed/subject/subject.ts";
import { runIn } from "../testbed/testbed.ts";

/** Reference kubelets in their scenarios, on which deviations are tried. */
export interface Stand {
  /** What the checks of the catalogue find in a kubelet with this deviation, or without any. */
  results(scenario: string, minor: string, catalogue: readonly Requirement[], deviation?: Deviation): Promise<readonly Result[]>;
  stop(): Promise<void>;
}

/** A kubelet that takes another deviation when it is told to. One trial at a time has it. */
interface Reusable {
  running: RunningSubject;
  take(deviation: Deviation): void;
}

const limitMs = 2_000;

/** A kubelet for each trial, except where two would differ in nothing but how they answer over HTTP: to start and stop one is a third of a trial. */
export function createStand(ground: Ground): Stand {
  const started: RunningSubject[] = [];
  const idle: Reusable[] = [];
  return {
    async results(name, minor, catalogue, deviation) {
      const scenario = scenarios.find((candidate) => candidate.name === name);
      if (!scenario) throw new Error(`there is no scenario "${name}"`);
      const look = async (running: RunningSubject): Promise<Result[]> =>
        (await runIn(running, scenario, { catalogue, timeoutMs: limitMs })).results;
      if (!deviation || !isReusable(scenario, minor, deviation)) {
        const running = await referenceSubject({ ground, kubernetesVersion: minor, deviation }).start(scenario);
        try {
          return await look(running);
        } finally {
          await running.stop();
        }
      }
      const kubelet = idle.pop() ?? (await startReusable(ground, scenario, minor));
      if (!started.includes(kubelet.running)) started.push(kubelet.running);
      kubelet.take(deviation);
      const results = await look(kubelet.running);
      // Not after what broke the trial: that may have broken the kubelet.
      idle.push(kubelet);
      return results;
    },
    stop: async () => {
      await Promise.all(started.map((running) => running.stop()));
    },
  };
}

/** What most trials have in common. In other scenarios something may happen to a kubelet that can't be undone. */
function isReusable({ name }: Scenario, minor: string, deviation: Deviation): boolean {
  const parts = Object.keys(deviation).filter((part) => part !== "summary");
  return name === "default" && minor === minors.at(-1) && parts.join() === "http";
}

async function startReusable(ground: Ground, scenario: Scenario, minor: string): Promise<Reusable> {
  let current: Deviation | undefined;
  const deviation: Deviation = {
    summary: "does what it is told to",
    http: (request, next) => current?.http?.(request, next) ?? next(request),
  };
  const running = await referenceSubject({ ground, kubernetesVersion: minor, deviation }).start(scenario);
  return { running, take: (next) => (current = next) };
}
