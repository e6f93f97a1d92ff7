import { textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import type { ApiAnswer } from "../api-server/api-client.ts";
import type { ApiLink } from "../api-server/api-link.ts";
import { timestamp } from "./time.ts";

/** What an event is about: the members of its `involvedObject`. */
export interface ObjectReference {
  kind: string;
  name: string;
  namespace?: string;
  uid?: string;
  apiVersion?: string;
  resourceVersion?: string;
  fieldPath?: string;
}

/** Tells the API server what happens. Nothing waits for it. */
export interface EventRecorder {
  record(about: ObjectReference, type: "Normal" | "Warning", reason: string, message: string): void;
  /** About the kubelet's own node. */
  ofNode(type: "Normal" | "Warning", reason: string, message: string): void;
}

interface Seen {
  name: string;
  count: number;
  firstTimestamp: string;
}

/** An object has so many events at once, and one more every five minutes (client-go's spam filter). */
const burst = 25;
const refillMs = 300_000;
const tries = 12;
const retryMs = 10_000;
/** client-go remembers so many different events. */
const remembered = 4096;

/** Writes events one after the other, until the kubelet ends. */
export function createEventRecorder({ api, clock, logger, nodeName, signal }: ApiLink, minor: string): EventRecorder {
  const isVersioned = behaviour("node-events", minor).nodeReference === "version";
  const node: ObjectReference = { kind: "Node", name: nodeName, ...(isVersioned ? { apiVersion: "v1" } : { uid: nodeName }) };
  const seen = new Map<string, Seen>();
  const tokens = new Map<string, { left: number; at: number }>();
  let last = Promise.resolve();
  let lastNanoseconds = 0n;

  function mayRecord(about: ObjectReference): boolean {
    const key = [about.kind, about.namespace, about.name, about.uid, about.apiVersion].join("/");
    const now = clock.elapsed();
    const before = tokens.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + (now - before.at) / refillMs);
    tokens.set(key, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  }

  /** Names of events end in the time, in nanoseconds and hexadecimal. */
  function suffix(): string {
    const now = BigInt(Math.floor(clock.now() * 1000)) * 1000n;
    lastNanoseconds = now > lastNanoseconds ? now : lastNanoseconds + 1n;
    return lastNanoseconds.toString(16);
  }

  async function write(about: ObjectReference, type: string, reason: string, message: string): Promise<void> {
    const { resourceVersion: _version, ...object } = about;
    const key = JSON.stringify([object, type, reason, message]);
    const namespace = about.namespace ?? "default";
    const collection = `/api/v1/namespaces/${namespace}/events`;
    const now = timestamp(clock.now());
    const before = seen.get(key);
    if (before !== undefined) {
      const count = before.count + 1;
      const path = `${collection}/${before.name}`;
      const answer = await send(() => api.send({ method: "PATCH", path, body: { count, lastTimestamp: now, message }, signal }));
      if (answer?.code !== 404) {
        before.count = count;
        return;
      }
    }
    const event = before ?? { name: `${about.name}.${suffix()}`, count: 0, firstTimestamp: now };
    event.count++;
    const body: JsonObject = {
      kind: "Event",
      apiVersion: "v1",
      metadata: { name: event.name, namespace },
      involvedObject: { ...about },
      reason,
      message,
      source: { component: "kubelet", host: nodeName },
      firstTimestamp: event.firstTimestamp,
      lastTimestamp: now,
      count: event.count,
      type,
      eventTime: null,
      reportingComponent: "kubelet",
      reportingInstance: nodeName,
    };
    const answer = await send(() => api.send({ method: "POST", path: collection, body, signal }));
    if (answer !== undefined && answer.code >= 300) logger.error(`event ${event.name} was refused: ${textAt(answer.body, "message")}`);
    seen.delete(key);
    seen.set(key, event);
    const oldest = seen.keys().next().value;
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
  }

  /** Only what never reached the server is tried again. */
  async function send(request: () => Promise<ApiAnswer>): Promise<ApiAnswer | undefined> {
    for (let left = tries; left > 0 && !signal.aborted; left--) {
      try {
        return await request();
      } catch {
        if (left === tries) logger.error("an event cannot be written, will retry");
      }
      await clock.wait("event-retry", retryMs, signal).catch(() => {});
    }
    return undefined;
  }

  function record(about: ObjectReference, type: "Normal" | "Warning", reason: string, message: string): void {
    if (signal.aborted || !mayRecord(about)) return;
    last = last.then(() => write(about, type, reason, message)).catch(() => {});
  }

  return { record, ofNode: (type, reason, message) => record(node, type, reason, message) };
}
