import type { ControlPlane } from "@kubelet-conformance/control-plane";
import type { Target } from "../../target/target.ts";

type NodeProbe = Pick<Target, "cluster" | "controlPlane" | "longWaits" | "longOutages" | "fiveMinutes">;

/** What checks may ask of the API server's double. */
export function nodeProbe({ state, requests, faults }: ControlPlane, timeScale: number, longChecks = false): NodeProbe {
  return {
    cluster: {
      get: (resource, ref) => Promise.resolve(state.get(resource, ref)),
      list: (resource, namespace) => Promise.resolve(state.list(resource, namespace)),
    },
    controlPlane: { state, requests, faults, timeScale },
    // The scenarios have shorter periods than a cluster, and a clock that runs makes an outage short.
    longWaits: true,
    ...(timeScale > 1 || longChecks ? { longOutages: true } : {}),
    ...(longChecks ? { fiveMinutes: true } : {}),
  };
}

const registrationLimitMs = 15_000;

/** Waits for the first status of its node. Whether a kubelet ever writes one is for the checks to say. */
export async function hasRegistered({ requests }: ControlPlane, signal: AbortSignal): Promise<void> {
  await within(registrationLimitMs, signal, (limited) =>
    requests.until(() => requests.all({ resource: "nodes/status", status: 200 })[0], { signal: limited }),
  );
}

const leaseLimitMs = 5_000;

/** Waits for its lease, which comes a period after the node. */
export async function hasLease({ state }: ControlPlane, signal: AbortSignal): Promise<void> {
  await within(leaseLimitMs, signal, (limited) => state.until(() => state.list("leases")[0], { signal: limited }));
}

async function within(limitMs: number, signal: AbortSignal, wait: (limited: AbortSignal) => Promise<unknown>): Promise<void> {
  await wait(AbortSignal.any([signal, AbortSignal.timeout(limitMs)])).catch(() => {});
  signal.throwIfAborted();
}
