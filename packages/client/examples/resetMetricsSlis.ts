import type { Subject } from "./subject.ts";

/** Sets the service level indicators to zero. */
export async function resetMetricsSlis({ client }: Subject) {
  const { data, error } = await client.DELETE("/metrics/slis");
  if (error) throw error;
  return data;
}
