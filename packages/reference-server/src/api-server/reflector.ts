import { objectAt, objectsAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { ApiRefusal, type ApiClient } from "./api-client.ts";

export interface ReflectorOptions {
  api: ApiClient;
  clock: Clock;
  logger: Logger;
  /** The collection, e.g. `/api/v1/pods`. */
  path: string;
  fieldSelector: string;
  /** Asks a watch for the present objects instead of a list, as client-go does with WatchListClient on. */
  watchList: boolean;
  signal: AbortSignal;
  /** Called with every state of the collection, by namespace and name; the first one included. */
  onChange: (objects: ReadonlyMap<string, JsonObject>) => void;
}

const firstRetryMs = 800;
const mostRetryMs = 30_000;

/** Keeps a copy of a collection until the signal ends it: client-go's Reflector. Never rejects. */
export async function reflect({ api, clock, logger, path, fieldSelector, watchList, signal, onChange }: ReflectorOptions): Promise<void> {
  let objects = new Map<string, JsonObject>();
  /** The version that the copy is of; empty: there is none yet, or none that can be gone on from. */
  let version = "";
  let canWatchList = watchList;
  let retryMs = firstRetryMs;

  function replace(items: readonly JsonObject[]): void {
    objects = new Map(items.map((item) => [keyOf(item), item]));
    onChange(objects);
  }

  async function list(): Promise<void> {
    const query = new URLSearchParams({ fieldSelector, limit: "500", resourceVersion: "0" });
    const answer = await api.send({ method: "GET", path: `${path}?${query.toString()}`, signal });
    if (answer.code !== 200) throw new ApiRefusal(answer);
    replace(objectsAt(answer.body, "items"));
    version = textAt(answer.body, "metadata.resourceVersion");
  }

  async function watch(): Promise<void> {
    const initial: JsonObject[] | undefined = version === "" ? [] : undefined;
    const start =
      initial === undefined ? { resourceVersion: version } : { resourceVersionMatch: "NotOlderThan", sendInitialEvents: "true" };
    const timeoutSeconds = String(300 + Math.floor(Math.random() * 300));
    const query = new URLSearchParams({ allowWatchBookmarks: "true", fieldSelector, ...start, timeoutSeconds, watch: "true" });
    for await (const { type, object } of api.watch(`${path}?${query.toString()}`, signal)) {
      if (type === "ERROR") throw new ApiRefusal({ code: Number(object["code"] ?? 500), body: object });
      if (initial !== undefined && version === "") {
        if (type !== "BOOKMARK") {
          initial.push(object);
          continue;
        }
        if (objectAt(objectAt(object, "metadata"), "annotations")["k8s.io/initial-events-end"] !== "true") continue;
        replace(initial);
      } else if (type === "DELETED") {
        objects.delete(keyOf(object));
        onChange(objects);
      } else if (type !== "BOOKMARK") {
        objects.set(keyOf(object), object);
        onChange(objects);
      }
      version = textAt(object, "metadata.resourceVersion");
      retryMs = firstRetryMs;
    }
  }

  while (!signal.aborted) {
    const startedAt = clock.elapsed();
    try {
      if (version === "" && !canWatchList) await list();
      await watch();
      // A watch that has run its time is taken up again at once.
      if (clock.elapsed() - startedAt > 1000) continue;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiRefusal) {
        const isOldServer = version === "" && canWatchList && [400, 422].includes(error.code);
        version = "";
        if (isOldServer) {
          canWatchList = false;
          continue;
        }
      }
      logger.error(`watch of ${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await clock.wait("watch-retry", retryMs * (1 + Math.random()), signal).catch(() => {});
    retryMs = Math.min(retryMs * 2, mostRetryMs);
  }
}

function keyOf(object: JsonObject): string {
  return `${textAt(object, "metadata.namespace")}/${textAt(object, "metadata.name")}`;
}
