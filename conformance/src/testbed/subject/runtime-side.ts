import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { connectRuntime, type RuntimeClient } from "@kubelet-conformance/cri";
import { RuntimeDouble, type RuntimeFault, serveDouble } from "@kubelet-conformance/cri/double";
import { TargetError } from "../../errors.ts";
import type { RuntimeProbe } from "../../target/target.ts";
import { apiPodName } from "../api-pod.ts";
import type { Scenario } from "../scenarios.ts";
import { type Place, podUid, portOfDouble, probe } from "./describe.ts";
import { thaw } from "./frozen.ts";
import { nameLabel, nameOnNode, uidLabel } from "./labels.ts";
import { type Reach, reachStreams } from "./streams.ts";

/** The container runtime under a kubelet program. */
export interface RuntimeSide {
  /** `unix:///path`. */
  readonly endpoint: string;
  readonly client: RuntimeClient;
  /** What kept the kubelet from talking to it. */
  problem(): Error | undefined;
  /** The uid of the kubelet's pod. */
  podUid(): Promise<string | undefined>;
  /** Lets a kubelet whose pod runs reach the streams of its containers. */
  streams(signal: AbortSignal): Promise<Pick<Place, "listeningPort" | "obstacles">>;
  /** Behaves as the scenario wants it; a real runtime behaves as it does, and tells nothing. */
  enter(scenario: Scenario): Promise<RuntimeProbe | undefined>;
  /** Ends it, or removes from it what the kubelet made there. */
  stop(): Promise<void>;
}

/** The runtime double as a kubelet's own. */
export interface DoubleSide extends RuntimeSide {
  /** The methods that it was asked for, in order. */
  calls(): string[];
}

/** The runtime double on a socket in this directory. */
export async function doubleSide(directory: string, fault?: RuntimeFault): Promise<DoubleSide> {
  const socketPath = join(directory, "cri.sock");
  const double = new RuntimeDouble({ socketPath, imageDirectory: directory });
  if (fault !== undefined) double.faults.add(fault);
  const served = await serveDouble(double, socketPath);
  return {
    calls: () => double.calls.map(({ method }) => method),
    endpoint: served.endpoint,
    client: double.client(),
    problem: () => served.refused,
    podUid: async () => podUid(double),
    streams: async () => ({ listeningPort: portOfDouble }),
    async enter(scenario) {
      double.checkpoint = scenario.checkpoint ?? "ok";
      // A dead runtime has no socket either; otherwise the kubelet would find it merely unwilling.
      if (scenario.checkpoint === "dead") await served.stop();
      return probe(double, scenario);
    },
    async stop() {
      await served.stop();
      await double.close();
    },
  };
}

const removalLimitMs = 20_000;
/** For so long a runtime may refuse, e.g. while it goes on starting a container for a kubelet that is gone, or freezes one once more. */
const refusalLimitMs = 10_000;
const pauseMs = 200;

export interface RealSideOptions {
  /** `unix:///path`. */
  endpoint: string;
  /** A port of 127.0.0.1 that answers HTTP requests where the runtime is. */
  listeningPort?: number | undefined;
  /** How its streaming server is reached; undefined: as it is. */
  reach?: Reach | undefined;
}

/** A runtime that runs already, e.g. containerd; what the kubelet makes there is removed at the end. */
export async function realSide({ endpoint, listeningPort, reach }: RealSideOptions): Promise<RuntimeSide> {
  const client = await connectRuntime(endpoint);
  const { runtime } = client;
  const limit = { timeoutMs: removalLimitMs };
  const named = async (name: string) => (await runtime.listPodSandbox({ filter: { labelSelector: { [nameLabel]: name } } }, limit)).items;
  const ofAll = async <T>(list: (name: string) => Promise<T[]>): Promise<T[]> =>
    (await Promise.all([nameOnNode, apiPodName].map(list))).flat();
  const containers = async (name: string) =>
    (await runtime.listContainers({ filter: { labelSelector: { [nameLabel]: name } } }, limit)).containers;
  const remove = async (): Promise<void> => {
    const ids = (await ofAll(containers)).map(({ id }) => id);
    await thaw(ids);
    // Some runtimes give a container that is stopped with its sandbox as long as the caller waits, and a shell does not end by itself.
    await Promise.all(ids.map((containerId) => runtime.stopContainer({ containerId, timeout: 0n }, limit)));
    for (const { id } of await ofAll(named)) {
      await runtime.stopPodSandbox({ podSandboxId: id }, limit);
      await runtime.removePodSandbox({ podSandboxId: id }, limit);
    }
  };
  return {
    endpoint,
    client,
    problem: () => undefined,
    podUid: async () => (await named(nameOnNode))[0]?.labels[uidLabel],
    async streams(signal) {
      const obstacle = reach && (await reachStreams(client, reach, signal));
      if (obstacle !== undefined) return { obstacles: { "command-container": obstacle, "listening-port": obstacle } };
      return listeningPort === undefined ? {} : { listeningPort };
    },
    enter: async () => undefined,
    async stop() {
      try {
        await insist(remove);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const ids = (await ofAll(containers).catch(() => [])).map(({ id }) => `container ${id}`);
        throw new TargetError(
          "pods-left",
          `pods of the testbed are left in the runtime at ${endpoint}: ${reason}; thaw what is frozen (write THAWED to freezer.state, or 0 to cgroup.freeze, in the container's cgroup) and remove them with crictl rmp -af`,
          { cause: error, detail: ids },
        );
      } finally {
        await client.close();
      }
    },
  };
}

/** Does it once it can be done: what is left is an obstacle to everyone else who wants the runtime. */
async function insist(work: () => Promise<void>): Promise<void> {
  const end = performance.now() + refusalLimitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > end) throw error;
      await delay(pauseMs);
    }
  }
}
