import type { Subject } from "./subject.ts";

/** Whether its main loop goes round. */
export async function getHealthzSyncLoop({ client }: Subject) {
  const { response, error } = await client.GET("/healthz/syncloop");
  if (error) throw error;
  return response.ok;
}
