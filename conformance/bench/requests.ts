import autocannon from "autocannon";

/** Requests per second that a kubelet answers over kept TLS connections, from a process that does nothing else. */
export async function requestsPerSecond(
  server: string,
  { cert, key, ca }: { cert: string; key: string; ca: string },
  path: string,
): Promise<number> {
  const { requests } = await autocannon({
    url: `${server}${path}`,
    connections: 10,
    duration: 4,
    // In a thread of its own: the kubelet's loop runs in this one.
    workers: 1,
    tlsOptions: { cert, key, ca },
  });
  return requests.average;
}
