import { grpcErrorText } from "@kubelet-conformance/cri";
import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import type { RuntimeService } from "../pods/runtime-service.ts";

export interface RuntimeHandler {
  name: string;
  recursiveReadOnlyMounts: boolean;
  userNamespaces: boolean;
}

/** What the container runtime last said of itself, and what of it makes the node not ready. */
export interface RuntimeState {
  /** Asks the runtime; never rejects. */
  look(): Promise<void>;
  /** Why the node is not ready, in the kubelet's order and words. */
  problems(): string[];
  networkProblem(): string | undefined;
  /** By name. */
  readonly handlers: readonly RuntimeHandler[];
  readonly supplementalGroupsPolicy: boolean | undefined;
}

/** A runtime that has not answered for this long is down. */
const thresholdMs = 30_000;

export function createRuntimeState(runtime: RuntimeService, clock: Clock, logger: Logger): RuntimeState {
  let lastGood: number | undefined;
  let runtimeProblem: string | undefined;
  let networkProblem: string | undefined = "network state unknown";
  let handlers: readonly RuntimeHandler[] = [];
  let supplementalGroupsPolicy: boolean | undefined;

  return {
    async look() {
      try {
        const answer = await runtime.operations.run("status", () => runtime.client.runtime.status({}));
        const conditions = answer.status?.conditions ?? [];
        // As the client of a real kubelet has it (k8s.io/cri-client, statusV1).
        if (conditions.length < 2) throw new Error("RuntimeReady or NetworkReady condition are not set");
        const problem = (type: string, text: string): string | undefined => {
          const condition = conditions.find((one) => one.type === type);
          return condition?.status === true ? undefined : `${text}: ${conditionText(condition)}`;
        };
        networkProblem = problem("NetworkReady", "container runtime network not ready");
        runtimeProblem = problem("RuntimeReady", "container runtime not ready");
        if (runtimeProblem !== undefined) return;
        handlers = answer.runtimeHandlers
          .map(({ name, features }) => ({
            name,
            recursiveReadOnlyMounts: features?.recursiveReadOnlyMounts ?? false,
            userNamespaces: features?.userNamespaces ?? false,
          }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1));
        supplementalGroupsPolicy = answer.features?.supplementalGroupsPolicy;
        lastGood = clock.elapsed();
      } catch (error) {
        logger.error(`container runtime sanity check failed: ${grpcErrorText(error)}`);
      }
    },
    problems() {
      const isDown = lastGood !== undefined && clock.elapsed() - lastGood >= thresholdMs;
      const check = lastGood === undefined ? "container runtime status check may not have completed yet" : undefined;
      return [check, isDown ? "container runtime is down" : undefined, runtimeProblem, networkProblem].filter((text) => text !== undefined);
    },
    networkProblem: () => networkProblem,
    get handlers() {
      return handlers;
    },
    get supplementalGroupsPolicy() {
      return supplementalGroupsPolicy;
    },
  };
}

/** RuntimeCondition.String; what is missing is Go's nil. */
function conditionText(condition: { type: string; status: boolean; reason: string; message: string } | undefined): string {
  if (condition === undefined) return "<nil>";
  return `${condition.type}=${condition.status} reason:${condition.reason} message:${condition.message}`;
}
