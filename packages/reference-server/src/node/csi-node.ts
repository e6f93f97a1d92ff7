import { objectAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import { ApiRefusal, type ApiAnswer } from "../api-server/api-client.ts";
import type { NodeContext } from "./node-context.ts";

/** Why the node's storage is not ready; undefined: it is. */
export interface StorageState {
  problem: string | undefined;
}

const annotation = "storage.alpha.kubernetes.io/migrated-plugins";
const firstRetryMs = 30;
const mostRetryMs = 60_000;

/** Publishes the CSINode of the node, which has to exist before the node is ready. Never rejects. */
export async function publishCsiNode(context: NodeContext): Promise<void> {
  const { clock, signal, storage, state } = context;
  for (let retryMs = firstRetryMs; !signal.aborted; retryMs = Math.min(retryMs * 2, mostRetryMs)) {
    try {
      await publish(context);
      storage.problem = undefined;
      return;
    } catch (error) {
      state.logger.error(`CSINode: ${error instanceof Error ? error.message : String(error)}`);
    }
    await clock.wait("csi-node-retry", retryMs, signal).catch(() => {});
  }
}

async function publish({ api, signal, state: { nodeName, minor } }: NodeContext): Promise<void> {
  const node = expectCode(await api.send({ method: "GET", path: `/api/v1/nodes/${nodeName}`, signal }), 200);
  const collection = "/apis/storage.k8s.io/v1/csinodes";
  const plugins = behaviour("node-object", minor)
    .migratedPlugins.map((name) => `kubernetes.io/${name}`)
    .join(",");
  const present = await api.send({ method: "GET", path: `${collection}/${nodeName}`, signal });
  if (present.code === 404) {
    const body: JsonObject = {
      kind: "CSINode",
      apiVersion: "storage.k8s.io/v1",
      metadata: {
        name: nodeName,
        annotations: { [annotation]: plugins },
        ownerReferences: [{ apiVersion: "v1", kind: "Node", name: nodeName, uid: textAt(node, "metadata.uid") }],
      },
      spec: { drivers: null },
    };
    expectCode(await api.send({ method: "POST", path: collection, body, signal }), 201);
    return;
  }
  const metadata = objectAt(expectCode(present, 200), "metadata");
  const annotations = objectAt(metadata, "annotations");
  if (annotations[annotation] === plugins) return;
  const body = { ...present.body, metadata: { ...metadata, annotations: { ...annotations, [annotation]: plugins } } };
  expectCode(await api.send({ method: "PUT", path: `${collection}/${nodeName}`, body, signal }), 200);
}

function expectCode(answer: ApiAnswer, code: number): JsonObject {
  if (answer.code !== code) throw new ApiRefusal(answer);
  return answer.body;
}
