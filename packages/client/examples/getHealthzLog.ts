import type { Subject } from "./subject.ts";

/** Whether its log is written out. */
export async function getHealthzLog({ client }: Subject) {
  const { response, error } = await client.GET("/healthz/log");
  if (error) throw error;
  return response.ok;
}
