import { join } from "node:path";
import { connectRuntime, type RuntimeClient } from "@kubelet-conformance/cri";
import { RuntimeDouble, serveDouble } from "@kubelet-conformance/cri/double";
import { TargetError } from "../../errors.ts";
import type { RuntimeProbe } from "../../target/target.ts";
import { apiPodName } from "../api-pod.ts";
import type { Scenario } from "../scenarios.ts";
import { podUid, probe } from "./describe.ts";
import { nameLabel, nameOnNode, uidLabel } from "./labels.ts";

/** The container runtime under a kubelet program. */
export interface RuntimeSide {
  /** `unix:///path`. */
  readonly endpoint: string;
  readonly client: RuntimeClient;
  /** What kept the kubelet from talking to it. */
  problem(): Error | undefined;
  /** The uid of the kubelet's pod. */
  podUid(): Promise<string | undefined>;
  /** Behaves as the scenario wants it; a real runtime behaves as it does, and tells nothing. */
  enter(scenario: Scenario): Promise<RuntimeProbe | undefined>;
  /** Ends it, or removes from it what the kubelet made there. */
  stop(): Promise<void>;
}

/** The runtime double on a socket in this directory. */
export async function doubleSide(directory: string): Promise<RuntimeSide> {
  const socketPath = join(directory, "cri.sock");
  const double = new RuntimeDouble({ socketPath, imageDirectory: directory });
  const served = await serveDouble(double, socketPath);
  return {
    endpoint: served.endpoint,
    client: double.client(),
    problem: () => served.refused,
    podUid: async () => podUid(double),
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

/** A runtime that runs already, e.g. containerd; what the kubelet makes there is removed at the end. */
export async function realSide(endpoint: string): Promise<RuntimeSide> {
  const client = await connectRuntime(endpoint);
  const { runtime } = client;
  const named = (labelSelector: Record<string, string>) =>
    runtime.listPodSandbox({ filter: { labelSelector } }, { timeoutMs: removalLimitMs }).then(({ items }) => items);
  const sandboxes = async () => (await Promise.all([nameOnNode, apiPodName].map((name) => named({ [nameLabel]: name })))).flat();
  return {
    endpoint,
    client,
    problem: () => undefined,
    podUid: async () => (await named({ [nameLabel]: nameOnNode }))[0]?.labels[uidLabel],
    enter: async () => undefined,
    async stop() {
      try {
        for (const { id } of await sandboxes()) {
          await runtime.stopPodSandbox({ podSandboxId: id }, { timeoutMs: removalLimitMs });
          await runtime.removePodSandbox({ podSandboxId: id }, { timeoutMs: removalLimitMs });
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new TargetError(
          "pods-left",
          `pods of the testbed are left in the runtime at ${endpoint}: ${reason}; remove them with crictl rmp -af`,
          {
            cause: error,
          },
        );
      } finally {
        await client.close();
      }
    },
  };
}
