import type { RecordedRequest } from "./recording.ts";

/** Why a recorded exchange is not compared; undefined: it is. */
export function outOfScope(request: RecordedRequest, clients: ReadonlySet<string>): string | undefined {
  if (request.port !== undefined && !Object.hasOwn(listenerOfPort, request.port)) return `port ${request.port} is no listener of a kubelet`;
  const client = request.as ?? "admin";
  if (!clients.has(client)) return `there are no credentials for the client ${client}`;
  return undefined;
}

/** The recorded kubelets' ports. */
export const listenerOfPort: Readonly<Record<number, "main" | "read-only" | "healthz">> = {
  10250: "main",
  10255: "read-only",
  10248: "healthz",
};

/**
 * Up to 1.29 the kubelet installs /metrics/slis once per process, so whichever of its two servers comes first has it and the other answers
 * 404 (component-base metrics/prometheus/slis: `sync.Once`): real kubelets were seen either way.
 */
export function isDecidedByChance(minor: string, { path }: RecordedRequest, statuses: readonly number[]): boolean {
  return /^1\.2[789]$/.test(minor) && /^\/metrics\/slis(?:\?|$)/.test(path) && statuses.every((status) => status === 200 || status === 404);
}
