import { member, textMember } from "./json-members.ts";

/** What `config.dump` and `spec.dump` say about the container; null for what they do not say. */
export interface ContainerFacts {
  id: string | null;
  name: string | null;
  podName: string | null;
  namespace: string | null;
  podUid: string | null;
  sandboxId: string | null;
  image: string | null;
  imageRef: string | null;
  /** As the engine names it: `io.containerd.runc.v2`, `runc`, `crun`. */
  runtime: string | null;
  ociVersion: string | null;
  /** RFC 3339, as written by the engine. */
  createdAt: string | null;
  checkpointedAt: string | null;
  /** Whether this container had itself been restored from a checkpoint. */
  restored: boolean | null;
}

/** The annotations in which the engines keep the same fact: containerd's first, then CRI-O's. */
const annotationKeys = {
  name: ["io.kubernetes.cri.container-name", "io.kubernetes.container.name"],
  podName: ["io.kubernetes.cri.sandbox-name", "io.kubernetes.pod.name"],
  namespace: ["io.kubernetes.cri.sandbox-namespace", "io.kubernetes.pod.namespace"],
  podUid: ["io.kubernetes.cri.sandbox-uid", "io.kubernetes.pod.uid"],
  sandboxId: ["io.kubernetes.cri.sandbox-id", "io.kubernetes.cri-o.SandboxID"],
} as const;

/** Collects the facts from the two dumps; null stands for a dump that is missing or unreadable. */
export function readFacts(config: object | null, spec: object | null): ContainerFacts {
  const annotations = member(spec, "annotations");
  const annotation = (keys: readonly string[]): string | null =>
    keys.map((key) => textMember(annotations, key)).find((value) => value !== null) ?? null;
  const restored = member(config, "restored");
  return {
    id: textMember(config, "id"),
    name: annotation(annotationKeys.name),
    podName: annotation(annotationKeys.podName),
    namespace: annotation(annotationKeys.namespace),
    podUid: annotation(annotationKeys.podUid),
    sandboxId: annotation(annotationKeys.sandboxId),
    image: textMember(config, "rootfsImageName"),
    imageRef: textMember(config, "rootfsImageRef"),
    runtime: textMember(config, "runtime"),
    ociVersion: textMember(spec, "ociVersion"),
    createdAt: textMember(config, "createdTime"),
    checkpointedAt: textMember(config, "checkpointedTime"),
    restored: typeof restored === "boolean" ? restored : null,
  };
}
