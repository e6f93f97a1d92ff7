import { isIP } from "node:net";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import { controlPlaneOf, launchedNode, nodeHere, nodeOf, objectAt, objectsAt, shown } from "./node-object.ts";
import { shared } from "./node-status-shared.ts";
import { events } from "./node-status-events.ts";
import { conditions } from "./node-status-conditions.ts";
import { launchedStatus } from "./node-status-launch.ts";
import { limited, resources } from "./node-status-resources.ts";

/** core/v1 NodeAddressType. */
const addressTypes = ["Hostname", "InternalIP", "ExternalIP", "InternalDNS", "ExternalDNS"];
const mostNames = 5;

/** `spec/requirements/node-status.yaml`. */
export const nodeStatus: AreaChecks<"node-status"> = {
  ...conditions,
  ...resources,
  ...events,
  ...launchedStatus,
  ...shared,

  "node-status.registered": async (context) => {
    if (!(await nodeHere(context))) throw new Broken(`a Node object named ${context.target.nodeName}`, "the API server has none");
  },

  "node-status.addresses.internal-ip": async (context) => {
    const addresses = await addressesOf(context, "InternalIP");
    if (addresses.length === 0) throw new Broken("an address of type InternalIP", "none");
    const odd = addresses.find((address) => isIP(address) === 0);
    if (odd !== undefined) throw new Broken("IP addresses", odd);
  },

  "node-status.addresses.hostname": async (context) => {
    const addresses = await addressesOf(context, "Hostname");
    const { controlPlane, nodeName = "" } = context.target;
    // On a live cluster only the kubelet's command line says what its host is called.
    const isRight = addresses.length === 1 && (controlPlane ? addresses[0] === nodeName : addresses[0] !== "");
    if (!isRight) throw new Broken(`one Hostname${controlPlane ? ` ${nodeName}` : ""}`, addresses.join(", ") || "none");
  },

  "node-status.addresses.types": async (context) => {
    const types = objectsAt(await nodeOf(context), "/status/addresses").map(({ type }) => shown(type));
    const odd = types.find((type) => !addressTypes.includes(type));
    if (odd !== undefined) throw new Broken(`types out of ${addressTypes.join(", ")}`, odd);
  },

  "node-status.addresses.node-ip": async (context) => {
    const addresses = await addressesOf(context, "InternalIP");
    const { nodeIp = "" } = context.target;
    if (addresses[0] !== nodeIp) throw new Broken(`the InternalIP ${nodeIp}`, addresses.join(", ") || "none");
  },

  "node-status.addresses.order": async (context) => {
    const types = objectsAt(await nodeOf(context), "/status/addresses").map(({ type }) => type);
    if (types.includes("InternalIP") && types.lastIndexOf("InternalIP") > types.indexOf("Hostname"))
      throw new Broken("InternalIP before Hostname", types.join(", "));
  },

  "node-status.info.kubelet-version": async (context) => {
    const { kubernetesVersion, minor, versionSource } = context.target;
    const version = await infoOf(context, "kubeletVersion");
    if (versionSource === "node") throw new Blocked("kubelet");
    // Of a declared minor the patch is not known.
    const isRight = /^v?\d+\.\d+\.\d+/.test(kubernetesVersion) ? version === kubernetesVersion : version.startsWith(`v${minor}.`);
    if (!isRight && versionSource !== "assumed") throw new Broken(`kubeletVersion ${kubernetesVersion}`, version || "none");
  },

  "node-status.info.kube-proxy-version": async (context) => {
    const [version, wanted] = [await infoOf(context, "kubeProxyVersion"), await infoOf(context, "kubeletVersion")];
    if (version !== wanted) throw new Broken(`kubeProxyVersion ${wanted}`, version || "none");
  },

  "node-status.info.no-kube-proxy-version": async (context) => {
    const version = await infoOf(context, "kubeProxyVersion");
    if (version !== "") throw new Broken("an empty kubeProxyVersion", version);
  },

  "node-status.info.system": async (context) => {
    const [os, arch] = [await infoOf(context, "operatingSystem"), await infoOf(context, "architecture")];
    if (!["linux", "windows"].includes(os)) throw new Broken("operatingSystem linux or windows", os || "none");
    if (!/^(amd64|arm64|arm|386|ppc64le|riscv64|s390x|loong64)$/.test(arch))
      throw new Broken("architecture as Go names it, such as amd64", arch || "none");
    for (const member of ["kernelVersion", "osImage"]) if ((await infoOf(context, member)) === "") throw new Broken(`a ${member}`, "none");
  },

  "node-status.info.ids": async (context) => {
    for (const member of ["machineID", "systemUUID", "bootID"])
      if ((await infoOf(context, member)) === "") throw new Broken(`a ${member}`, "none");
  },

  "node-status.info.swap": async (context) => {
    const { swap } = objectAt(await nodeOf(context), "/status/nodeInfo");
    const { capacity } = objectAt({ swap }, "/swap");
    const isSize = typeof capacity === "number" && Number.isInteger(capacity) && capacity > 0;
    if (swap !== undefined && !isSize) throw new Broken("no swap, or a capacity in bytes above 0", shown(swap));
  },

  "node-status.info.user-namespace": async (context) => {
    const { runningInUserNamespace: value } = objectAt(await nodeOf(context), "/status/nodeInfo");
    if (typeof value !== "boolean") throw new Broken("runningInUserNamespace true or false", shown(value));
  },

  "node-status.endpoint.port": async (context) => {
    const port = pointer(await nodeOf(context), "/status/daemonEndpoints/kubeletEndpoint/Port");
    // The API server has found the kubelet there.
    if (context.target.proxied && typeof port === "number" && port > 0) return;
    const wanted = await portsOf(context);
    if (!wanted.some((one) => one === port)) throw new Broken(`daemonEndpoints.kubeletEndpoint.Port ${wanted.join(" or ")}`, shown(port));
  },

  "node-status.images.names": async (context) => {
    for (const { names } of objectsAt(await nodeOf(context), "/status/images")) {
      if (!Array.isArray(names) || names.length <= mostNames) continue;
      throw new Broken(`at most ${mostNames} names of an image`, `${names.length} of ${shown(names[0])}`);
    }
  },

  "node-status.images.order": async (context) => {
    const sizes = objectsAt(await nodeOf(context), "/status/images").map(({ sizeBytes }) => Number(sizeBytes ?? 0));
    const odd = sizes.findIndex((size, index) => size > (sizes[index - 1] ?? Infinity));
    if (odd > 0) throw new Broken("the largest images first", `${sizes[odd]} bytes after ${sizes[odd - 1]}`);
  },

  "node-status.images.limit": async (context) => {
    const [all, none] = [await nodeOf(context), await launchedNode(context, limited)];
    if (objectsAt(all, "/status/images").length === 0) throw new Broken("images of the runtime in the status", "none");
    const { length } = objectsAt(none, "/status/images");
    if (length > 0) throw new Broken("no images with nodeStatusMaxImages 0", `${length}`);
  },

  "node-status.runtime-handlers": async (context) => {
    const handlers = objectsAt(await nodeOf(context), "/status/runtimeHandlers").map(({ name }) => shown(name ?? ""));
    if (handlers.length === 0) throw new Broken("the runtime's handlers", "none");
    const twice = handlers.find((name, index) => handlers.indexOf(name) < index);
    if (twice !== undefined) throw new Broken("handlers with a name each of its own", `"${twice}" twice`);
  },

  "node-status.declared-features": async (context) => {
    const features = pointer(await nodeOf(context), "/status/declaredFeatures") ?? [];
    if (!Array.isArray(features)) throw new Broken("a list of names", JSON.stringify(features));
    const names = features.map(String);
    if (names.join() !== [...new Set(names)].toSorted().join()) throw new Broken("names in order, none twice", names.join(", "));
  },

  "node-status.write.status-only": async (context) => {
    const { requests } = controlPlaneOf(context);
    const { name } = (await nodeOf(context)).metadata;
    const written = requests.all({ name }).filter(({ verb }) => verb === "patch" || verb === "update");
    if (!written.some(({ resource }) => resource === "nodes/status")) throw new Broken("a patch of nodes/status", "none");
    const odd = written.find(({ resource, body = {} }) => resource === "nodes" || (resource === "nodes/status" && "spec" in body));
    if (odd) throw new Broken("nothing but nodes/status written", `${odd.method} ${odd.path} ${JSON.stringify(odd.body).slice(0, 200)}`);
  },
};

/** Where the kubelet listens: here, or, with a tunnel in between, where it says that it does. */
async function portsOf(context: CheckContext): Promise<number[]> {
  const { controlPlane, server } = context.target;
  const configured = pointer(parseJson(await context.read({ target: "/configz" }))?.value, "/kubeletconfig/port");
  return [Number(new URL(server).port || 443), ...(controlPlane || typeof configured !== "number" ? [] : [configured])];
}

async function addressesOf(context: CheckContext, type: string): Promise<string[]> {
  return objectsAt(await nodeOf(context), "/status/addresses").flatMap((entry) =>
    entry["type"] === type ? [shown(entry["address"])] : [],
  );
}

/** A member of nodeInfo; empty when there is none. */
async function infoOf(context: CheckContext, member: string): Promise<string> {
  const value = objectAt(await nodeOf(context), "/status/nodeInfo")[member];
  return typeof value === "string" ? value : "";
}
