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
      return { stats: selectContainers(state, filter).map((record) => containerStats(state, record)) };
    },

    containerStats({ containerId }) {
      return { stats: containerStats(state, findContainer(state, containerId)) };
    },
  };
}

/** Whether it has processes whose use can be measured. */
export function isRunning({ state }: ContainerRecord): boolean {
  return state === ContainerState.CONTAINER_RUNNING;
}

/** As containerd tells it: of a container that does not run only what its writable layer takes. */
export function containerStats(state: RuntimeState, record: ContainerRecord): MessageInitShape<typeof ContainerStatsSchema> {
  const timestamp = now();
  return {
    attributes: {
      id: record.id,
      ...(record.config.metadata && { metadata: record.config.metadata }),
      labels: record.config.labels,
      annotations: record.config.annotations,
    },
    ...(isRunning(record) ? processUsage(timestamp, record) : {}),
    writableLayer: {
      timestamp,
      fsId: { mountpoint: state.images.directory },
      usedBytes: { value: 20_480n },
      inodesUsed: { value: 8n },
    },
  };
}

function processUsage(timestamp: bigint, { startedAt }: ContainerRecord) {
  const memory = { value: MEMORY_BYTES };
  return {
    cpu: {
      timestamp,
      usageCoreNanoSeconds: { value: ((timestamp - startedAt) * NANO_CORES) / 1_000_000_000n },
      usageNanoCores: { value: NANO_CORES },
    },
    memory: { timestamp, workingSetBytes: memory, usageBytes: memory, rssBytes: memory },
  };
}
