import type { Subject } from "./subject.ts";

/** The names of the pods that the kubelet has admitted; 1.37 with the gate KubeletAllocatedPodsEndpoint. */
export async function getAllocatedPods({ client }: Subject) {
  const { data, error } = await client.GET("/allocatedPods");
  if (error) throw error;
  return (data.items ?? []).map(({ metadata }) => metadata?.name);
}
