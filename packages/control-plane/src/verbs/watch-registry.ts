import type { ResourceName } from "../api/resources.ts";

/** A watch that is running. */
export interface OpenWatch {
  readonly resource: ResourceName;
  readonly user: string;
  /** Ends the stream; with `gone` after an ERROR event of 410, which makes the client list again. */
  end(gone: boolean): void;
}

export interface WatchRegistry {
  add(watch: OpenWatch): () => void;
  /** Ends the watches of a resource, or all of them; returns how many there were. */
  end(resource: ResourceName | undefined, gone: boolean): number;
}

export function createWatchRegistry(): WatchRegistry {
  const open = new Set<OpenWatch>();
  return {
    add(watch) {
      open.add(watch);
      return () => open.delete(watch);
    },
    end(resource, gone) {
      const ending = [...open].filter((watch) => resource === undefined || watch.resource === resource);
      for (const watch of ending) watch.end(gone);
      return ending.length;
    },
  };
}
