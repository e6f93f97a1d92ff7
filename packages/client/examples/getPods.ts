import type { Subject } from "./subject.ts";

/** The names of the node's pods. */
export async function getPods({ client }: Subject) {
  const { data, error } = await client.GET("/pods");
  if (error) throw error;
  return (data.items ?? []).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
}
