import type { Subject } from "./subject.ts";

/** The same, with a UID that kubelets do not compare. */
export async function runCommandByUid({ client, namespace, pod, uid, container }: Subject) {
  const { error } = await client.POST("/run/{namespace}/{pod}/{uid}/{container}", {
    params: { path: { namespace, pod, uid, container }, query: { cmd: "cat /absent" } },
  });
  return error?.text;
}
