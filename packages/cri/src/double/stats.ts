import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { ContainerState, type ContainerStatsSchema, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { findContainer, selectContainers } from "./containers.ts";
import { now, type ContainerRecord, type RuntimeState } from "./state.ts";

type StatsMethods = Pick<ServiceImpl<typeof RuntimeService>, "listContainerStats" | "containerStats">;

/** What the recorded node's shell loop used: 2 ms of processor time in a second, 668 KiB of memory. */
const NANO_CORES = 2_000_000n;
const MEMORY_BYTES = 684_032n;

export function statsMethods(state: RuntimeState): StatsMethods {
  return {
    listContainerStats({ filter }) {
      const running = selectContainers(state, filter).filter(isRunning);
      return { stats: running.map((record) => containerStats(state, record)) };
    },

    containerStats({ containerId }) {
      return { stats: containerStats(state, findContainer(state, containerId)) };
    },
  };
}

/** Whether it counts in what ListContainerStats shows. */
export function isRunning({ state }: ContainerRecord): boolean {
  return state === ContainerState.CONTAINER_RUNNING;
}

export function containerStats(state: RuntimeState, record: ContainerRecord): MessageInitShape<typeof ContainerStatsSchema> {
  const timestamp = now();
  const running = isRunning(record);
  const lived = (running ? timestamp : record.finishedAt) - record.startedAt;
  const memory = running ? MEMORY_BYTES : 0n;
  return {
    attributes: {
      id: record.id,
      ...(record.config.metadata && { metadata: record.config.metadata }),
      labels: record.config.labels,
      annotations: record.config.annotations,
    },
    cpu: {
      timestamp,
      usageCoreNanoSeconds: { value: (lived * NANO_CORES) / 1_000_000_000n },
      usageNanoCores: { value: running ? NANO_CORES : 0n },
    },
    memory: {
      timestamp,
      workingSetBytes: { value: memory },
      usageBytes: { value: memory },
      rssBytes: { value: memory },
    },
    writableLayer: {
      timestamp,
      fsId: { mountpoint: state.images.directory },
      usedBytes: { value: 20_480n },
      inodesUsed: { value: 8n },
    },
  };
}
