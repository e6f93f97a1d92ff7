import { objectAt, objectsAt, textAt, textOf, type JsonObject } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import { addressesOf, isUnspecified } from "./addresses.ts";
import { conditionsOf } from "./conditions.ts";
import type { NodeContext } from "./node-context.ts";
import { resourcesOf } from "./resources.ts";
import { readVersion } from "./runtime-version.ts";
import { timestamp } from "./time.ts";

/** Gates that a node declares, when this kubelet has them on. */
const declarable = [
  "ExtendWebSocketsToKubelet",
  "InPlacePodLevelResourcesVerticalScaling",
  "InPlacePodVerticalScalingInitContainers",
  "RestartAllContainersOnContainerExits",
];

/** The node with the status that it has now: the kubelet's setNodeStatus. What others wrote there stays. Never rejects. */
export async function withStatus(node: JsonObject, context: NodeContext): Promise<JsonObject> {
  const { state, machine, options, clock, runtime, storage, port, events } = context;
  const { logger, nodeName, gates } = state;
  const before = objectAt(node, "status");
  const attempt = async <T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      logger.error(`node status: ${what}: ${error instanceof Error ? error.message : String(error)}`);
      return otherwise;
    }
  };
  const present = objectsAt(before, "addresses").map((entry) => ({ type: textAt(entry, "type"), address: textAt(entry, "address") }));
  const where = { ...options, nodeName, listens: state.configuration.address };
  const addresses = await attempt("addresses", () => addressesOf(where, present), present);
  const resources = await resourcesOf(state, machine, { capacity: texts(before, "capacity"), allocatable: texts(before, "allocatable") });
  const images = await attempt("images", () => context.images(), []);
  const required = ["cpu", "memory", "pods", ...(state.configuration.node.isolatesLocalStorage ? ["ephemeral-storage"] : [])];
  const missing = required.filter((name) => resources.capacity[name] === undefined);
  const problems = [
    ...runtime.problems(),
    ...(storage.problem === undefined ? [] : [storage.problem]),
    ...(missing.length === 0 ? [] : [`missing node capacity for resources: ${missing.join(", ")}`]),
  ];
  const conditions = conditionsOf(before, problems, timestamp(clock.now()), (reason) =>
    events.ofNode("Normal", reason, `Node ${nodeName} status is now: ${reason}`),
  );
  tellChanges(node, context);
  const handlers = gates.enabled("RecursiveReadOnlyMounts") || gates.enabled("UserNamespacesSupport") ? handlersOf(context) : [];
  const groups = runtime.supplementalGroupsPolicy;
  const declared = gates.enabled("NodeDeclaredFeatures") ? declarable.filter((name) => gates.enabled(name)) : [];
  return {
    ...node,
    ...annotated(node, context),
    status: {
      ...before,
      capacity: resources.capacity,
      allocatable: resources.allocatable,
      conditions,
      ...(addresses.length === 0 ? {} : { addresses: addresses.map(({ type, address }) => ({ type, address })) }),
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
      nodeInfo: { ...objectAt(before, "nodeInfo"), ...(await nodeInfo(context)) },
      // It has no volume that could be attached.
      volumesInUse: undefined,
      ...optional("images", images),
      ...optional("runtimeHandlers", handlers),
      ...(groups !== undefined && gates.enabled("SupplementalGroupsPolicy") ? { features: { supplementalGroupsPolicy: groups } } : {}),
      ...(declared.length > 0 ? { declaredFeatures: declared } : {}),
    },
  };
}

/** A machine that was started anew since its node was last written, and a node that somebody cordoned or uncordoned. */
function tellChanges(node: JsonObject, { events, machine, state, told }: NodeContext): void {
  const bootId = textAt(node, "status.nodeInfo.bootID");
  if (bootId !== "" && bootId !== machine.bootId && !told.reboot) {
    told.reboot = true;
    events.ofNode("Warning", "Rebooted", `Node ${state.nodeName} has been rebooted, boot id: ${machine.bootId}`);
  }
  const cordoned = objectAt(node, "spec")["unschedulable"] === true;
  if (cordoned === told.cordoned) return;
  told.cordoned = cordoned;
  const reason = cordoned ? "NodeNotSchedulable" : "NodeSchedulable";
  events.ofNode("Normal", reason, `Node ${state.nodeName} status is now: ${reason}`);
}

function texts(status: JsonObject, name: string): Record<string, string> {
  const member = objectAt(status, name);
  return Object.fromEntries(Object.keys(member).map((key) => [key, textOf(member[key])]));
}

/** Go leaves empty lists out. */
function optional(name: string, list: readonly JsonObject[]): JsonObject {
  return { [name]: list.length === 0 ? undefined : list };
}

function handlersOf({ runtime }: NodeContext): JsonObject[] {
  return runtime.handlers.map(({ name, recursiveReadOnlyMounts, userNamespaces }) => ({
    name,
    features: { recursiveReadOnlyMounts, userNamespaces },
  }));
}

/** A cloud provider outside learns the wanted addresses from an annotation. */
function annotated(node: JsonObject, { options: { ips: given = [], externalCloudProvider = false } }: NodeContext): JsonObject {
  const metadata = objectAt(node, "metadata");
  const ips = given.filter((ip) => !isUnspecified(ip));
  const wanted = externalCloudProvider && ips.length > 0 ? ips.join(",") : undefined;
  const name = "alpha.kubernetes.io/provided-node-ip";
  if (objectAt(metadata, "annotations")[name] === wanted) return {};
  return { metadata: { ...metadata, annotations: { ...objectAt(metadata, "annotations"), [name]: wanted } } };
}

async function nodeInfo({ state, machine }: NodeContext): Promise<JsonObject> {
  const { runtime, runtimeVersion, version, gates } = state;
  const running = await runtime.operations
    .run("version", () => runtime.client.runtime.version({}))
    .then((answer) => readVersion(answer.runtimeVersion))
    .catch(() => undefined);
  return {
    machineID: machine.machineId,
    systemUUID: machine.systemUuid,
    bootID: machine.bootId,
    kernelVersion: machine.kernelVersion,
    osImage: machine.osImage,
    containerRuntimeVersion: `${runtimeVersion.name}://${running ?? "Unknown"}`,
    kubeletVersion: version,
    kubeProxyVersion: gates.enabled("DisableNodeKubeProxyVersion") ? "" : version,
    operatingSystem: machine.operatingSystem,
    architecture: machine.architecture,
    ...(gates.enabled("NodeSwap") && behaviour("node-object", state.minor).swap && machine.swapBytes > 0
      ? { swap: { capacity: machine.swapBytes } }
      : {}),
    ...(gates.enabled("KubeletInUserNamespace") && behaviour("node-object", state.minor).userNamespace
      ? { runningInUserNamespace: machine.hasUserNamespace }
      : {}),
  };
}
