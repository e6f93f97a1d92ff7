import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { type PodSandboxStatsSchema, PodSandboxState, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { containersOf } from "./containers.ts";
import { notFound } from "./errors.ts";
import { hasLabels, now, type RuntimeState, type SandboxRecord } from "./state.ts";
import { containerStats, isRunning } from "./stats.ts";

type PodStatsMethods = Pick<ServiceImpl<typeof RuntimeService>, "podSandboxStats" | "listPodSandboxStats">;

/** Asked by kubelets with the gate PodAndContainerStatsFromCRI. */
export function podStatsMethods(state: RuntimeState): PodStatsMethods {
  return {
    podSandboxStats({ podSandboxId }) {
      const record = state.sandboxes.get(podSandboxId);
      if (record === undefined) throw notFound("sandbox", podSandboxId);
      return { stats: podStats(state, record) };
    },

    listPodSandboxStats({ filter }) {
      const ready = [...state.sandboxes.values()].filter(
        (record) =>
          record.state === PodSandboxState.SANDBOX_READY &&
          (filter === undefined ||
            ((filter.id === "" || filter.id === record.id) && hasLabels(record.config.labels, filter.labelSelector))),
      );
      return { stats: ready.map((record) => podStats(state, record)) };
    },
  };
}

/** The sums of its running containers. */
function podStats(state: RuntimeState, { id, config }: SandboxRecord): MessageInitShape<typeof PodSandboxStatsSchema> {
  const timestamp = now();
  const containers = containersOf(state, id)
    .filter(isRunning)
    .map((record) => containerStats(state, record));
  const sum = (value: (stats: ReturnType<typeof containerStats>) => bigint | undefined): { value: bigint } => ({
    value: containers.reduce((total, stats) => total + (value(stats) ?? 0n), 0n),
  });
  return {
    attributes: { id, ...(config.metadata && { metadata: config.metadata }), labels: config.labels, annotations: config.annotations },
    linux: {
      cpu: {
        timestamp,
        usageCoreNanoSeconds: sum(({ cpu }) => cpu?.usageCoreNanoSeconds?.value),
        usageNanoCores: sum(({ cpu }) => cpu?.usageNanoCores?.value),
      },
      memory: { timestamp, workingSetBytes: sum(({ memory }) => memory?.workingSetBytes?.value) },
      process: { timestamp, processCount: { value: BigInt(containers.length) } },
      containers,
    },
  };
}
