import { bindMounts, type DumpFacts, kubernetesLabels, logPath, toJson } from "./dumps.ts";

/** containerd's `status`: its own record of the container's life. */
export function containerdStatus({ createdAt }: DumpFacts): string {
  const created = nanoseconds(createdAt);
  return JSON.stringify({
    Version: "v1",
    Pid: 1,
    CreatedAt: created,
    StartedAt: created,
    FinishedAt: 0,
    ExitCode: 0,
    Reason: "",
    Message: "",
    Restore: false,
  });
}

/** containerd's `status.dump`: the CRI ContainerStatus. */
export function containerdStatusDump({ container, createdAt }: DumpFacts): string {
  const created = nanoseconds(createdAt);
  return JSON.stringify({
    id: container.id,
    metadata: { name: container.name },
    state: 1,
    created_at: created,
    started_at: created,
    image: { image: container.image },
    image_ref: container.imageRef,
    labels: kubernetesLabels(container),
    annotations: { "io.kubernetes.container.restartCount": "0" },
    mounts: bindMounts(container).map(([container_path, host_path]) => ({
      container_path,
      host_path,
    })),
    log_path: logPath(container),
  });
}

/** CRI-O's `bind.mounts`: what a restore must find on the host. */
export function crioBindMounts({ container }: DumpFacts): string {
  const mounts = bindMounts(container).map(([destination, source]) => ({
    source,
    destination,
    file_type: "file",
    permissions: destination === "/etc/hosts" ? 0o644 : 0o666,
  }));
  return toJson("cri-o", mounts);
}

function nanoseconds(time: Date): number {
  return time.getTime() * 1e6;
}
