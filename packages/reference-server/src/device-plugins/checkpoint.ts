import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ContainerAllocateResponse, decodeAllocation, encodeAllocation } from "@kubelet-conformance/device-plugin";
import { checkpointFile } from "./rules.ts";

/** Devices that a container has, and what came with them. */
export interface Allocated {
  podUid: string;
  container: string;
  resource: string;
  deviceIds: readonly string[];
  response: ContainerAllocateResponse;
}

/** What outlives a kubelet: who has which devices, and which resources there were. */
export interface Remembered {
  allocated: readonly Allocated[];
  resources: Readonly<Record<string, readonly string[]>>;
}

/** The members of kubelet_internal_checkpoint as kubelets write them; without a checksum, which is one of Go's own memory. */
interface Content {
  Data?: {
    PodDeviceEntries?: {
      PodUID: string;
      ContainerName: string;
      ResourceName: string;
      DeviceIDs: Record<string, string[]>;
      AllocResp: string;
    }[];
    RegisteredDevices?: Record<string, string[]>;
  };
}

/** Devices of no NUMA node. */
const anywhere = "-1";

/** What the kubelet that ran before knew; nothing, where there was none or its file cannot be read. */
export async function readCheckpoint(directory: string): Promise<Remembered> {
  try {
    // Written by a kubelet like this one; anything else throws below.
    const { Data = {} } = JSON.parse(await readFile(join(directory, checkpointFile), "utf8")) as Content;
    const allocated = (Data.PodDeviceEntries ?? []).map(({ PodUID, ContainerName, ResourceName, DeviceIDs, AllocResp }) => ({
      podUid: PodUID,
      container: ContainerName,
      resource: ResourceName,
      deviceIds: Object.values(DeviceIDs).flat(),
      response: decodeAllocation(AllocResp),
    }));
    return { allocated, resources: Data.RegisteredDevices ?? {} };
  } catch {
    return { allocated: [], resources: {} };
  }
}

export async function writeCheckpoint(directory: string, { allocated, resources }: Remembered): Promise<void> {
  const entries = allocated.map(({ podUid, container, resource, deviceIds, response }) => ({
    PodUID: podUid,
    ContainerName: container,
    ResourceName: resource,
    DeviceIDs: { [anywhere]: deviceIds },
    AllocResp: encodeAllocation(response),
  }));
  const content = { Data: { PodDeviceEntries: entries, RegisteredDevices: resources }, Checksum: 0 };
  await writeFile(join(directory, checkpointFile), JSON.stringify(content), { mode: 0o600 });
}
