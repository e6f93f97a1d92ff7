import type { Subject } from "./subject.ts";

/** Metrics of containers from cgroups. */
export async function getMetricsCadvisor({ client }: Subject) {
  const { data, error } = await client.GET("/metrics/cadvisor");
  if (error) throw error;
  return data.split("\n").filter((line) => line.startsWith("# TYPE "));
}
