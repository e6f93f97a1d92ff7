import type { Subject } from "./subject.ts";

/** The kubelet's own metrics, in the text format of Prometheus. */
export async function getMetrics({ client }: Subject) {
  const { data, error } = await client.GET("/metrics");
  if (error) throw error;
  return data.split("\n").filter((line) => line.startsWith("# TYPE "));
}
