import { createHash, randomUUID } from "node:crypto";
import { podSpecDefaults } from "@kubelet-conformance/control-plane";
import { containerOrder, inOrder, metadataOrder, podSpecOrder } from "./member-order.ts";
import type { Pod } from "./pod.ts";

/** A manifest that is no pod this kubelet could run. */
export class ManifestError extends Error {
  readonly code = "KUBELET_MANIFEST";
}

export interface StaticPodContext extends PodContext {
  /** The file it came from; part of its identity. */
  source: string;
  /** How the API's encoder of this minor writes the creation time that a static pod does not have. */
  creationTimestamp: "null" | "absent";
}

/** What a pod's content depends on, wherever it comes from. */
export interface PodContext {
  nodeName: string;
  /** When the kubelet first saw it. */
  seen: Date;
  /** Whether this minor knows sidecars; if not, the member that makes one is dropped. */
  sidecars: boolean;
}

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

type Content = Record<string, unknown>;

/**
 * The pod that a manifest describes, as /pods shows it: defaults of the API filled in, name and uid made as applyDefaults and
 * generatePodName of pkg/kubelet/config make them. Throws ManifestError.
 */
export function staticPod(manifest: unknown, context: StaticPodContext): Pod {
  const { content, metadata, name, namespace } = named(manifest);
  const given = objectOr(content["spec"], "spec");
  if (given["ephemeralContainers"] !== undefined) throw new ManifestError("spec.ephemeralContainers: only pods of an API server have them");
  const tolerations = given["tolerations"] === undefined ? [] : list(given["tolerations"], "spec.tolerations");
  const spec = podSpec({ ...given, tolerations: [...tolerations, { operator: "Exists", effect: "NoExecute" }] }, context);
  const hash = createHash("md5")
    .update(`host:${context.nodeName}file:${context.source}${JSON.stringify([metadata, spec])}`)
    .digest("hex");
  const annotations = sorted({
    ...objectOr(metadata["annotations"], "metadata.annotations"),
    "kubernetes.io/config.hash": hash,
    "kubernetes.io/config.seen": nanoseconds(context.seen),
    "kubernetes.io/config.source": "file",
  });
  const labels = metadata["labels"] === undefined ? undefined : sorted(object(metadata["labels"], "metadata.labels"));
  const own = {
    ...metadata,
    name: `${name}-${context.nodeName}`,
    namespace,
    uid: hash,
    creationTimestamp: context.creationTimestamp === "null" ? null : undefined,
    labels,
    annotations,
  };
  // Names, containers and defaults were checked and filled in above.
  return { metadata: inOrder(own, metadataOrder), spec } as unknown as Pod;
}

/** The pod that an API server hands to this node, as /pods shows it. Throws ManifestError. */
export function apiPod(handed: unknown, context: PodContext): Pod {
  const { content, metadata, name, namespace } = named(handed);
  const annotations = sorted({
    ...objectOr(metadata["annotations"], "metadata.annotations"),
    "kubernetes.io/config.seen": nanoseconds(context.seen),
    "kubernetes.io/config.source": "api",
  });
  const given = { uid: randomUUID(), resourceVersion: "1", creationTimestamp: `${context.seen.toISOString().slice(0, 19)}Z` };
  const own = { ...given, ...metadata, name, namespace, annotations };
  // As in staticPod.
  return { metadata: inOrder(own, metadataOrder), spec: podSpec(objectOr(content["spec"], "spec"), context) } as unknown as Pod;
}

function named(manifest: unknown): { content: Content; metadata: Content; name: string; namespace: string } {
  const content = object(manifest, "the manifest");
  if (content["apiVersion"] !== "v1" || content["kind"] !== "Pod") throw new ManifestError("is not a v1 Pod");
  const metadata = objectOr(content["metadata"], "metadata");
  const name = typeof metadata["name"] === "string" ? metadata["name"] : "";
  if (!dnsSubdomain.test(name)) throw new ManifestError(`metadata.name ${JSON.stringify(name)} is not a DNS-1123 subdomain`);
  const namespace = metadata["namespace"] ?? "default";
  if (typeof namespace !== "string" || !dnsLabel.test(namespace)) {
    throw new ManifestError(`metadata.namespace ${JSON.stringify(namespace)} is not a DNS-1123 label`);
  }
  return { content, metadata, name, namespace };
}

function podSpec(spec: Content, { nodeName, sidecars }: PodContext): Content {
  const containers = list(spec["containers"], "spec.containers").map((entry) => container(entry));
  if (containers.length === 0) throw new ManifestError("spec.containers is empty");
  const others = (member: string) => (spec[member] === undefined ? undefined : list(spec[member], `spec.${member}`));
  const initContainers = others("initContainers")?.map((entry) => container(sidecars ? entry : withoutRestartPolicy(entry)));
  const ephemeralContainers = others("ephemeralContainers")?.map((entry) => container(entry));
  const names = new Set<unknown>();
  for (const { name } of [...containers, ...(initContainers ?? []), ...(ephemeralContainers ?? [])]) {
    if (names.has(name)) throw new ManifestError(`two containers are named ${String(name)}`);
    names.add(name);
  }
  return inOrder(
    {
      ...podSpecDefaults,
      ...spec,
      initContainers,
      containers,
      ephemeralContainers,
      nodeName,
    },
    podSpecOrder,
  );
}

function container(entry: unknown): Content {
  const content = object(entry, "a container");
  const { name, image } = content;
  if (typeof name !== "string" || !dnsLabel.test(name)) {
    throw new ManifestError(`container name ${JSON.stringify(name)} is not a DNS-1123 label`);
  }
  if (typeof image !== "string" || image === "") throw new ManifestError(`container ${name} has no image`);
  return inOrder(
    {
      resources: {},
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: /:latest$|^[^:]*$|\/[^:]*$/.test(image) && !image.includes("@") ? "Always" : "IfNotPresent",
      ...content,
    },
    containerOrder,
  );
}

function withoutRestartPolicy(entry: unknown): Content {
  const { restartPolicy: _, ...rest } = object(entry, "a container");
  return rest;
}

function objectOr(value: unknown, what: string): Content {
  return value === undefined ? {} : object(value, what);
}

function object(value: unknown, what: string): Content {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ManifestError(`${what} is not an object`);
  return value as Content; // Any object can be read by name.
}

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new ManifestError(`${what} is not a list`);
  return value;
}

/** Go writes maps sorted by key. */
function sorted(map: Content): Content {
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** RFC 3339 with nine digits; the clock gives three. */
function nanoseconds(time: Date): string {
  return time.toISOString().replace("Z", "000000Z");
}
