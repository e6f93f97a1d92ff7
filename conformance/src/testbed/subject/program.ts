import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ControlPlane, seedNode, startControlPlane } from "@kubelet-conformance/control-plane";
import { TargetError } from "../../errors.ts";
import { accessTable } from "../access.ts";
import type { Ground } from "../ground.ts";
import type { Scenario } from "../scenarios.ts";
import { classifyRuntime } from "../../target/classify-runtime.ts";
import type { Target } from "../../target/target.ts";
import { createTransport } from "../../target/transport.ts";
import { describeTarget, nodeName, type Place } from "./describe.ts";
import { freePorts } from "./free-ports.ts";
import { type KubeletProcess, startProcess } from "./kubelet-process.ts";
import type { KubeletProgram } from "./kubelet-program.ts";
import { programConfiguration } from "./program-configuration.ts";
import { doubleSide, realSide, type RuntimeSide } from "./runtime-side.ts";
import { settle } from "./settle.ts";
import { timeZoneFile } from "../time-zone.ts";
import type { RunningSubject, Subject } from "./subject.ts";

export interface ProgramOptions {
  ground: Ground;
  program: KubeletProgram;
  /** The node's address: one that an interface has. */
  nodeAddress: string;
  /** In a user namespace, where some of the machine is out of reach. */
  userNamespace: boolean;
  extraFlags: readonly string[];
  /** `unix:///path` of a real runtime. Default: the runtime double. */
  runtimeEndpoint?: string | undefined;
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
          const taken = error instanceof TargetError && /address already in use/.test(`${error.message} ${error.detail?.join(" ")}`);
          if (!taken || attempt === attempts) throw located(error, scenario);
        }
      }
    },
  };
}

async function startOnce(options: ProgramOptions, scenario: Scenario): Promise<RunningSubject> {
  const { ground, program, signal } = options;
  const directory = join(ground.directory, `k${++started}`);
  await mkdir(directory, { mode: 0o700 });
  let runtime: RuntimeSide | undefined;
  let plane: ControlPlane | undefined;
  let kubelet: KubeletProcess | undefined;
  const stop = async (): Promise<void> => {
    await kubelet?.stop();
    await Promise.all([runtime?.stop(), plane?.stop()]);
  };
  try {
    runtime = await (options.runtimeEndpoint === undefined ? doubleSide(directory) : realSide(options.runtimeEndpoint));
    if (scenario.webhook && program.kind === "kubelet") plane = await controlPlane(ground);
    const [port = 0, readOnlyPort = 0, healthzPort = 0] = await freePorts(3);
    const place: Place = {
      server: `https://127.0.0.1:${port}`,
      kubernetesVersion: program.kubernetesVersion,
      readOnlyPort,
      healthzPort,
      rootDirectory: join(directory, "root"),
    };
    const { endpoint } = runtime;
    const configuration = programConfiguration({ ...options, scenario, directory, endpoint, ports: { port, readOnlyPort, healthzPort } });
    const flags = await flagsOf(options, scenario, directory, configuration, plane);
    kubelet = startProcess(program.path, flags, await variablesOf(program, scenario, directory));
    const over = signal ? AbortSignal.any([kubelet.ended, signal]) : kubelet.ended;
    const target = describeTarget(place, ground, scenario, undefined);
    await settle({ target, authority: ground.authority.cert, signal: over, log: kubelet.log }).catch((error: unknown) => {
      throw runtime?.problem() ?? error;
    });
    return { authority: ground.authority.cert, enter: entering(options, { ...place, uid: await runtime.podUid() }, runtime), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function entering({ ground, program, runtimeEndpoint }: ProgramOptions, place: Place, runtime: RuntimeSide) {
  // In a namespace of its own a kubelet's directories lie on file systems of which cAdvisor knows nothing, and /stats/summary is 500.
  const lacks = program.kind === "kubelet" ? { lacks: ["disk-statistics"] } : {};
  return async (scenario: Scenario): Promise<Target> => {
    const target = { ...describeTarget(place, ground, scenario, await runtime.enter(scenario)), ...lacks };
    return runtimeEndpoint === undefined ? target : withRuntimeFact(target, ground);
  };
}

/** What a real runtime does with a checkpoint shows only when it is asked for one. */
async function withRuntimeFact(target: Target, ground: Ground): Promise<Target> {
  const { checkpoint, credentials, facts } = target;
  if (!checkpoint || !credentials || !facts.checkpointGate || !facts.debuggingHandlers) return target;
  const transport = createTransport({ server: target.server, tls: { ca: ground.authority.cert } });
  try {
    const { runtime } = await classifyRuntime(transport.send, checkpoint, credentials);
    return runtime ? { ...target, facts: { ...facts, runtime } } : target;
  } finally {
    transport.close();
  }
}

async function controlPlane(ground: Ground): Promise<ControlPlane> {
  const { tokens, authorizationRules } = accessTable(ground);
  const plane = await startControlPlane({ authority: ground.authority, tokens, rules: authorizationRules });
  seedNode(plane.state, { name: nodeName });
  return plane;
}

async function flagsOf(
  { ground, nodeAddress, program, extraFlags }: ProgramOptions,
  scenario: Scenario,
  directory: string,
  configuration: object,
  plane: ControlPlane | undefined,
): Promise<string[]> {
  const file = async (name: string, content: string): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  const flags = [
    `--config=${await file("config.json", JSON.stringify(configuration))}`,
    `--root-dir=${join(directory, "root")}`,
    `--cert-dir=${join(directory, "root", "pki")}`,
    `--hostname-override=${nodeName}`,
    `--node-ip=${nodeAddress}`,
    "--v=4",
  ];
  await Promise.all(["pod-logs", "volume-plugins"].map((name) => mkdir(join(directory, name), { mode: 0o700 })));
  await file("resolv.conf", `nameserver ${nodeAddress}\n`);
  if (plane) {
    const kubeconfig = plane.kubeconfigFor({ user: `system:node:${nodeName}`, groups: ["system:nodes"] });
    flags.push(`--kubeconfig=${await file("kubeconfig", kubeconfig)}`);
  } else if (scenario.webhook && program.kind === "reference") {
    const { tokens, authorizationRules } = accessTable(ground);
    const lines = tokens.map(({ token, name, uid, groups }) => `${token},${name},${uid},"${groups.join(",")}"\n`);
    flags.push(`--token-auth-file=${await file("tokens.csv", lines.join(""))}`);
    flags.push(`--authorization-rules=${await file("rules.json", JSON.stringify(authorizationRules))}`);
  }
  return [...flags, ...extraFlags];
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
