import { objectAt, objectsAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { ApiRefusal } from "../api-server/api-client.ts";
import { limited } from "./heartbeat-limit.ts";
import type { NodeContext } from "./node-context.ts";
import { microTimestamp } from "./time.ts";

const namespace = "kube-node-lease";
const renewalShare = 0.25;
const jitter = 0.04;
const updateTries = 5;
const firstRetryMs = 200;
const mostRetryMs = 7000;

/** Renews the node's lease until the signal ends it: client-go's lease controller. Never rejects. */
export async function keepLease(context: NodeContext): Promise<void> {
  const { api, clock, signal, state } = context;
  const { nodeName, logger } = state;
  const { leaseDurationSeconds, statusUpdateMs } = state.configuration.node;
  const intervalMs = leaseDurationSeconds * 1000 * renewalShare;
  const timeout = `?timeout=${Math.min(statusUpdateMs / 1000, leaseDurationSeconds)}s`;
  const collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  let latest: JsonObject | undefined;

  /** The lease with a new time, and with its owner as soon as there is one. Whether there is one. */
  async function renewed(base: JsonObject | undefined): Promise<{ lease: JsonObject; isOwned: boolean }> {
    const metadata = base === undefined ? { name: nodeName, namespace } : objectAt(base, "metadata");
    const spec = base === undefined ? { holderIdentity: nodeName, leaseDurationSeconds } : objectAt(base, "spec");
    const owned = objectsAt(metadata, "ownerReferences").length > 0 ? metadata : await withOwner(metadata);
    return {
      lease: {
        kind: "Lease",
        apiVersion: "coordination.k8s.io/v1",
        metadata: owned ?? metadata,
        spec: { ...spec, renewTime: microTimestamp(clock.now()) },
      },
      isOwned: owned !== undefined,
    };
  }

  async function withOwner(metadata: JsonObject): Promise<JsonObject | undefined> {
    const answer = await api.send({ method: "GET", path: `/api/v1/nodes/${nodeName}`, signal }).catch(() => undefined);
    if (answer?.code !== 200) return undefined;
    const owner = { apiVersion: "v1", kind: "Node", name: nodeName, uid: textAt(answer.body, "metadata.uid") };
    return { ...metadata, ownerReferences: [owner] };
  }

  async function ensure(): Promise<{ lease: JsonObject | undefined; created: boolean }> {
    const found = await api.send({ method: "GET", path: `${collection}/${nodeName}${timeout}`, signal: limited(context) });
    if (found.code === 200) return { lease: found.body, created: false };
    if (found.code !== 404) throw new ApiRefusal(found);
    const { lease, isOwned } = await renewed(undefined);
    // Without its node it waits for the next period.
    if (!isOwned) return { lease: undefined, created: false };
    const created = await api.send({ method: "POST", path: `${collection}${timeout}`, body: lease, signal: limited(context) });
    if (created.code !== 201) throw new ApiRefusal(created);
    return { lease: created.body, created: true };
  }

  async function ensureWithBackOff(): Promise<{ lease: JsonObject | undefined; created: boolean }> {
    for (let retryMs = firstRetryMs; ; retryMs = Math.min(retryMs * 2, mostRetryMs)) {
      try {
        return await ensure();
      } catch (error) {
        signal.throwIfAborted();
        logger.error(
          `failed to ensure lease exists, will retry in ${retryMs / 1000}s: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      await clock.wait("lease-retry", retryMs, signal);
    }
  }

  async function update(base: JsonObject): Promise<boolean> {
    let current = base;
    for (let left = updateTries; left > 0; left--) {
      signal.throwIfAborted();
      const { lease } = await renewed(current);
      const answer = await api
        .send({ method: "PUT", path: `${collection}/${nodeName}${timeout}`, body: lease, signal: limited(context) })
        .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      if (typeof answer !== "string" && answer.code === 200) {
        latest = answer.body;
        return true;
      }
      logger.error(`failed to update lease: ${typeof answer === "string" ? answer : textAt(answer.body, "message")}`);
      if (typeof answer !== "string" && answer.code === 409) current = (await ensureWithBackOff()).lease ?? current;
    }
    return false;
  }

  async function sync(): Promise<void> {
    if (latest !== undefined && (await update(latest))) return;
    const { lease, created } = await ensureWithBackOff();
    latest = lease;
    if (lease !== undefined && !created) await update(lease);
  }

  try {
    while (!signal.aborted) {
      await sync();
      await clock.wait("lease-renewal", intervalMs * (1 + Math.random() * jitter), signal);
    }
  } catch (error) {
    if (!signal.aborted) logger.error(`node lease: ${error instanceof Error ? error.message : String(error)}`);
  }
}
