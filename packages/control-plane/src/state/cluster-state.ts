import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { JsonObject, KubeObject } from "../api/json.ts";
import { resourceOf, type ResourceName } from "../api/resources.ts";
import { alreadyExists, notFound, type Subject } from "../api/status-error.ts";
import { createChangeLog, type Change } from "./change-log.ts";
import { gracefulDeletion, type DeleteOptions } from "./deletion.ts";
import { prepareNew } from "./prepare-new.ts";
import { prepareUpdate, type UpdateOptions } from "./prepare-update.ts";
import { createSignal, type WaitOptions } from "./signal.ts";

/** Which object of a resource. */
export interface ObjectRef {
  name: string;
  /** Default: the resource has no namespaces. */
  namespace?: string | undefined;
}

/** The objects of the cluster. What goes wrong is an ApiError, as a client would see it. */
export interface ClusterState {
  /** The newest resourceVersion. */
  readonly version: number;
  get(resource: ResourceName, ref: ObjectRef): KubeObject | undefined;
  /** All objects, or those of one namespace, by name. */
  list(resource: ResourceName, namespace?: string): readonly KubeObject[];
  /** Stores a new object with the defaults of the API server. Throws AlreadyExists; NotFound for its namespace. */
  create(resource: ResourceName, object: JsonObject): KubeObject;
  /** Replaces an object. Throws NotFound; Conflict when it carries an old resourceVersion or another uid. */
  update(resource: ResourceName, object: KubeObject, options?: UpdateOptions): KubeObject;
  /** Deletes an object; a pod on a node is only marked, until the kubelet deletes it for good. Throws NotFound, Conflict. */
  delete(resource: ResourceName, ref: ObjectRef, options?: DeleteOptions): KubeObject;
  /** The first value of `look` that is not undefined; it looks again after each change. */
  until<T>(look: () => T | undefined, options?: WaitOptions): Promise<T>;
  /** Forgets the history: a watch that goes on from an older resourceVersion gets 410 Gone. */
  compact(): void;
}

/** The state with what only the server itself uses. */
export interface ServerState extends ClusterState {
  changesSince(version: number): readonly Change[] | undefined;
  onChange(listener: (change: Change) => void): () => void;
  close(reason: Error): void;
}

export function subjectOf(resource: ResourceName, name: string): Subject {
  return { resource, group: resourceOf(resource).group, name };
}

export function createClusterState(): ServerState {
  const objects = new Map<ResourceName, Map<string, KubeObject>>();
  const log = createChangeLog();
  const signal = createSignal();
  const listeners = new Set<(change: Change) => void>();
  let version = 0;

  const all = (resource: ResourceName) => {
    let found = objects.get(resource);
    if (found === undefined) objects.set(resource, (found = new Map<string, KubeObject>()));
    return found;
  };
  const key = ({ name, namespace = "" }: ObjectRef) => `${namespace}/${name}`;

  function commit(type: Change["type"], resource: ResourceName, object: KubeObject, previous?: KubeObject): KubeObject {
    version++;
    const stored: KubeObject = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    if (type === "DELETED") all(resource).delete(key(stored.metadata));
    else all(resource).set(key(stored.metadata), stored);
    const change: Change = { type, resource, object: stored, version, ...(previous !== undefined && { previous }) };
    log.append(change);
    for (const listener of listeners) listener(change);
    signal.notify();
    return stored;
  }

  function existing(resource: ResourceName, ref: ObjectRef): KubeObject {
    const found = all(resource).get(key(ref));
    if (found === undefined) throw notFound(subjectOf(resource, ref.name));
    return found;
  }

  const state: ServerState = {
    get version() {
      return version;
    },
    get: (resource, ref) => all(resource).get(key(ref)),
    list: (resource, namespace) =>
      [...all(resource).values()]
        .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
        .toSorted((a, b) => (key(a.metadata) < key(b.metadata) ? -1 : 1)),
    create(resource, object) {
      const created = prepareNew(resource, object, randomUUID());
      const { name, namespace } = created.metadata;
      if (namespace !== undefined) existing("namespaces", { name: namespace });
      if (state.get(resource, created.metadata)) throw alreadyExists(subjectOf(resource, name));
      return commit("ADDED", resource, created);
    },
    update(resource, object, options = {}) {
      const current = existing(resource, object.metadata);
      const next = prepareUpdate(resource, current, object, options);
      // Nothing changed: no new version and no event, as GuaranteedUpdate short-circuits it.
      return isDeepStrictEqual(next, current) ? current : commit("MODIFIED", resource, next, current);
    },
    delete(resource, ref, options = {}) {
      const current = existing(resource, ref);
      const marked = gracefulDeletion(resource, current, options);
      if (marked === undefined) return commit("DELETED", resource, current, current);
      return isDeepStrictEqual(marked, current) ? current : commit("MODIFIED", resource, marked, current);
    },
    until: signal.until,
    compact: () => log.compact(version),
    changesSince: log.since,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: signal.close,
  };
  for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"]) {
    state.create("namespaces", { metadata: { name }, status: { phase: "Active" } });
  }
  return state;
}
