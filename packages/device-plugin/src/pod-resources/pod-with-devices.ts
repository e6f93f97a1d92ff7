/** A device, and where it is. */
export interface DeviceOfResource {
  resourceName: string;
  id: string;
  /** Ids of the NUMA nodes to which it is near; empty: its plugin says nothing. */
  numaNodes: readonly number[];
}

export interface ContainerWithDevices {
  name: string;
  devices: readonly DeviceOfResource[];
}

/** A pod of the node, with what its containers have. */
export interface PodWithDevices {
  namespace: string;
  name: string;
  containers: readonly ContainerWithDevices[];
}

/** A device as the API writes it: there may be several ids in one message, and several messages for one id. */
export interface WireDevices {
  resourceName: string;
  deviceIds: readonly string[];
  topology?: { nodes: readonly { ID: bigint }[] } | undefined;
}

/** The same for a message to come, whose lists are its own. */
interface WrittenDevices {
  resourceName: string;
  deviceIds: string[];
  topology?: { nodes: { ID: bigint }[] };
}

/** One entry for each device. */
export function devicesOf(messages: readonly WireDevices[]): DeviceOfResource[] {
  const found = new Map<string, { resourceName: string; id: string; numaNodes: number[] }>();
  for (const { resourceName, deviceIds, topology } of messages) {
    for (const id of deviceIds) {
      const key = `${resourceName} ${id}`;
      const device = found.get(key) ?? { resourceName, id, numaNodes: [] };
      found.set(key, device);
      device.numaNodes.push(...(topology?.nodes ?? []).map(({ ID }) => Number(ID)));
    }
  }
  return [...found.values()];
}

/** One message for each device and NUMA node, as kubelets write them. */
export function wireDevices(devices: readonly DeviceOfResource[]): WrittenDevices[] {
  return devices.flatMap(({ resourceName, id, numaNodes }): WrittenDevices[] =>
    numaNodes.length === 0
      ? [{ resourceName, deviceIds: [id] }]
      : numaNodes.map((node) => ({ resourceName, deviceIds: [id], topology: { nodes: [{ ID: BigInt(node) }] } })),
  );
}
