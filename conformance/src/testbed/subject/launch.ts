import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TargetError } from "../../errors.ts";
import type { LaunchOptions, LaunchOutcome, LaunchProbe } from "../../target/cluster.ts";
import type { Scenario } from "../scenarios.ts";
import { flagsOf } from "./command-line.ts";
import { startPlane } from "./control-plane.ts";
import { addressInUse, freePorts } from "./free-ports.ts";
import { startProcess } from "./kubelet-process.ts";
import { type Launched, outcomeOf, startingOnce } from "./launched.ts";
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

async function launchOnce(options: ProgramOptions, scenario: Scenario, launch: LaunchOptions, signal: AbortSignal): Promise<LaunchOutcome> {
  const { ground, program } = options;
  const { flags = {}, runtime: fault } = launch;
  const directory = join(ground.directory, `l${++launched}`);
  await mkdir(directory, { mode: 0o700 });
  const runtime = await doubleSide(directory, fault === "absent" ? undefined : fault);
  // What is left of a runtime that has ended.
  if (fault === "absent") await runtime.stop();
  const plane = await startPlane(ground, program.kubernetesVersion, scenario);
  let log = (): readonly string[] => [];
  const run = async (): Promise<Launched> => {
    const [port = 0, readOnlyPort = 0, healthzPort = 0] = await freePorts(3);
    const ports = { port, readOnlyPort, healthzPort };
    const configuration = programConfiguration({ ...options, scenario, directory, endpoint: runtime.endpoint, ports });
    const given = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const line = await flagsOf(options, scenario, directory, configuration, plane);
    const kubelet = startProcess(program.path, [...line, ...given]);
    log = kubelet.log;
    return { server: `https://127.0.0.1:${port}`, ended: kubelet.ended, stop: () => kubelet.stop() };
  };
  const lastWords = (reason: unknown): string | undefined =>
    reason instanceof TargetError && reason.code === "kubelet-ended" ? log().join("\n") : undefined;
  return outcomeOf({ ground, plane, runtime, launch, run, lastWords }, signal);
}
