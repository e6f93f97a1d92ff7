import type { FirstCheckpoint } from "../../target/classify-runtime.ts";
import type { Target } from "../../target/target.ts";
import type { Scenario } from "../scenarios.ts";
import type { KubeletProcess } from "./kubelet-process.ts";

/** The kubelet that a testbed tests: the reference kubelet in this process, or a program. */
export interface Subject {
  /** Starts it as this scenario configures it; resolves once its pod is as far as it gets. */
  start(scenario: Scenario): Promise<RunningSubject>;
}

/** What there is to test in a scenario. */
export interface Entered {
  target: Target;
  /** One that was made to find out what the runtime does; the checks go on from it. */
  firstCheckpoint?: FirstCheckpoint | undefined;
}

/** A kubelet that runs. */
export interface RunningSubject {
  /** What its certificate comes from, PEM. */
  readonly authority: string;
  /** Of a program: what tells how it ended, should it do so on its own. */
  readonly process?: Pick<KubeletProcess, "ended" | "log">;
  /** Sets its surroundings up for a scenario with the same configuration; answers with what there is to test. */
  readonly enter: (scenario: Scenario) => Promise<Entered>;
  /** Ends it and what it stands on. Idempotent. */
  readonly stop: () => Promise<void>;
}
