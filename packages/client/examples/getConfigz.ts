import type { Subject } from "./subject.ts";

/** The configuration that the kubelet runs with; the rest of it is beside this. */
export async function getConfigz({ client }: Subject) {
  const { data, error } = await client.GET("/configz");
  if (error) throw error;
  return data.kubeletconfig.evictionHard;
}
