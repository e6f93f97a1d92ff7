import { join } from "node:path";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  ContainerEventType,
  ContainerState,
  PodSandboxState,
  type ContainerFilter,
  type RuntimeService,
} from "../generated/runtime/v1/api_pb.ts";
import type { CheckpointSettings } from "./checkpoint.ts";
import { endContainer, startContainer } from "./container-lifecycle.ts";
import { containerStatus, listedContainer } from "./container-messages.ts";
import { notFound, unknownError } from "./errors.ts";
import { isArchivePath, readArchive } from "./restore.ts";
import { hasLabels, newId, now, type ContainerRecord, type RuntimeState } from "./state.ts";

/** The exit code of a program that SIGKILL ended: busybox's sh as process 1 does not end by SIGTERM. */
export const KILLED = 137;

type ContainerMethods = Pick<
  ServiceImpl<typeof RuntimeService>,
  | "listContainers"
  | "containerStatus"
  | "createContainer"
  | "startContainer"
  | "stopContainer"
  | "removeContainer"
  | "updateContainerResources"
  | "reopenContainerLog"
>;

export function containerMethods(state: RuntimeState, { archiveLayout }: Pick<CheckpointSettings, "archiveLayout">): ContainerMethods {
  return {
    listContainers({ filter }) {
      return { containers: selectContainers(state, filter).map(listedContainer) };
    },

    containerStatus({ containerId }) {
      return { status: containerStatus(findContainer(state, containerId)) };
    },

    async createContainer({ podSandboxId, config, sandboxConfig }) {
      if (config === undefined) throw unknownError("container config must not be nil");
      const sandbox = state.sandboxes.get(podSandboxId);
      if (sandbox === undefined) throw notFound("sandbox", podSandboxId);
      if (sandbox.state !== PodSandboxState.SANDBOX_READY) {
        throw unknownError(`sandbox "${podSandboxId}" is not running`);
      }
      const reference = config.image?.image ?? "";
      const archive = isArchivePath(reference) ? await readArchive(reference, state.images) : undefined;
      const image = archive?.image ?? state.images.find(reference);
      if (image === undefined) throw notFound("image", reference);
      const logDirectory = sandboxConfig?.logDirectory || sandbox.config.logDirectory;
      const id = newId();
      // CRI-O 1.36 does not ask for the name of a restored container's log.
      const logName = archive && archiveLayout === "cri-o" ? `${id}.log` : config.logPath;
      const record: ContainerRecord = {
        id,
        sandboxId: sandbox.id,
        config,
        image,
        logPath: logDirectory && logName ? join(logDirectory, logName) : "",
        restored: archive?.restored,
        createdAt: now(),
        startedAt: 0n,
        finishedAt: 0n,
        state: ContainerState.CONTAINER_CREATED,
        exitCode: 0,
        reason: "",
        message: "",
        resources: config.linux?.resources,
        frozen: false,
        attached: new Set(),
      };
      state.containers.set(record.id, record);
      state.changes.announce({ type: ContainerEventType.CONTAINER_CREATED_EVENT, containerId: record.id, sandboxId: sandbox.id });
      return { containerId: record.id };
    },

    startContainer({ containerId }) {
      const record = findContainer(state, containerId);
      if (record.state !== ContainerState.CONTAINER_CREATED) {
        throw unknownError(`container "${containerId}" was started before; create a new one`);
      }
      startContainer(record, state.changes);
      return {};
    },

    stopContainer({ containerId }) {
      // Idempotent by the CRI's contract: a container that is gone counts as stopped.
      const record = state.containers.get(containerId);
      if (record !== undefined) endContainer(record, KILLED);
      return {};
    },

    removeContainer({ containerId }) {
      removeContainer(state, containerId);
      return {};
    },

    updateContainerResources({ containerId, linux }) {
      const record = findContainer(state, containerId);
      if (linux !== undefined) record.resources = linux;
      return {};
    },

    reopenContainerLog({ containerId }) {
      const record = findContainer(state, containerId);
      if (record.state !== ContainerState.CONTAINER_RUNNING) throw unknownError("container is not running");
      try {
        record.log?.reopen();
      } catch (error) {
        throw unknownError(`failed to reopen log file: ${error instanceof Error ? error.message : String(error)}`);
      }
      return {};
    },
  };
}

/** The container of this id; throws NotFound. */
export function findContainer(state: RuntimeState, id: string): ContainerRecord {
  const record = state.containers.get(id);
  if (record === undefined) throw notFound("container", id);
  return record;
}

/** Containers that a CRI filter selects: every member given must match. */
export function selectContainers(
  state: RuntimeState,
  filter: Pick<ContainerFilter, "id" | "podSandboxId" | "labelSelector" | "state"> | undefined,
): ContainerRecord[] {
  return [...state.containers.values()].filter(
    (record) =>
      filter === undefined ||
      ((filter.id === "" || filter.id === record.id) &&
        (filter.podSandboxId === "" || filter.podSandboxId === record.sandboxId) &&
        (filter.state === undefined || filter.state.state === record.state) &&
        hasLabels(record.config.labels, filter.labelSelector)),
  );
}

/** All containers of a sandbox. */
export function containersOf(state: RuntimeState, sandboxId: string): ContainerRecord[] {
  return [...state.containers.values()].filter((record) => record.sandboxId === sandboxId);
}

/** Ends and forgets a container; unknown ids are gone already. */
export function removeContainer(state: RuntimeState, id: string): void {
  const record = state.containers.get(id);
  if (record === undefined) return;
  endContainer(record, KILLED);
  state.containers.delete(id);
  state.changes.announce({ type: ContainerEventType.CONTAINER_DELETED_EVENT, containerId: id, sandboxId: record.sandboxId });
}
