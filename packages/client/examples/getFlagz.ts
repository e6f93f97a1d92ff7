import type { Subject } from "./subject.ts";

/** The flags that the kubelet runs with, as text. */
export async function getFlagz({ client }: Subject) {
  const { data, error } = await client.GET("/flagz");
  if (error) throw error;
  return data;
}
