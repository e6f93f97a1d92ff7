import type { Subject } from "./subject.ts";

/** The kubelet's program and arguments. */
export async function getPprofCmdline({ client }: Subject) {
  const { data, error } = await client.GET("/debug/pprof/cmdline");
  if (error) throw error;
  return data.split("\0");
}
