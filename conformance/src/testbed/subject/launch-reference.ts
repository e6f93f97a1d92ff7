import { join } from "node:path";
import type { ControlPlane } from "@kubelet-conformance/control-plane";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import {
  countingFlags,
  resolveDeviation,
  type KubeletOptions,
  type NodeOptions,
  type RunningKubelet,
  startKubelet,
} from "@kubelet-conformance/reference-server";
import type { LaunchOptions, LaunchOutcome, LaunchProbe } from "../../target/cluster.ts";
import { configurationOf } from "../configuration.ts";
import type { Scenario } from "../scenarios.ts";
import { configurationAt } from "./configuration-at.ts";
import { startPlane } from "./control-plane.ts";
import { nodeName } from "./labels.ts";
import { startingOnce } from "./launch.ts";
import { hasRegistered } from "./node-probe.ts";
import type { ReferenceOptions } from "./reference.ts";

/** The address that the reference kubelet is told to have: it listens on no other. */
export const nodeIp = "127.0.0.1";

let launched = 0;

/** Codes of what a kubelet ends for. */
const endings: ReadonlySet<unknown> = new Set(["KUBELET_NODE_FLAG", "KUBELET_RUNTIME", "ERR_RUNTIME_ENDPOINT"]);

/** More reference kubelets in this process, each with doubles of its own around it. */
export function launchReference(options: ReferenceOptions, scenario: Scenario): LaunchProbe {
  return startingOnce((launch, signal) => launchOnce(options, scenario, launch, signal));
}

async function launchOnce(
  { ground, kubernetesVersion, deviation }: ReferenceOptions,
  scenario: Scenario,
  { flags: given = {}, configuration, existing = [], runtime: fault }: LaunchOptions,
  signal: AbortSignal,
): Promise<LaunchOutcome> {
  const double = new RuntimeDouble();
  if (fault === "absent") await double.close();
  else if (fault !== undefined) double.faults.add(fault);
  const runtime = double.client();
  const calls = (): string[] => double.calls.map(({ method }) => method);
  const plane = await startPlane(ground, kubernetesVersion, scenario);
  let kubelet: RunningKubelet | undefined;
  try {
    for (const object of existing) plane.state.create("nodes", object);
    const flags = countingFlags(given, kubernetesVersion, resolveDeviation(deviation)?.flags);
    const endpoint = flags["container-runtime-endpoint"];
    kubelet = await startKubelet({
      kubernetesVersion,
      configuration: configurationOf(ground, { ...scenario, configuration: { ...scenario.configuration, ...configuration } }),
      ports: { main: 0, readOnly: 0, healthz: 0 },
      rootDirectory: join(ground.directory, `launched-${++launched}`),
      hostnameOverride: nodeName,
      ...(endpoint === undefined ? { runtime } : { overrides: { containerRuntimeEndpoint: endpoint } }),
      apiServer: accessTo(plane),
      timeScale: scenario.node?.timeScale ?? 1,
      node: nodeOptions(flags),
      ...(deviation === undefined ? {} : { deviation }),
    });
    await hasRegistered(plane, signal);
    const shown = await configurationAt(kubelet.urls.main, ground, signal);
    return { calls: calls(), ended: false, node: plane.state.get("nodes", { name: nodeName }), configuration: shown };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !endings.has(error.code)) throw error;
    return { calls: calls(), ended: true, message: error.message };
  } finally {
    await kubelet?.stop();
    await plane.stop();
    await runtime.close();
    await double.close();
  }
}

function nodeOptions(flags: NonNullable<LaunchOptions["flags"]>): NodeOptions {
  const pairs = flags["node-labels"]?.split(",").map((pair) => pair.split(/=(.*)/s).slice(0, 2));
  return {
    ips: [flags["node-ip"] ?? nodeIp],
    ...(flags["cloud-provider"] === "external" ? { externalCloudProvider: true } : {}),
    ...(flags["register-schedulable"] === "false" ? { unschedulable: true } : {}),
    // Each pair has a name and a value.
    ...(pairs ? { labels: Object.fromEntries(pairs) as Record<string, string> } : {}),
  };
}

/** Who this kubelet is to that API server. */
export function accessTo({ url, authority }: ControlPlane): NonNullable<KubeletOptions["apiServer"]> {
  const { cert, key } = authority.issue({ commonName: `system:node:${nodeName}`, organizations: ["system:nodes"], usage: "client" });
  return { server: url, authority: authority.cert, certificate: cert, key };
}
