import type { Subject } from "./subject.ts";

/** The containers that the runtime says are running. */
export async function getRunningPods({ client }: Subject) {
  const { data, error } = await client.GET("/runningpods/");
  if (error) throw error;
  return (data.items ?? []).flatMap(({ spec }) => spec.containers?.map(({ name }) => name) ?? []);
}
