import { stat, truncate } from "node:fs/promises";
import type { CheckpointContainerResponse, RuntimeClient } from "@kubelet-conformance/cri";
import type { RuntimeChange } from "./checkpointing.ts";

/** The runtime is asked once for calls that overlap. */
export function coalescing(): RuntimeChange {
  const underWay = new Map<string, Promise<CheckpointContainerResponse>>();
  return (checkpoint, ask) => {
    const { containerId } = checkpoint;
    const asked = underWay.get(containerId) ?? ask(checkpoint).finally(() => underWay.delete(containerId));
    underWay.set(containerId, asked);
    return asked;
  };
}

/** Calls that overlap with one for the same container get a location of their own. */
export function numbering(): RuntimeChange {
  const underWay: string[] = [];
  return async (checkpoint, ask) => {
    const { containerId, location } = checkpoint;
    const others = underWay.filter((id) => id === containerId).length;
    underWay.push(containerId);
    try {
      return await ask(others === 0 ? checkpoint : { ...checkpoint, location: location.replace(/\.tar$/, `-${others}.tar`) });
    } finally {
      underWay.splice(underWay.indexOf(containerId), 1);
    }
  };
}

/** Calls for one container that overlap leave half of the archive. */
export function halvingOverlapping(): RuntimeChange {
  const underWay: { containerId: string; overlapped: boolean }[] = [];
  return async (checkpoint, ask) => {
    const { containerId, location } = checkpoint;
    const others = underWay.filter((other) => other.containerId === containerId);
    for (const other of others) other.overlapped = true;
    const own = { containerId, overlapped: others.length > 0 };
    underWay.push(own);
    try {
      const answer = await ask(checkpoint);
      if (own.overlapped) await truncate(location, Math.floor((await stat(location)).size / 2));
      return answer;
    } finally {
      underWay.splice(underWay.indexOf(own), 1);
    }
  };
}

/** A call waits for those of other containers. */
export function inTurn(): RuntimeChange {
  const underWay = new Map<string, Promise<CheckpointContainerResponse>>();
  return async (checkpoint, ask) => {
    const { containerId } = checkpoint;
    await Promise.allSettled([...underWay].filter(([id]) => id !== containerId).map(([, asked]) => asked));
    const asked = ask(checkpoint);
    underWay.set(containerId, asked);
    try {
      return await asked;
    } finally {
      underWay.delete(containerId);
    }
  };
}

/** Another running container of the same pod; itself when there is none. */
export async function neighbourOf({ runtime }: RuntimeClient, id: string): Promise<string> {
  const { containers } = await runtime.listContainers({});
  const own = containers.find((container) => container.id === id);
  const neighbour = containers.find(
    (container) => container.id !== id && container.podSandboxId === own?.podSandboxId && container.state === own.state,
  );
  return neighbour?.id ?? id;
}
