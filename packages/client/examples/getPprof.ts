import type { Subject } from "./subject.ts";

/** The stacks of all goroutines, as text. */
export async function getPprof({ client }: Subject) {
  const { data, error } = await client.GET("/debug/pprof/{name}", { params: { path: { name: "goroutine" }, query: { debug: "2" } } });
  if (error) throw error;
  return data;
}
