import type { Subject } from "./subject.ts";

/** An execution trace of one second, for `go tool trace`. */
export async function getPprofTrace({ client }: Subject) {
  const { data, error } = await client.GET("/debug/pprof/trace", { params: { query: { seconds: "1" } }, parseAs: "arrayBuffer" });
  if (error) throw error;
  return new Uint8Array(data);
}
