import type { Subject } from "./subject.ts";

/** CPU and memory of node, pods and containers, as metrics-server reads them. */
export async function getMetricsResource({ client }: Subject) {
  const { data, error } = await client.GET("/metrics/resource");
  if (error) throw error;
  return data.split("\n").filter((line) => line.startsWith("# TYPE "));
}
