import { existsSync } from "node:fs";
import { join } from "node:path";
import { objectAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import { patchStatus } from "./patch-status.ts";
import type { NodeContext } from "./node-context.ts";
import { defaultLabels } from "./node-labels.ts";
import { withStatus } from "./node-status.ts";

const firstStepMs = 100;
const mostStepMs = 7000;
const attachDetach = "volumes.kubernetes.io/controller-managed-attach-detach";

/** Creates the node, or takes an existing one over, however long that takes: registerWithAPIServer. Rejects only when stopped. */
export async function register(context: NodeContext): Promise<void> {
  const { clock, signal, state } = context;
  for (let stepMs = firstStepMs; ; stepMs = Math.min(stepMs * 2, mostStepMs)) {
    await clock.wait("registration-retry", stepMs, signal);
    const node = await initialNode(context);
    try {
      if (await tryToRegister(node, context)) {
        state.logger.info(`node ${state.nodeName} is registered`);
        return;
      }
    } catch (error) {
      signal.throwIfAborted();
      state.logger.error(`unable to register node with API server: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function tryToRegister(node: JsonObject, context: NodeContext): Promise<boolean> {
  const { api, signal, state } = context;
  const body = context.deviate(node, { purpose: "create" });
  const created = await api.send({ method: "POST", path: "/api/v1/nodes", body, signal });
  if (created.code === 201 || created.code === 200) return true;
  const exists = created.code === 409 && created.body["reason"] === "AlreadyExists";
  const looksUp = behaviour("node-object", state.minor).looksUpForbidden && !state.gates.enabled("KubeletRegistrationGetOnExistsOnly");
  const refused = () => state.logger.error(`unable to register node with API server: ${textAt(created.body, "message")}`);
  if (!exists && !(created.code === 403 && looksUp)) {
    refused();
    return false;
  }
  const found = await api.send({ method: "GET", path: `/api/v1/nodes/${state.nodeName}`, signal });
  if (found.code !== 200) {
    refused();
    return false;
  }
  const keepsDevices = existsSync(join(state.rootDirectory, "device-plugins", "kubelet_internal_checkpoint"));
  const right = reconcile(node, found.body, keepsDevices);
  const reconciled = context.deviate(right, { purpose: "reconcile", before: found.body, fresh: node });
  if (JSON.stringify(reconciled) !== JSON.stringify(found.body)) await patchStatus(found.body, reconciled, context);
  return true;
}

/** The node as this kubelet first writes it: initialNode. */
async function initialNode(context: NodeContext): Promise<JsonObject> {
  const { state, machine, options } = context;
  const { taints, providerId, controllerAttachDetach } = state.configuration.node;
  const { labels = {}, externalCloudProvider = false } = options;
  const cordoned = options.unschedulable === true && behaviour("node-object", state.minor).mayStartCordoned;
  const all = [
    ...taints.map((taint) => ({ ...taint })),
    ...(cordoned && !taints.some(isUnschedulable) ? [{ key: unschedulable, effect: "NoSchedule" }] : []),
    ...(externalCloudProvider ? [{ key: "node.cloudprovider.kubernetes.io/uninitialized", value: "true", effect: "NoSchedule" }] : []),
  ];
  const own = {
    "beta.kubernetes.io/arch": machine.architecture,
    "beta.kubernetes.io/os": machine.operatingSystem,
    "kubernetes.io/arch": machine.architecture,
    "kubernetes.io/hostname": state.nodeName,
    "kubernetes.io/os": machine.operatingSystem,
  };
  const node: JsonObject = {
    kind: "Node",
    apiVersion: "v1",
    metadata: {
      name: state.nodeName,
      labels: Object.fromEntries(Object.entries({ ...own, ...labels }).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      ...(controllerAttachDetach ? { annotations: { [attachDetach]: "true" } } : {}),
    },
    spec: {
      ...(providerId === "" ? {} : { providerID: providerId }),
      ...(cordoned ? { unschedulable: true } : {}),
      ...(all.length > 0 ? { taints: all } : {}),
    },
  };
  return withStatus(node, context);
}

const unschedulable = "node.kubernetes.io/unschedulable";

function isUnschedulable({ key, effect }: { key: string; effect: string }): boolean {
  return key === unschedulable && effect === "NoSchedule";
}

/** What a kubelet puts right on a node that was there before: an annotation, its own labels, what pages and devices there are. */
function reconcile(own: JsonObject, existing: JsonObject, keepsDevices: boolean): JsonObject {
  const [wanted, metadata] = [objectAt(own, "metadata"), objectAt(existing, "metadata")];
  const annotation = objectAt(wanted, "annotations")[attachDetach];
  const labels: Record<string, string | undefined> = {};
  for (const name of defaultLabels) {
    const value = objectAt(wanted, "labels")[name];
    if (typeof value === "string") labels[name] = value === "" ? undefined : value;
  }
  const sameAnnotation = objectAt(metadata, "annotations")[attachDetach] === annotation;
  return {
    ...existing,
    metadata: {
      ...metadata,
      labels: { ...objectAt(metadata, "labels"), ...labels },
      ...(sameAnnotation ? {} : { annotations: { ...objectAt(metadata, "annotations"), [attachDetach]: annotation } }),
    },
    status: reconcileResources(objectAt(own, "status"), objectAt(existing, "status"), keepsDevices),
  };
}

function reconcileResources(own: JsonObject, existing: JsonObject, keepsDevices: boolean): JsonObject {
  const reconciled = (name: "capacity" | "allocatable"): JsonObject => {
    const wanted = objectAt(own, name);
    if (existing[name] === undefined) return wanted;
    const pages = Object.entries(wanted).filter(([resource]) => isHugePages(resource));
    const kept = Object.entries(objectAt(existing, name))
      .filter(([resource]) => !isHugePages(resource))
      // A kubelet that remembers no devices has none until their plugins have registered.
      .map(([resource, value]) => [resource, isExtended(resource) && !keepsDevices ? "0" : value] as const);
    return Object.fromEntries([...kept, ...pages].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  return { ...existing, capacity: reconciled("capacity"), allocatable: reconciled("allocatable") };
}

function isHugePages(resource: string): boolean {
  return resource.startsWith("hugepages-");
}

function isExtended(resource: string): boolean {
  return resource.includes("/") && !resource.includes("kubernetes.io/");
}
