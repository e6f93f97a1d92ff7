import type { ContainerEventType } from "../generated/runtime/v1/api_pb.ts";

/** Something that has just happened to a container. */
export interface ContainerChange {
  readonly type: ContainerEventType;
  readonly containerId: string;
  readonly sandboxId: string;
}

type Listener = (change: ContainerChange) => void;

/** Who wants to hear of containers, and the way to tell them. */
export interface ContainerChanges {
  announce(change: ContainerChange): void;
  /** Calls `listener` at once with each change, and `onEnd` when there will be no more; returns how to leave. */
  subscribe(listener: Listener, onEnd: () => void): () => void;
  /** Sends all listeners away. */
  end(): void;
}

export function createContainerChanges(): ContainerChanges {
  const listeners = new Map<Listener, () => void>();
  return {
    announce(change) {
      for (const listener of listeners.keys()) listener(change);
    },
    subscribe(listener, onEnd) {
      listeners.set(listener, onEnd);
      return () => listeners.delete(listener);
    },
    end() {
      for (const onEnd of listeners.values()) onEnd();
      listeners.clear();
    },
  };
}
