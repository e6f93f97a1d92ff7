import { createClock, type Clock } from "../clock.ts";
import type { Closers } from "../closers.ts";
import type { Deviation } from "../deviations/deviation.ts";
import type { Logger } from "../log.ts";
import { createApiClient, type ApiClient } from "./api-client.ts";
import type { ApiServerAccess } from "@kubelet-conformance/control-plane";

/** What one kubelet reaches its API server by. */
export interface ApiLink {
  api: ApiClient;
  clock: Clock;
  logger: Logger;
  nodeName: string;
  /** Ends with the kubelet. */
  signal: AbortSignal;
  /** Takes note of work that the signal ends, and that the kubelet's end waits for. It must not reject. */
  keep(work: Promise<void>): void;
}

export interface ApiLinkOptions {
  apiServer: ApiServerAccess;
  /** Of the kubelet. */
  version: string;
  nodeName: string;
  logger: Logger;
  timeScale: number | undefined;
  deviation: Deviation | undefined;
  closers: Closers;
}

/** Connects nothing yet; everything ends with the kubelet. */
export function openLink({ apiServer, version, nodeName, logger, timeScale, deviation, closers }: ApiLinkOptions): ApiLink {
  const client = createApiClient(apiServer, `kubelet/${version} (linux/amd64) kubernetes/reference`);
  const stopping = new AbortController();
  const works: Promise<void>[] = [];
  closers.add(async () => {
    stopping.abort();
    await Promise.all(works);
    client.close();
  });
  return {
    api: deviation?.api?.(client) ?? client,
    clock: createClock({ scale: timeScale, change: deviation?.wait?.bind(deviation) }),
    logger,
    nodeName,
    signal: stopping.signal,
    keep: (work) => void works.push(work),
  };
}
