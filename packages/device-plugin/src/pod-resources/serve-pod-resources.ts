import { Code, ConnectError } from "@connectrpc/connect";
import { serveSocket, type ServedSocket } from "@kubelet-conformance/cri/grpc";
import { PodResourcesLister } from "../generated/pod-resources/v1/api_pb.ts";
import { PodResourcesLister as AlphaLister } from "../generated/pod-resources/v1alpha1/api_pb.ts";
import { type DeviceOfResource, type PodWithDevices, wireDevices } from "./pod-with-devices.ts";

/** A question that a kubelet refuses; who asks gets the code Unknown and these words, as of any error of Go's. */
export class PodResourcesRefusal extends Error {
  readonly code = "ERR_POD_RESOURCES_REFUSED";
}

export interface PodResourcesService {
  list: () => readonly PodWithDevices[];
  /** By the API of 1.13 to 1.19; undefined: it is not served. */
  listAlpha: (() => readonly PodWithDevices[]) | undefined;
  allocatable: () => readonly DeviceOfResource[];
  /** Throws PodResourcesRefusal; undefined: kubelets before 1.27, which have no such method. */
  get: ((namespace: string, name: string) => PodWithDevices) | undefined;
}

/** Answers monitoring at this absolute path. Rejects with SocketError when it cannot be listened on. */
export function servePodResources(path: string, { list, listAlpha, allocatable, get }: PodResourcesService): Promise<ServedSocket> {
  const refusing = <T>(answer: () => T): T => {
    try {
      return answer();
    } catch (error) {
      throw error instanceof PodResourcesRefusal ? new ConnectError(error.message, Code.Unknown) : error;
    }
  };
  return serveSocket((router) => {
    router.service(PodResourcesLister, {
      list: () => ({ podResources: list().map(wirePod) }),
      getAllocatableResources: () => ({ devices: wireDevices(allocatable()) }),
      ...(get ? { get: ({ podNamespace, podName }) => refusing(() => ({ podResources: wirePod(get(podNamespace, podName)) })) } : {}),
    });
    if (listAlpha)
      router.service(AlphaLister, {
        list: () => ({ podResources: listAlpha().map((pod) => ({ ...pod, containers: pod.containers.map(alphaContainer) })) }),
      });
  }, path);
}

function wirePod({ namespace, name, containers }: PodWithDevices) {
  return {
    namespace,
    name,
    containers: containers.map((container) => ({ name: container.name, devices: wireDevices(container.devices) })),
  };
}

function alphaContainer({ name, devices }: PodWithDevices["containers"][number]) {
  return { name, devices: devices.map(({ resourceName, id }) => ({ resourceName, deviceIds: [id] })) };
}
