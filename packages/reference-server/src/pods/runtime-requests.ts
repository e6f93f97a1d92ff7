import { NamespaceMode, type RuntimeClient } from "@kubelet-conformance/cri";
import { join } from "node:path";
import type { DeviceOptions } from "../device-plugins/device-manager.ts";
import type { Container, Pod } from "./pod.ts";

type Runtime = RuntimeClient["runtime"];
export type SandboxConfig = NonNullable<Parameters<Runtime["runPodSandbox"]>[0]["config"]>;
export type ContainerConfig = NonNullable<Parameters<Runtime["createContainer"]>[0]["config"]>;

/** Labels by which a kubelet finds its own sandboxes and containers again (pkg/kubelet/types/labels.go). */
export const podLabels = {
  name: "io.kubernetes.pod.name",
  namespace: "io.kubernetes.pod.namespace",
  uid: "io.kubernetes.pod.uid",
  container: "io.kubernetes.container.name",
} as const;

/** What RunPodSandbox is asked for. */
export function sandboxConfig({ metadata, spec }: Pod, logsDirectory: string, attempt: number): SandboxConfig {
  const { name, namespace, uid } = metadata;
  return {
    metadata: { name, namespace, uid, attempt },
    hostname: spec.hostNetwork ? "" : (spec.hostname ?? name),
    logDirectory: join(logsDirectory, `${namespace}_${name}_${uid}`),
    labels: { ...metadata.labels, ...ownLabels(metadata) },
    annotations: { ...metadata.annotations },
    linux: {
      securityContext: {
        namespaceOptions: {
          network: spec.hostNetwork ? NamespaceMode.NODE : NamespaceMode.POD,
          pid: NamespaceMode.CONTAINER,
          ipc: NamespaceMode.POD,
        },
      },
    },
  };
}

const noDevices: DeviceOptions = { envs: [], mounts: [], devices: [], annotations: {}, CDIDevices: [] };

/** What CreateContainer is asked for. */
export function containerConfig(
  { metadata, spec }: Pod,
  container: Container,
  image: string,
  attempt: number,
  devices: DeviceOptions = noDevices,
): ContainerConfig {
  return {
    metadata: { name: container.name, attempt },
    image: { image, userSpecifiedImage: container.image },
    command: container.command ?? [],
    args: container.args ?? [],
    workingDir: container.workingDir ?? "",
    envs: [...devices.envs, ...(container.env ?? []).map(({ name, value = "" }) => ({ key: name, value }))].map(({ key, value }) => ({
      key,
      value: Buffer.from(value),
    })),
    mounts: devices.mounts,
    devices: devices.devices,
    CDIDevices: devices.CDIDevices,
    labels: { ...ownLabels(metadata), [podLabels.container]: container.name },
    annotations: {
      ...devices.annotations,
      "io.kubernetes.container.restartCount": String(attempt),
      "io.kubernetes.pod.terminationGracePeriod": String(spec.terminationGracePeriodSeconds ?? 30),
    },
    logPath: join(container.name, `${attempt}.log`),
    stdin: container.stdin ?? false,
    stdinOnce: container.stdinOnce ?? false,
    tty: container.tty ?? false,
    linux: {
      securityContext: {
        namespaceOptions: { network: spec.hostNetwork ? NamespaceMode.NODE : NamespaceMode.POD, pid: NamespaceMode.CONTAINER },
      },
    },
  };
}

function ownLabels({ name, namespace, uid }: Pod["metadata"]): Record<string, string> {
  return { [podLabels.name]: name, [podLabels.namespace]: namespace, [podLabels.uid]: uid };
}
