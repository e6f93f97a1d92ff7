import { createHash } from "node:crypto";

import type { ArchiveLayout, OciRuntime } from "./layout.ts";

/** Who the checkpoint is of; the values that a runtime copies into `config.dump` and `spec.dump`. */
export interface ArchiveContainer {
  /** Container id, 64 hex digits on real runtimes. */
  id: string;
  /** The container's name in the pod spec. */
  name: string;
  podName: string;
  namespace: string;
  podUid: string;
  /** Image as the pod spec names it, such as `localhost/busybox:1`. */
  image: string;
  /** Image id, `sha256:` and 64 hex digits (CRI-O's dumps leave the prefix out). */
  imageRef: string;
}

/** What the dumps of one checkpoint say. */
export interface DumpFacts {
  layout: ArchiveLayout;
  ociRuntime: OciRuntime;
  container: ArchiveContainer;
  createdAt: Date;
  checkpointedAt: Date;
}

/** `config.dump`: the identity of container, image and runtime. */
export function configDump(facts: DumpFacts): string {
  const { layout, container } = facts;
  const { id, image } = container;
  const name = `${container.name}_${container.podName}_${container.namespace}_${container.podUid}_0`;
  const imageId = container.imageRef.replace(/^sha256:/, "");
  const identity =
    layout === "containerd"
      ? // containerd names its own shim even when crun does the work.
        {
          name,
          rootfsImage: image,
          rootfsImageRef: container.imageRef,
          rootfsImageName: image,
          runtime: "io.containerd.runc.v2",
        }
      : {
          name: `k8s_${name}`,
          rootfsImage: imageId,
          rootfsImageRef: imageId,
          rootfsImageName: image,
          runtime: facts.ociRuntime,
        };
  return toJson(layout, {
    id,
    ...identity,
    createdTime: facts.createdAt.toISOString(),
    checkpointedTime: facts.checkpointedAt.toISOString(),
    restoredTime: "0001-01-01T00:00:00Z",
    restored: false,
  });
}

/** `spec.dump`: the OCI specification, small, with the engine's own annotations. */
export function specDump(facts: DumpFacts): string {
  const { layout, container } = facts;
  return toJson(layout, {
    ociVersion: layout === "containerd" ? "1.2.1" : "1.3.0",
    process: {
      user: { uid: 0, gid: 0, additionalGids: [0] },
      args: ["sh"],
      env: ["PATH=/bin"],
      cwd: "/",
    },
    root: { path: "rootfs" },
    mounts: [
      {
        destination: "/proc",
        type: "proc",
        source: "proc",
        options: ["nosuid", "noexec", "nodev"],
      },
      ...bindMounts(container).map(([destination, source]) => ({
        destination,
        type: "bind",
        source,
        options: ["rbind", "rprivate", "rw"],
      })),
    ],
    annotations: layout === "containerd" ? containerdAnnotations(container) : crioAnnotations(facts),
    linux: {
      cgroupsPath: `/kubepods/besteffort/pod${container.podUid}/${container.id}`,
      namespaces: [{ type: "pid" }, { type: "ipc" }, { type: "uts" }, { type: "mount" }, { type: "network" }],
    },
  });
}

function containerdAnnotations(container: ArchiveContainer): Record<string, string> {
  return {
    "io.kubernetes.cri.container-name": container.name,
    "io.kubernetes.cri.container-type": "container",
    "io.kubernetes.cri.image-name": container.image,
    "io.kubernetes.cri.sandbox-id": sandboxId(container),
    "io.kubernetes.cri.sandbox-name": container.podName,
    "io.kubernetes.cri.sandbox-namespace": container.namespace,
    "io.kubernetes.cri.sandbox-uid": container.podUid,
  };
}

function crioAnnotations({ container, createdAt }: DumpFacts): Record<string, string> {
  const labels = kubernetesLabels(container);
  const imageId = container.imageRef.replace(/^sha256:/, "");
  return {
    ...labels,
    "io.container.manager": "cri-o",
    "io.kubernetes.cri-o.ContainerID": container.id,
    "io.kubernetes.cri-o.ContainerType": "container",
    "io.kubernetes.cri-o.Created": createdAt.toISOString(),
    "io.kubernetes.cri-o.Image": imageId,
    "io.kubernetes.cri-o.ImageName": container.image,
    "io.kubernetes.cri-o.ImageRef": imageId,
    "io.kubernetes.cri-o.Labels": JSON.stringify(labels),
    "io.kubernetes.cri-o.LogPath": logPath(container),
    "io.kubernetes.cri-o.Metadata": JSON.stringify({ name: container.name }),
    "io.kubernetes.cri-o.SandboxID": sandboxId(container),
    "io.kubernetes.cri-o.Volumes": "[]",
  };
}

/** What the kubelet mounts into each container. */
export function bindMounts({ podUid, name }: ArchiveContainer): [destination: string, source: string][] {
  const pod = `/var/lib/kubelet/pods/${podUid}`;
  return [
    ["/etc/hosts", `${pod}/etc-hosts`],
    ["/dev/termination-log", `${pod}/containers/${name}/00000000`],
  ];
}

/** The labels that the kubelet gives each container. */
export function kubernetesLabels(container: ArchiveContainer): Record<string, string> {
  return {
    "io.kubernetes.container.name": container.name,
    "io.kubernetes.pod.name": container.podName,
    "io.kubernetes.pod.namespace": container.namespace,
    "io.kubernetes.pod.uid": container.podUid,
  };
}

/** Where the kubelet has the container's log written. */
export function logPath({ namespace, podName, podUid, name }: ArchiveContainer): string {
  return `/var/log/pods/${namespace}_${podName}_${podUid}/${name}/0.log`;
}

/** A pod's sandbox id must look like one and be the same in all its archives, no more. */
function sandboxId({ podUid }: ArchiveContainer): string {
  return createHash("sha256").update(podUid).digest("hex");
}

/** containerd writes its dumps on one line, CRI-O indented. */
export function toJson(layout: ArchiveLayout, value: unknown): string {
  return JSON.stringify(value, null, layout === "containerd" ? 0 : 2);
}
