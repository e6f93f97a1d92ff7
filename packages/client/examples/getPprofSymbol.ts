import type { Subject } from "./subject.ts";

/** Whether the kubelet can name its functions. */
export async function getPprofSymbol({ client }: Subject) {
  const { data, error } = await client.GET("/debug/pprof/symbol");
  if (error) throw error;
  return data;
}
