import type { Subject } from "./subject.ts";

/** The resources that the kubelet has allotted to a pod's containers; 1.37 with the gate KubeletAllocatedPodsEndpoint. */
export async function getAllocatedPod({ client, namespace, pod }: Subject) {
  const { data, error } = await client.GET("/allocatedPods/{namespace}/{pod}", { params: { path: { namespace, pod } } });
  if (error) throw error;
  return data.spec.containers?.map(({ name, resources }) => ({ name, resources }));
}
