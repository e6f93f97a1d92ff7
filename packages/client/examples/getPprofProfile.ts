import type { Subject } from "./subject.ts";

/** A CPU profile of one second, for `go tool pprof`. */
export async function getPprofProfile({ client }: Subject) {
  const { data, error } = await client.GET("/debug/pprof/profile", { params: { query: { seconds: "1" } }, parseAs: "arrayBuffer" });
  if (error) throw error;
  return new Uint8Array(data);
}
