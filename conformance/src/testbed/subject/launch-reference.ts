import { join } from "node:path";
import type { ControlPlane } from "@kubelet-conformance/control-plane";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import {
  countingFlags,
  type KubeletOptions,
  type NodeOptions,
  resolveDeviation,
  startKubelet,
} from "@kubelet-conformance/reference-server";
import type { LaunchOptions, LaunchOutcome, LaunchProbe } from "../../target/cluster.ts";
import { configurationOf } from "../configuration.ts";
import type { Scenario } from "../scenarios.ts";
import { startPlane } from "./control-plane.ts";
import { nodeName } from "./labels.ts";
import { type Launched, outcomeOf, startingOnce } from "./launched.ts";
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
  launch: LaunchOptions,
  signal: AbortSignal,
): Promise<LaunchOutcome> {
  const { flags: given = {}, configuration, runtime: fault } = launch;
  const double = new RuntimeDouble();
  if (fault === "absent") await double.close();
  else if (fault !== undefined) double.faults.add(fault);
  const client = double.client();
  const plane = await startPlane(ground, kubernetesVersion, scenario);
  const run = async (): Promise<Launched> => {
    const flags = countingFlags(given, kubernetesVersion, resolveDeviation(deviation)?.flags);
    const endpoint = flags["container-runtime-endpoint"];
    const kubelet = await startKubelet({
      kubernetesVersion,
      configuration: configurationOf(ground, { ...scenario, configuration: { ...scenario.configuration, ...configuration } }),
      ports: { main: 0, readOnly: 0, healthz: 0 },
      rootDirectory: join(ground.directory, `launched-${++launched}`),
      hostnameOverride: nodeName,
      ...(endpoint === undefined ? { runtime: client } : { overrides: { containerRuntimeEndpoint: endpoint } }),
      apiServer: accessTo(plane),
      timeScale: scenario.node?.timeScale ?? 1,
      node: nodeOptions(flags),
      ...(deviation === undefined ? {} : { deviation }),
    });
    return { server: kubelet.urls.main, stop: () => kubelet.stop() };
  };
  const runtime = {
    calls: () => double.calls.map(({ method }) => method),
    async stop() {
      await client.close();
      await double.close();
    },
  };
  const lastWords = (reason: unknown): string | undefined =>
    reason instanceof Error && "code" in reason && endings.has(reason.code) ? reason.message : undefined;
  return outcomeOf({ ground, plane, runtime, launch, run, lastWords }, signal);
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
