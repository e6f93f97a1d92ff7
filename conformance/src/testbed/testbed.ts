import { availableParallelism } from "node:os";
import { minorOf, minors, type Requirement, requirements } from "@kubelet-conformance/spec";
import type { KubeletOptions } from "@kubelet-conformance/reference-server";
import { type Execution, execute, type ExecuteOptions } from "../engine/execute.ts";
import { refuseStale } from "../engine/known-failures.ts";
import { select } from "../engine/plan.ts";
import { type StoppedAnswering, stoppedAnsweringText } from "../engine/stopped-answering.ts";
import { scorer } from "../engine/scoring.ts";
import type { Strictness } from "../engine/verdicts.ts";
import { TargetError } from "../errors.ts";
import { buildReport, type Report } from "../report/report.ts";
import type { Target } from "../target/target.ts";
import { createTransport } from "../target/transport.ts";
import { WireError } from "../target/wire.ts";
import { prepareGround } from "./ground.ts";
import { mergeScenarios, type ScenarioResults } from "./merge.ts";
import { factsOf, groupsOf, isPossible, type Scenario, scenarios } from "./scenarios.ts";
import { blockedResults, type Failure, notRun } from "./not-run.ts";
import { referenceSubject } from "./subject/reference.ts";
import type { RunningSubject, Subject } from "./subject/subject.ts";

/** What is tested and how, whatever the kubelet. */
export interface ScenarioOptions
  extends
    Pick<
      ExecuteOptions,
      | "profiles"
      | "focus"
      | "skip"
      | "only"
      | "timeoutMs"
      | "concurrency"
      | "signal"
      | "onEvent"
      | "catalogue"
      | "checkOf"
      | "score"
      | "knownFailures"
    >,
    Strictness {
  /** Default: all of them. */
  scenarios?: readonly Scenario[];
}

export interface TestbedOptions extends ScenarioOptions {
  /** Default: the newest minor covered. */
  kubernetesVersion?: string | undefined;
  /** A misbehaviour for the reference kubelet. */
  deviation?: KubeletOptions["deviation"];
}

/** Starts the reference kubelet in every scenario, tests it and merges the results. Leaves nothing behind, however it ends. */
export async function runTestbed(options: TestbedOptions): Promise<Report> {
  const { kubernetesVersion = minors.at(-1) ?? "", deviation } = options;
  const ground = await prepareGround();
  try {
    // All in this process: more than one lane is for waits, such as a runtime that hangs or a lease that is due.
    return await runScenarios(referenceSubject({ ground, kubernetesVersion, deviation }), { ...options, kubernetesVersion, lanes: 4 });
  } finally {
    await ground.remove();
  }
}

export interface SubjectOptions extends ScenarioOptions {
  kubernetesVersion: string;
  /** Kubelets at a time. Default: two for each of the machine's cores, since most of the time is spent waiting. */
  lanes?: number;
}

/** What a scenario found out, and about whom. */
export interface ScenarioExecution extends Execution {
  target: Target;
}

type Asked = ScenarioOptions & { catalogue: readonly Requirement[] };

/** So many kubelets in a row that do not start: none will. */
const hopeless = 2;

/**
 * Takes a kubelet through the scenarios and merges what they found. A stop leaves out the rest. Where a kubelet does not start or stops
 * answering, the report says so, and the others go on; throws the first such TargetError where none was of use.
 */
export async function runScenarios(subject: Subject, options: SubjectOptions): Promise<Report> {
  const { catalogue = requirements(), signal, kubernetesVersion, lanes = 2 * availableParallelism() } = options;
  const wanted = (options.scenarios ?? scenarios).filter((scenario) => isPossible(scenario, kubernetesVersion));
  if (wanted.length === 0) throw new Error("the testbed was given no scenario");
  const total = wanted.reduce((sum, scenario) => sum + askedIn(scenario, { ...options, catalogue }).length, 0);
  const onEvent: ScenarioOptions["onEvent"] = (event) => options.onEvent?.(event.type === "planned" ? { ...event, total } : event);
  const startedAt = new Date();
  const found = new Map<Scenario, ScenarioExecution>();
  const failures: Failure[] = [];
  const broken = new AbortController();
  const stop = signal ? AbortSignal.any([signal, broken.signal]) : broken.signal;
  const queue = groupsOf(wanted).values();
  let busy = 0;
  const lane = async (): Promise<void> => {
    for (const group of queue) {
      if (stop.aborted) return;
      busy++;
      const note = (scenario: Scenario, execution: ScenarioExecution): void => void found.set(scenario, execution);
      await runGroup(subject, group, { ...options, catalogue, signal: stop, onEvent }, note).catch((error: unknown) => {
        // A kubelet that was stopped before it was up has failed at nothing.
        if (stop.aborted) return;
        if (!(error instanceof TargetError)) {
          broken.abort();
          throw error;
        }
        const unfinished = group.filter((scenario) => !isWhole(found.get(scenario)) && asksSomething(scenario, { ...options, catalogue }));
        const [first] = unfinished;
        failures.push({ scenarios: unfinished, error, stoppedAnswering: first && found.get(first)?.stoppedAnswering });
      });
      busy--;
      if (found.size === 0 && failures.length >= hopeless && busy === 0) broken.abort();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  const [failure] = failures;
  if (failure && found.size === 0) throw failure.error;
  const all = wanted.flatMap((scenario): (ScenarioResults & { target: Target })[] => {
    const execution = found.get(scenario);
    return execution ? [{ scenario: scenario.name, results: execution.results, target: execution.target }] : [];
  });
  const selected = select(catalogue, options);
  const judge = scorer(minorOf(kubernetesVersion) ?? kubernetesVersion, options.score ?? "frozen");
  const missing = failures
    .flatMap((one) => one.scenarios)
    .filter((scenario) => !found.has(scenario))
    .map((scenario): ScenarioResults => {
      const results = blockedResults(selected, scenario, nothingStarted(kubernetesVersion));
      return { scenario: scenario.name, results: results.map(judge) };
    });
  const report = buildReport({
    target: all[0]?.target ?? nothingStarted(kubernetesVersion),
    planned: selected,
    results: refuseStale(mergeScenarios([...missing, ...all]), options.knownFailures ?? []),
    leftovers: [],
    startedAt,
    strictness: options,
    score: options.score,
    interrupted: signal?.aborted === true,
    notRun: failures.map(notRun),
  });
  onEvent({ type: "finished", report });
  return report;
}

/** One kubelet, in all scenarios that configure it alike. */
async function runGroup(
  subject: Subject,
  group: readonly Scenario[],
  options: Asked,
  done: (scenario: Scenario, execution: ScenarioExecution) => void,
): Promise<void> {
  const asked = group.filter((scenario) => asksSomething(scenario, options));
  const [first] = asked;
  if (!first) return;
  const running = await subject.start(first);
  try {
    for (const scenario of asked) {
      if (options.signal?.aborted) return;
      const execution = await runIn(running, scenario, options);
      done(scenario, execution);
      if (execution.stoppedAnswering) throw endOf(running, execution.stoppedAnswering);
    }
  } finally {
    await running.stop();
  }
}

function isWhole(execution: ScenarioExecution | undefined): boolean {
  return execution !== undefined && execution.stoppedAnswering === undefined;
}

/** A process that has ended says more than its silence. */
function endOf({ process }: RunningSubject, stoppedAnswering: StoppedAnswering): TargetError {
  const message = `the kubelet ${stoppedAnsweringText(stoppedAnswering)}`;
  const end: unknown = process?.ended.aborted ? process.ended.reason : undefined;
  if (end instanceof TargetError) return new TargetError(end.code, `${message}; ${end.message}`, { cause: end, detail: end.detail ?? [] });
  return new TargetError("kubelet-stopped-answering", message, { detail: process?.log().slice(-20) ?? [] });
}

/** A kubelet is not started for nothing. */
function asksSomething(scenario: Scenario, options: Asked): boolean {
  return askedIn(scenario, options).length > 0;
}

function askedIn(scenario: Scenario, options: Asked): Requirement[] {
  return select(options.catalogue, options).filter((requirement) => scenario.decides?.(requirement) ?? true);
}

/** Asks a running kubelet what this scenario decides. */
export async function runIn(running: RunningSubject, scenario: Scenario, options: Asked): Promise<ScenarioExecution> {
  const { catalogue, timeoutMs } = options;
  const { target, firstCheckpoint } = await running.enter(scenario).catch((error: unknown) => {
    throw error instanceof WireError ? endOf(running, { during: [], seen: error.message }) : error;
  });
  const tls = { ca: running.authority };
  const transport = createTransport({ server: target.server, tls, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  transport.usePorts(target);
  try {
    const decided = scenario.decides ? catalogue.filter((requirement) => scenario.decides?.(requirement)) : catalogue;
    return {
      target,
      ...(await execute({ ...options, target, send: transport.send, firstCheckpoint, catalogue: decided, scenario: scenario.name })),
    };
  } finally {
    transport.close();
  }
}

/** The target of a scenario that was never entered. */
function nothingStarted(kubernetesVersion: string): Target {
  const minor = minorOf(kubernetesVersion) ?? kubernetesVersion;
  return {
    server: "none: stopped before a kubelet ran",
    kubernetesVersion,
    minor,
    versionSource: "declared",
    identities: {},
    facts: factsOf(undefined, kubernetesVersion),
  };
}
