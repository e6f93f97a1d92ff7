import type { Subject } from "./subject.ts";

/** A file below the node's /var/log; slashes in its path stand as they are. */
export async function getNodeLog({ client }: Subject) {
  const path = `containers/`;
  const { data, error } = await client.GET("/logs/{path}", { params: { path: { path } } });
  if (error) throw error;
  return data;
}
