import autocannon from "autocannon";

type Options = Pick<Parameters<typeof autocannon>[0], "headers" | "tlsOptions">;

/** Requests per second that a server answers over kept connections, from a process that does nothing else. */
export async function requestsPerSecond(url: string, options: Options): Promise<number> {
  // In a thread of its own: the server's loop may run in this one.
  const { requests, non2xx, errors } = await autocannon({ url, connections: 10, duration: 4, workers: 1, ...options });
  if (non2xx + errors > 0) throw new Error(`${url} refused ${non2xx} requests, and lost ${errors}`);
  return requests.average;
}
