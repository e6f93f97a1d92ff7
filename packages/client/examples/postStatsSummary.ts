import type { Subject } from "./subject.ts";

/** The same with the parameter in a form. */
export async function postStatsSummary({ client }: Subject) {
  const { data, error } = await client.POST("/stats/summary", { body: { only_cpu_and_memory: "true" } });
  if (error) throw error;
  return data.node.nodeName;
}
