import type { Subject } from "./subject.ts";

/** Results of probes. */
export async function getMetricsProbes({ client }: Subject) {
  const { data, error } = await client.GET("/metrics/probes");
  if (error) throw error;
  return data.split("\n").filter((line) => line.startsWith("# TYPE "));
}
