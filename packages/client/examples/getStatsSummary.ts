import type { Subject } from "./subject.ts";

/** What the node and its pods use of CPU and memory. */
export async function getStatsSummary({ client }: Subject) {
  const { data, error } = await client.GET("/stats/summary", { params: { query: { only_cpu_and_memory: "true" } } });
  if (error) throw error;
  return data.pods.map(({ podRef, memory }) => ({ pod: podRef.name, bytes: memory?.workingSetBytes }));
}
