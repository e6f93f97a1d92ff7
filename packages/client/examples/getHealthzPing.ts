import type { Subject } from "./subject.ts";

/** Whether the kubelet answers at all. */
export async function getHealthzPing({ client }: Subject) {
  const { response, error } = await client.GET("/healthz/ping");
  if (error) throw error;
  return response.ok;
}
