import type { Subject } from "./subject.ts";

/** Service level indicators of the kubelet's health checks. */
export async function getMetricsSlis({ client }: Subject) {
  const { data, error } = await client.GET("/metrics/slis");
  if (error) throw error;
  return data.split("\n").filter((line) => line.startsWith("# TYPE "));
}
