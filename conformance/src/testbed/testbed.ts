import { minors, type Requirement, requirements } from "@kubelet-conformance/spec";
import type { KubeletOptions } from "@kubelet-conformance/reference-server";
import { type Execution, execute, type ExecuteOptions } from "../engine/execute.ts";
import { select } from "../engine/plan.ts";
import type { Strictness } from "../engine/verdicts.ts";
import { buildReport, type Report } from "../report/report.ts";
import type { Target } from "../target/target.ts";
import { createTransport } from "../target/transport.ts";
import { type Ground, prepareGround } from "./ground.ts";
import { mergeScenarios, type ScenarioResults } from "./merge.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { startScenario } from "./start.ts";

export interface TestbedOptions
  extends
    Pick<ExecuteOptions, "profiles" | "focus" | "skip" | "timeoutMs" | "concurrency" | "signal" | "onEvent" | "catalogue" | "checkOf">,
    Strictness {
  /** Default: the newest minor covered. */
  kubernetesVersion?: string | undefined;
  /** Default: all of them. */
  scenarios?: readonly Scenario[];
  /** A misbehaviour for the reference kubelet. */
  deviation?: KubeletOptions["deviation"];
}

/** Starts the reference kubelet in every scenario, tests it and merges the results. Leaves nothing behind, however it ends. */
export async function runTestbed(options: TestbedOptions): Promise<Report> {
  const { catalogue = requirements(), onEvent, signal, kubernetesVersion = minors.at(-1) ?? "" } = options;
  const startedAt = new Date();
  const ground = await prepareGround();
  try {
    const all: ScenarioResults[] = [];
    let first: Target | undefined;
    for (const scenario of options.scenarios ?? scenarios) {
      if (signal?.aborted) break;
      const { target, results } = await runScenario({ ...options, catalogue, kubernetesVersion, ground, scenario });
      first ??= target;
      all.push({ scenario: scenario.name, results });
    }
    if (!first) throw new Error("the testbed was given no scenario");
    const report = buildReport({
      target: first,
      planned: select(catalogue, options),
      results: mergeScenarios(all),
      leftovers: [],
      startedAt,
      strictness: options,
      interrupted: signal?.aborted === true,
    });
    onEvent?.({ type: "finished", report });
    return report;
  } finally {
    await ground.remove();
  }
}

export interface ScenarioRun extends Omit<TestbedOptions, "scenarios" | "catalogue"> {
  catalogue: readonly Requirement[];
  kubernetesVersion: string;
  ground: Ground;
  scenario: Scenario;
}

/** One scenario from start to stop. */
export async function runScenario(options: ScenarioRun): Promise<Execution & { target: Target }> {
  const { scenario, catalogue, timeoutMs } = options;
  const { target, authority, stop } = await startScenario(options);
  const transport = createTransport({ server: target.server, tls: { ca: authority }, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  transport.usePorts(target);
  try {
    const decided = scenario.decides ? catalogue.filter((requirement) => scenario.decides?.(requirement)) : catalogue;
    return { target, ...(await execute({ ...options, target, send: transport.send, catalogue: decided, scenario: scenario.name })) };
  } finally {
    transport.close();
    await stop();
  }
}
