import type { Subject } from "./subject.ts";

/** The same for the pod of this UID and for none of the same name that came after it. */
export async function getAllocatedPodByUid({ client, namespace, pod, uid }: Subject) {
  const { data, error } = await client.GET("/allocatedPods/{namespace}/{pod}/{uid}", { params: { path: { namespace, pod, uid } } });
  if (error) throw error;
  return data.metadata.uid;
}
