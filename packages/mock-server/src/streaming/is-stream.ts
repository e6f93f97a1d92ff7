import type { MockedOperation } from "../examples.ts";
import type { MockRequest } from "../exchange.ts";

/** Whether an answer goes on after it began: a switch of protocols, or a log that is followed. */
export function isStream({ operationId, upgrades }: MockedOperation, { headers, query }: MockRequest): boolean {
  if (upgrades) return headers["upgrade"] !== undefined && (headers["connection"] ?? "").toLowerCase().includes("upgrade");
  // The kubelet takes everything but these for true.
  const follow = operationId === "getContainerLogs" ? new URLSearchParams(query).get("follow") : null;
  return follow !== null && !["0", "false"].includes(follow.toLowerCase());
}
