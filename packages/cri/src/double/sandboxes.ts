import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  NamespaceMode,
  PodSandboxState,
  type NamespaceOption,
  type PodSandboxConfig,
  type PodSandboxFilter,
  type PodSandboxStatusSchema,
  type RuntimeService,
} from "../generated/runtime/v1/api_pb.ts";
import { endContainer } from "./container-lifecycle.ts";
import { containersOf, KILLED, removeContainer } from "./containers.ts";
import { notFound, unknownError } from "./errors.ts";
import { hasLabels, newId, now, type RuntimeState, type SandboxRecord } from "./state.ts";

type SandboxMethods = Pick<
  ServiceImpl<typeof RuntimeService>,
  "listPodSandbox" | "podSandboxStatus" | "runPodSandbox" | "stopPodSandbox" | "removePodSandbox" | "updatePodSandboxResources"
>;

export function sandboxMethods(state: RuntimeState): SandboxMethods {
  let addresses = 0;
  return {
    listPodSandbox({ filter }) {
      return {
        items: [...state.sandboxes.values()].filter((record) => selects(filter, record)).map(sharedFields),
      };
    },

    podSandboxStatus({ podSandboxId }) {
      const record = state.sandboxes.get(podSandboxId);
      if (record === undefined) throw notFound("sandbox", podSandboxId);
      return { status: sandboxStatus(record) };
    },

    runPodSandbox({ config, runtimeHandler }) {
      if (config === undefined) throw unknownError("sandbox config must not be nil");
      const inHostNetwork = namespacesOf(config)?.network === NamespaceMode.NODE;
      if (!inHostNetwork) addresses += 1;
      const record: SandboxRecord = {
        id: newId(),
        config,
        runtimeHandler,
        createdAt: now(),
        ip: inHostNetwork ? "" : `10.88.${(addresses >> 8) & 0xff}.${addresses & 0xff}`,
        state: PodSandboxState.SANDBOX_READY,
      };
      state.sandboxes.set(record.id, record);
      return { podSandboxId: record.id };
    },

    // The pod's cgroup is the kubelet's; a runtime without hooks for it has nothing to do.
    updatePodSandboxResources({ podSandboxId }) {
      if (!state.sandboxes.has(podSandboxId)) throw notFound("sandbox", podSandboxId);
      return {};
    },

    // Both are idempotent by the CRI's contract: a sandbox that is gone counts as stopped and removed.
    stopPodSandbox({ podSandboxId }) {
      stopSandbox(state, podSandboxId);
      return {};
    },

    removePodSandbox({ podSandboxId }) {
      stopSandbox(state, podSandboxId);
      for (const { id } of containersOf(state, podSandboxId)) removeContainer(state, id);
      state.sandboxes.delete(podSandboxId);
      return {};
    },
  };
}

function stopSandbox(state: RuntimeState, id: string): void {
  const record = state.sandboxes.get(id);
  if (record === undefined) return;
  for (const container of containersOf(state, id)) endContainer(container, KILLED);
  record.state = PodSandboxState.SANDBOX_NOTREADY;
}

function selects(filter: PodSandboxFilter | undefined, record: SandboxRecord): boolean {
  return (
    filter === undefined ||
    ((filter.id === "" || filter.id === record.id) &&
      (filter.state === undefined || filter.state.state === record.state) &&
      hasLabels(record.config.labels, filter.labelSelector))
  );
}

/** What ListPodSandbox and PodSandboxStatus both show. */
function sharedFields(record: SandboxRecord) {
  const { config } = record;
  return {
    id: record.id,
    ...(config.metadata && { metadata: config.metadata }),
    state: record.state,
    createdAt: record.createdAt,
    labels: config.labels,
    annotations: config.annotations,
    runtimeHandler: record.runtimeHandler,
  };
}

/** A sandbox as PodSandboxStatus shows it. */
export function sandboxStatus(record: SandboxRecord): MessageInitShape<typeof PodSandboxStatusSchema> {
  // Kubelets compare the namespaces with those they asked for, and start the pod anew when they differ.
  const options = namespacesOf(record.config);
  return {
    ...sharedFields(record),
    network: { ip: record.ip },
    linux: { namespaces: options === undefined ? {} : { options } },
  };
}

function namespacesOf(config: PodSandboxConfig): NamespaceOption | undefined {
  return config.linux?.securityContext?.namespaceOptions;
}
