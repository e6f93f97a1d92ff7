import type { Subject } from "./subject.ts";

/** Sets how much the kubelet logs. */
export async function putVerbosity({ client }: Subject) {
  const { data, error } = await client.PUT("/debug/flags/v", { body: "2" });
  if (error) throw error;
  return data;
}
