/** What is kept of a call of the kubelet's, whichever method it was. */
export interface PluginRequest {
  /** Ids in Allocate and PreStartContainer. */
  deviceIds: readonly string[];
  /** In GetPreferredAllocation: what may be chosen, what must be, and how many. */
  available: readonly string[];
  mustInclude: readonly string[];
  size: number;
}

/** A container's part of a request; kubelets ask for one container at a time. */
interface ContainerRequest {
  devicesIds?: readonly string[];
  availableDeviceIDs?: readonly string[];
  mustIncludeDeviceIDs?: readonly string[];
  allocationSize?: number;
}

/** Reads any message of the API: each has some of these members. */
export function pluginRequest(message: { devicesIds?: readonly string[]; containerRequests?: readonly ContainerRequest[] }): PluginRequest {
  const [request = {}] = message.containerRequests ?? [];
  return {
    deviceIds: message.devicesIds ?? request.devicesIds ?? [],
    available: request.availableDeviceIDs ?? [],
    mustInclude: request.mustIncludeDeviceIDs ?? [],
    size: request.allocationSize ?? 0,
  };
}
