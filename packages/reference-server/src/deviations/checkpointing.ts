import { AsyncLocalStorage } from "node:async_hooks";
import type { CheckpointContainerResponse, RuntimeClient } from "@kubelet-conformance/cri";
import { type ExchangeMatch, matchesRequest } from "./alter.ts";
import type { Deviation } from "./deviation.ts";

/** What the kubelet asks of the runtime for one checkpoint. */
export interface RuntimeCheckpoint {
  containerId: string;
  location: string;
  /** Seconds; the field of the request. */
  timeout: number;
  /** Milliseconds that the call may take; undefined: no deadline. */
  deadlineMs: number | undefined;
}

/** Stands in the way of a checkpoint: asks the runtime once, often, or for something else. */
export type RuntimeChange = (
  checkpoint: RuntimeCheckpoint,
  ask: (checkpoint: RuntimeCheckpoint) => Promise<CheckpointContainerResponse>,
) => Promise<CheckpointContainerResponse>;

/** The `runtime` part of a deviation about CheckpointContainer. */
export function checkpointing(change: RuntimeChange): NonNullable<Deviation["runtime"]> {
  return (client) => ({ ...client, runtime: { ...client.runtime, checkpointContainer: changedCall(client.runtime, change) } });
}

/** The parts of a deviation that changes the call to the runtime while the kubelet works on a request that matches. */
export function checkpointingFor(match: ExchangeMatch, change: RuntimeChange): Pick<Deviation, "http" | "runtime"> {
  // The call does not tell which request it is for.
  const matched = new AsyncLocalStorage<boolean>();
  return {
    http: async (request, next) => matched.run(matchesRequest(match, request), () => next(request)),
    runtime: checkpointing((checkpoint, ask) => (matched.getStore() ? change(checkpoint, ask) : ask(checkpoint))),
  };
}

function changedCall(runtime: RuntimeClient["runtime"], change: RuntimeChange): RuntimeClient["runtime"]["checkpointContainer"] {
  return ({ containerId = "", location = "", timeout = 0n }, { timeoutMs, ...options } = {}) =>
    change({ containerId, location, timeout: Number(timeout), deadlineMs: timeoutMs }, (asked) =>
      runtime.checkpointContainer(
        { containerId: asked.containerId, location: asked.location, timeout: BigInt(asked.timeout) },
        asked.deadlineMs === undefined ? options : { ...options, timeoutMs: asked.deadlineMs },
      ),
    );
}
