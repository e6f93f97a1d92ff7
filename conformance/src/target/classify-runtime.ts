import { classifyCheckpoint } from "@kubelet-conformance/spec";
import { leastCheckpointTimeoutMs } from "./limits.ts";
import type { ContainerReference } from "./target.ts";
import { type Send, type WireClient, WireError, type WireResponse } from "./wire.ts";

/** The first checkpoint of a run. */
export interface FirstCheckpoint {
  response: WireResponse;
  startedAt: Date;
  endedAt: Date;
}

/** Makes one checkpoint and tells from its answer what the runtime does; undefined: the answer says nothing about the runtime. */
export async function classifyRuntime(
  send: Send,
  { namespace, pod, container }: ContainerReference,
  client: WireClient,
): Promise<{ runtime?: string[]; first?: FirstCheckpoint }> {
  const target = `/checkpoint/${[namespace, pod, container].map(encodeURIComponent).join("/")}`;
  const startedAt = new Date();
  try {
    const response = await send({ method: "POST", target, listener: "main", client, once: true, timeoutMs: leastCheckpointTimeoutMs });
    const first = { response, startedAt, endedAt: new Date() };
    if (response.status === 401 || response.status === 403) return { first };
    if (response.status !== 500) return { runtime: ["ok"], first };
    const { class: outcome } = classifyCheckpoint({ status: 500, body: response.body.toString() });
    // A text that nobody knows must not excuse anything: the checks expect success and show what came instead.
    return { runtime: [outcome === "unclassified" ? "ok" : outcome], first };
  } catch (error) {
    if (error instanceof WireError) return { runtime: ["ok"] };
    throw error;
  }
}
