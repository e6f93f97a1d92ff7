import { setTimeout as delay } from "node:timers/promises";
import type { NodeContext } from "./node-context.ts";

/** A busy machine needs so much of our time for an answer, however fast the kubelet's clock runs. */
const leastMs = 500;

/** Ends with the kubelet, and after as long as it waits for an answer to a heartbeat (cmd/kubelet/app/server.go, heartbeatClientConfig). */
export function limited({ clock, signal, state }: Pick<NodeContext, "clock" | "signal" | "state">): AbortSignal {
  const { leaseDurationSeconds, statusUpdateMs } = state.configuration.node;
  const over = new AbortController();
  const waits = [
    clock.wait("heartbeat-answer", Math.min(statusUpdateMs, leaseDurationSeconds * 1000), signal),
    delay(leastMs, undefined, { signal, ref: false }),
  ];
  Promise.all(waits).then(
    () => over.abort(),
    () => {},
  );
  return AbortSignal.any([signal, over.signal]);
}
