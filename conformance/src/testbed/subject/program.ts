import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ControlPlane } from "@kubelet-conformance/control-plane";
import { TargetError } from "../../errors.ts";
import type { Ground } from "../ground.ts";
import { manifestWith } from "../pod.ts";
import type { Scenario } from "../scenarios.ts";
import { classifyRuntime } from "../../target/classify-runtime.ts";
import { logTarget, logTimes } from "../../target/container-log.ts";
import { runtimeServiceProbe } from "../../target/runtime-service.ts";
import type { ContainerReference, Target } from "../../target/target.ts";
import { createTransport } from "../../target/transport.ts";
import type { Send, WireClient } from "../../target/wire.ts";
import { flagsOf, ruleFile, tokenFile } from "./command-line.ts";
import { startPlane } from "./control-plane.ts";
import { describeTarget, type Place } from "./describe.ts";
import { addressInUse, freePorts } from "./free-ports.ts";
import { enterOutage } from "./outage.ts";
import { type KubeletProcess, startProcess } from "./kubelet-process.ts";
import type { KubeletProgram } from "./kubelet-program.ts";
import { launchProbe } from "./launch.ts";
import { hasLease, hasRegistered, nodeProbe } from "./node-probe.ts";
import { programConfiguration } from "./program-configuration.ts";
import { pluginDirectory, startWithOwnPlugins } from "./own-plugins.ts";
import { restoreProbe } from "./restore.ts";
import { doubleSide, type RealSideOptions, realSide, type RuntimeSide } from "./runtime-side.ts";
import { settle } from "./settle.ts";
import { timeZoneFile } from "../time-zone.ts";
import type { Entered, RunningSubject, Subject } from "./subject.ts";

export interface ProgramOptions {
  ground: Ground;
  program: KubeletProgram;
  /** The node's address: one that an interface has. */
  nodeAddress: string;
  /** In a user namespace, where some of the machine is out of reach. */
  userNamespace: boolean;
  extraFlags: readonly string[];
  /** A real runtime. Default: the runtime double. */
  runtime?: RealSideOptions | undefined;
  /** Leave to make containers of archives in a real runtime; in the double they are always made. */
  restore?: boolean | undefined;
  /** Leave to let its API server and its runtime fail for half a minute, and to wait for five minutes. */
  longChecks?: boolean | undefined;
  /** What the container of the `large` scenarios holds. */
  memoryMiB?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A port may be taken between our look at it and the kubelet's. */
const attempts = 3;
let started = 0;

/** A kubelet program, with a runtime under it and, where a scenario wants it, an API server's double above it. */
export function programSubject(options: ProgramOptions): Subject {
  return {
    async start(scenario): Promise<RunningSubject> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await startOnce(options, scenario);
        } catch (error) {
          const taken = error instanceof TargetError && addressInUse.test(`${error.message} ${error.detail?.join(" ")}`);
          if (!taken || attempt === attempts) throw located(error, scenario);
        }
      }
    },
  };
}

async function startOnce(options: ProgramOptions, scenario: Scenario): Promise<RunningSubject> {
  const { program, signal } = options;
  const directory = join(options.ground.directory, `k${++started}`);
  await mkdir(directory, { mode: 0o700 });
  const ground = await groundOf(options, scenario, directory);
  let runtime: RuntimeSide | undefined;
  let plane: ControlPlane | undefined;
  let kubelet: KubeletProcess | undefined;
  const stop = async (): Promise<void> => {
    await kubelet?.stop();
    await Promise.all([runtime?.stop(), plane?.stop()]);
  };
  try {
    runtime = await (options.runtime ? realSide(options.runtime) : doubleSide(directory));
    if (scenario.node || ((scenario.webhook || scenario.apiPod) && program.kind === "kubelet"))
      plane = await startPlane(options.ground, program.kubernetesVersion, scenario);
    const [port = 0, readOnlyPort = 0, healthzPort = 0] = await freePorts(3);
    const place: Place = {
      server: `https://127.0.0.1:${port}`,
      kubernetesVersion: program.kubernetesVersion,
      readOnlyPort,
      healthzPort,
      rootDirectory: join(directory, "root"),
      nodeIp: options.nodeAddress,
    };
    const { endpoint } = runtime;
    const configuration = programConfiguration({
      ...options,
      ground,
      scenario,
      directory,
      endpoint,
      ports: { port, readOnlyPort, healthzPort },
    });
    const flags = await flagsOf(options, scenario, directory, configuration, plane);
    const variables = await variablesOf(program, scenario, directory);
    const target = describeTarget(place, ground, scenario, undefined);
    const run = async (): Promise<KubeletProcess> => {
      const process = scenario.devicePlugins
        ? startWithOwnPlugins(program, flags, directory, variables)
        : startProcess(program.path, flags, variables);
      kubelet = process;
      const over = signal ? AbortSignal.any([process.ended, signal]) : process.ended;
      await settle({ target, authority: ground.authority.cert, signal: over, log: process.log }).catch((error: unknown) => {
        throw runtime?.problem() ?? error;
      });
      if (plane && scenario.node) await Promise.all([hasRegistered(plane, over), hasLease(plane, over)]);
      return process;
    };
    let running = await run();
    const restart = async (): Promise<void> => {
      await running.stop();
      running = await run();
    };
    const restore = restoreProbe({
      client: runtime.client,
      directory: join(directory, "restored"),
      undisturbed: (work) => running.halted(work),
    });
    const mayRestore = !options.runtime || options.restore === true;
    const streams = await runtime.streams(signal ? AbortSignal.any([running.ended, signal]) : running.ended);
    const runtimeService = runtimeServiceProbe(runtime.client);
    const known: Place = {
      ...place,
      ...streams,
      uid: await runtime.podUid(),
      ...(mayRestore ? { restore } : {}),
      ...(scenario.devicePlugins ? { devicePlugins: { directory: pluginDirectory(program, directory), restart } } : {}),
      ...(plane && scenario.node
        ? { ...nodeProbe(plane, 1, options.longChecks), launch: launchProbe(options, scenario), runtimeService }
        : {}),
    };
    const takeAway: TakeAway = async (how) => {
      if (how === "failing" && plane) plane.faults.inject({ effect: { kind: "status", code: 500 } });
      else await (plane ? plane.faults.down() : removeReviews(directory));
    };
    return {
      authority: ground.authority.cert,
      get process() {
        return running;
      },
      enter: entering(options, known, runtime, takeAway),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A scenario with a large container has a manifest of its own. */
async function groundOf({ ground, memoryMiB }: ProgramOptions, { large }: Scenario, directory: string): Promise<Ground> {
  if (!large || memoryMiB === undefined) return ground;
  const manifests = join(directory, "manifests");
  await mkdir(manifests, { mode: 0o700 });
  await writeFile(join(manifests, "pod.json"), manifestWith(ground.image, memoryMiB), { mode: 0o600 });
  return { ...ground, manifests };
}

type TakeAway = Parameters<typeof enterOutage>[3];

function entering({ ground, program, runtime: real }: ProgramOptions, place: Place, runtime: RuntimeSide, takeAway: TakeAway) {
  // In a namespace of its own a kubelet's directories lie on file systems of which cAdvisor knows nothing, and /stats/summary is 500.
  // Nor does it know the cgroups in which a real runtime puts containers; the double tells of its own by CRI.
  const missing = real ? ["disk-statistics", "container-statistics"] : ["disk-statistics"];
  const lacks = program.kind === "kubelet" ? { lacks: missing } : {};
  const digest = program.sha256 === undefined ? {} : { programSha256: program.sha256 };
  return async (scenario: Scenario): Promise<Entered> => {
    const target = { ...describeTarget(place, ground, scenario, await runtime.enter(scenario)), ...lacks, ...digest };
    await enterOutage(scenario, target, ground.authority.cert, takeAway);
    return real ? withRuntimeFact(target, ground) : { target };
  };
}

/** What a real runtime does with a checkpoint shows only when it is asked for one. */
async function withRuntimeFact(target: Target, ground: Ground): Promise<Entered> {
  const { checkpoint, credentials, facts } = target;
  if (!checkpoint || !credentials || !facts.checkpointGate || !facts.debuggingHandlers) return { target };
  const transport = createTransport({ server: target.server, tls: { ca: ground.authority.cert } });
  try {
    await firstLine(transport.send, checkpoint, credentials);
    const { runtime, first } = await classifyRuntime(transport.send, checkpoint, credentials);
    return { target: runtime ? { ...target, facts: { ...facts, runtime } } : target, firstCheckpoint: first };
  } finally {
    transport.close();
  }
}

const firstLineLimitMs = 60_000;

/** Waits until the container ticks: a large one has its memory by then. Whether it does at all is for the checks to say. */
async function firstLine(send: Send, container: ContainerReference, client: WireClient): Promise<void> {
  const end = performance.now() + firstLineLimitMs;
  while (performance.now() < end) {
    if (logTimes(await send({ method: "GET", target: logTarget(container), listener: "main", client }))) return;
    await delay(100);
  }
}

async function removeReviews(directory: string): Promise<void> {
  await Promise.all([tokenFile, ruleFile].map((name) => rm(join(directory, name), { force: true })));
}

/** Node.js knows time zones by name only. */
async function variablesOf(program: KubeletProgram, { timeZone }: Scenario, directory: string): Promise<Record<string, string>> {
  if (!timeZone) return {};
  if (program.kind === "reference") return { TZ: timeZone.name };
  const path = join(directory, "zone");
  await writeFile(path, timeZoneFile(timeZone), { mode: 0o600 });
  return { TZ: path };
}

function located(error: unknown, { name }: Scenario): unknown {
  if (!(error instanceof TargetError)) return error;
  const options = { cause: error, ...(error.detail ? { detail: error.detail } : {}) };
  return new TargetError(error.code, `scenario ${name}: ${error.message}`, options);
}
