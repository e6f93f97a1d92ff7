import type { WireClient } from "../target/wire.ts";
import type { Clients } from "./clients.ts";
import { parsePodList } from "./pod-list.ts";
import { replay, type Endpoint } from "./replay.ts";
import type { Places } from "./volatile.ts";

/** The kubelet that answers the recorded requests. */
export interface Subject {
  /** A listener that is not there is undefined. */
  endpoints: Readonly<Record<"main" | "read-only" | "healthz", Endpoint | undefined>>;
  clients: Clients;
  places: Places;
  stop(): Promise<void>;
}

/** The UID of a pod of the default namespace, as /pods tells the administrator; undefined when it is not there. */
export async function findUid({ endpoints, clients }: Subject, pod: string): Promise<string | undefined> {
  const client: WireClient | undefined = clients.get("admin");
  if (endpoints.main === undefined || client === undefined) return undefined;
  const answer = await replay(endpoints.main, {
    method: "GET",
    target: "/pods",
    headers: [],
    client,
  });
  if ("error" in answer || answer.status !== 200) return undefined;
  return parsePodList(answer.body.toString())?.items?.find(({ metadata }) => metadata?.name === pod)?.metadata?.uid;
}
