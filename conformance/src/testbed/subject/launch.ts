import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TargetError } from "../../errors.ts";
import type { LaunchOptions, LaunchOutcome, LaunchProbe } from "../../target/cluster.ts";
import type { Scenario } from "../scenarios.ts";
import { flagsOf } from "./command-line.ts";
import { configurationAt } from "./configuration-at.ts";
import { startPlane } from "./control-plane.ts";
import { addressInUse, freePorts } from "./free-ports.ts";
import { startProcess } from "./kubelet-process.ts";
import { nodeName } from "./labels.ts";
import type { ProgramOptions } from "./program.ts";
import { programConfiguration } from "./program-configuration.ts";
import { doubleSide } from "./runtime-side.ts";

let launched = 0;

/** More kubelets of a program, each with doubles of its own around it. */
export function launchProbe(options: ProgramOptions, scenario: Scenario): LaunchProbe {
  return startingOnce(async (launch, signal) => {
    const configured = { ...scenario, configuration: { ...scenario.configuration, ...launch.configuration } };
    for (let attempt = 1; ; attempt++) {
      const outcome = await launchOnce(options, configured, launch, signal);
      // A kubelet of another scenario may have taken the socket of the device plugins at the same moment.
      if (!outcome.ended || !addressInUse.test(outcome.message) || attempt === attempts) return outcome;
    }
  });
}

const attempts = 3;
const launchLimitMs = 20_000;

/** Starts each kubelet once, however often it is asked for, and one at a time: they share a directory of device plugins. */
export function startingOnce(start: (launch: LaunchOptions, signal: AbortSignal) => Promise<LaunchOutcome>): LaunchProbe {
  const outcomes = new Map<string, Promise<LaunchOutcome>>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    start(launch) {
      const key = JSON.stringify(launch);
      const known = outcomes.get(key);
      if (known) return known;
      const outcome = last.then(() => start(launch, AbortSignal.timeout(launchLimitMs)));
      outcomes.set(key, outcome);
      last = outcome.catch(() => {});
      return outcome;
    },
  };
}

async function launchOnce(
  options: ProgramOptions,
  scenario: Scenario,
  { flags = {}, existing = [], runtime: fault }: LaunchOptions,
  signal: AbortSignal,
): Promise<LaunchOutcome> {
  const directory = join(options.ground.directory, `l${++launched}`);
  await mkdir(directory, { mode: 0o700 });
  const runtime = await doubleSide(directory, fault === "absent" ? undefined : fault);
  // What is left of a runtime that has ended.
  if (fault === "absent") await runtime.stop();
  const plane = await startPlane(options.ground, options.program.kubernetesVersion, scenario);
  let kubelet: ReturnType<typeof startProcess> | undefined;
  try {
    for (const object of existing) plane.state.create("nodes", object);
    const [port = 0, readOnlyPort = 0, healthzPort = 0] = await freePorts(3);
    const { endpoint } = runtime;
    const configuration = programConfiguration({ ...options, scenario, directory, endpoint, ports: { port, readOnlyPort, healthzPort } });
    const given = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const line = await flagsOf(options, scenario, directory, configuration, plane);
    kubelet = startProcess(options.program.path, [...line, ...given]);
    const over = AbortSignal.any([kubelet.ended, signal]);
    // Its own first word: an object that was there before is not yet what it makes of it.
    const written = () => plane.requests.all({ resource: "nodes/status", status: 200 })[0];
    await plane.requests.until(written, { signal: over }).catch(() => {});
    signal.throwIfAborted();
    const calls = runtime.calls();
    if (kubelet.ended.aborted) return { calls, ended: true, message: endOf(kubelet.ended.reason, kubelet.log()) };
    const shown = await configurationAt(`https://127.0.0.1:${port}`, options.ground, over);
    return { calls, ended: false, node: plane.state.get("nodes", { name: nodeName }), configuration: shown };
  } finally {
    await kubelet?.stop();
    await Promise.all([runtime.stop(), plane.stop()]);
  }
}

function endOf(reason: unknown, log: readonly string[]): string {
  if (!(reason instanceof TargetError) || reason.code !== "kubelet-ended") throw reason;
  return log.join("\n");
}
