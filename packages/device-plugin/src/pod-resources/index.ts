/** What a kubelet tells monitoring of its containers' devices: how to ask it, and how to answer. */
export { podResourcesClient, type PodResourcesClient } from "./pod-resources-client.ts";
export type { ContainerWithDevices, DeviceOfResource, PodWithDevices } from "./pod-with-devices.ts";
export { PodResourcesRefusal, servePodResources, type PodResourcesService } from "./serve-pod-resources.ts";
