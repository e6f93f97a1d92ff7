import type { KubeObject } from "../api/json.ts";
import type { ResourceName } from "../api/resources.ts";

/** One step of the cluster's history. */
export interface Change {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly resource: ResourceName;
  readonly object: KubeObject;
  /** The object before the change; absent when it was added. */
  readonly previous?: KubeObject;
  readonly version: number;
}

/** Changes that a watch may ask for again; older ones are 410 Gone. Enough for an outage of minutes under a thousand kubelets. */
const kept = 10_000;

export interface ChangeLog {
  append(change: Change): void;
  /** The changes after a version, or undefined when they are forgotten. */
  readonly since: (version: number) => readonly Change[] | undefined;
  /** Forgets everything, as etcd's compaction does: a watch from an older version gets 410 Gone. */
  compact(version: number): void;
}

export function createChangeLog(): ChangeLog {
  let changes: Change[] = [];
  let forgotten = 0;
  return {
    append(change) {
      changes.push(change);
      if (changes.length <= 2 * kept) return;
      forgotten = changes.at(-kept - 1)?.version ?? forgotten;
      changes = changes.slice(-kept);
    },
    since(version) {
      return version < forgotten ? undefined : changes.filter((change) => change.version > version);
    },
    compact(version) {
      changes = [];
      forgotten = version;
    },
  };
}
