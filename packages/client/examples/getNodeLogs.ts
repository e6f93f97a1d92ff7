import type { Subject } from "./subject.ts";

/** What is in the node's /var/log, as a page of links. */
export async function getNodeLogs({ client }: Subject) {
  const { data, error } = await client.GET("/logs/");
  if (error) throw error;
  return [...data.matchAll(/href="([^"]+)"/g)].map(([, name]) => name);
}
