import {
  type ContainerWithDevices,
  type DeviceOfResource,
  podResourcesClient,
  type PodResourcesClient,
  type PodWithDevices,
} from "@kubelet-conformance/device-plugin/pod-resources";
import { grpcErrorCode, grpcErrorText } from "@kubelet-conformance/cri/grpc";
import { setTimeout as delay } from "node:timers/promises";
import { type AreaChecks, Blocked, Broken, type Check, type CheckContext } from "../engine/check.ts";
import { quoted } from "../engine/text.ts";
import { samples } from "../target/prometheus.ts";
import { untilCounted } from "./device-plugin-counts.ts";
import { awaited, twoDevices, withRegistered } from "./device-plugin-play.ts";
import { type PlayedPod, withPod } from "./device-plugin-pod.ts";
import { inRoot } from "./device-plugin-sockets.ts";
import type { DevicePluginDouble } from "@kubelet-conformance/device-plugin/double";

const both = { capacity: 2, allocatable: 2 };

/** `device-plugins.pod-resources.*`: what monitoring is told. */
export const monitoringChecks = {
  "device-plugins.pod-resources.pods": (context) =>
    asking(context, async (kubelet) => {
      const { running } = context.target;
      if (!running) throw new Blocked("running-container");
      const pod = podIn(await answered("List", kubelet.list(context.signal)), { namespace: running.namespace, name: running.pod });
      if (!pod.containers.some(({ name }) => name === running.container)) {
        throw new Broken(`the container ${running.container} of ${running.pod}`, namesOf(pod.containers));
      }
    }),

  "device-plugins.pod-resources.devices": monitored({ devices: 2 }, async (context, kubelet, pod, plugin) => {
    requireDevices(await listed(context, kubelet, pod), plugin);
  }),

  "device-plugins.pod-resources.sidecars": monitored({ sidecars: true }, async (context, kubelet, pod, plugin) => {
    const containers = await listed(context, kubelet, pod);
    if (containers.some(({ name }) => name === "first")) throw new Broken("no init container that is no sidecar", namesOf(containers));
    const sidecar = containers.find(({ name }) => name === "sidecar");
    if (!sidecar) throw new Broken("the sidecar", namesOf(containers));
    if (sidecar.devices.length !== 1) throw new Broken(`the sidecar's one device of ${plugin.resourceName}`, shown(sidecar.devices));
  }),

  "device-plugins.pod-resources.topology": (context) => {
    const devices = [
      { id: "device-1", numaNodes: [0] },
      { id: "device-2", numaNodes: [0, 1] },
    ];
    return withRegistered(context, { devices }, async (plugin) => {
      await untilCounted(context, plugin, both);
      await asking(context, async (kubelet) => {
        const found = await allocatable(context, kubelet, plugin);
        const [actual, expected] = [found, devices].map((list) =>
          list
            .map(({ id, numaNodes }) => `${id} at ${numaNodes.toSorted((one, other) => one - other).join(" and ") || "none"}`)
            .toSorted()
            .join(", "),
        );
        if (actual !== expected) throw new Broken(`NUMA nodes: ${expected}`, actual || "no devices");
      });
    });
  },

  "device-plugins.pod-resources.ended": monitored({ command: ["true"], restartPolicy: "Never" }, async (context, kubelet, pod, plugin) => {
    await pod.over();
    let devices: DeviceOfResource[] = [];
    const none = async (signal: AbortSignal): Promise<void> => {
      for (;;) {
        const pods = await answered("List", kubelet.list(context.signal));
        devices = pods.filter(isOf(pod)).flatMap(({ containers }) => containers.flatMap((container) => container.devices));
        if (devices.length === 0) return;
        // Its status says that it is over before the kubelet is done with it.
        await delay(pollMs, undefined, { signal });
      }
    };
    await awaited(context, `no devices of ${plugin.resourceName} for a pod that is over`, none, () => shown(devices));
  }),

  "device-plugins.pod-resources.allocatable": monitored({}, async (context, kubelet, _pod, plugin) => {
    requireIds(await allocatable(context, kubelet, plugin), ["device-1", "device-2"]);
  }),

  "device-plugins.pod-resources.allocatable-healthy": (context) =>
    withRegistered(context, { devices: [{ id: "device-1" }, { id: "device-2", health: "Unhealthy" }] }, async (plugin) => {
      await untilCounted(context, plugin, { capacity: 2, allocatable: 1 });
      await asking(context, async (kubelet) => requireIds(await allocatable(context, kubelet, plugin), ["device-1"]));
    }),

  "device-plugins.pod-resources.get": monitored({}, async (context, kubelet, pod, plugin) => {
    const { namespace, name } = pod.ref;
    const found = await answered("Get", kubelet.get(namespace, name, context.signal));
    if (found?.name !== name || found.namespace !== namespace) throw new Broken(`the pod ${namespace}/${name}`, found?.name ?? "none");
    requireDevices(found.containers, plugin);
  }),

  "device-plugins.pod-resources.get-unknown": (context) =>
    asking(context, async (kubelet) => {
      const answer = await kubelet.get("conformance", "nobody", context.signal).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (answer === undefined) throw new Broken("Get of a pod that is not there to be refused", "a pod");
      if (grpcErrorCode(answer) !== "Unknown") throw new Broken("the code Unknown", grpcErrorText(answer));
      const text = "rpc error: code = Unknown desc = pod nobody in namespace conformance not found";
      if (grpcErrorText(answer) !== text) context.warn(quoted(text), quoted(grpcErrorText(answer)));
    }),

  "device-plugins.pod-resources.alpha": monitored({}, async (context, kubelet, pod, plugin) => {
    requireDevices(podIn(await answered("List of v1alpha1", kubelet.listAlpha(context.signal)), pod.ref).containers, plugin);
  }),

  "device-plugins.pod-resources.counted": (context) =>
    asking(context, async (kubelet) => {
      const counted = async (): Promise<number> => {
        const found = samples((await context.send({ target: "/metrics" })).body.toString(), requestsTotal);
        return found.find(({ labels }) => labels["server_api_version"] === "v1")?.value ?? 0;
      };
      const before = await counted();
      await answered("List", kubelet.list(context.signal));
      const after = await counted();
      if (after <= before) throw new Broken(`${requestsTotal} of v1 above ${before} after a List`, String(after));
    }),
} satisfies Partial<AreaChecks<"device-plugins">>;

const pollMs = 50;
const requestsTotal = "kubelet_pod_resources_endpoint_requests_total";

type Act = (context: CheckContext, kubelet: PodResourcesClient, pod: PlayedPod, plugin: DevicePluginDouble) => Promise<void>;

/** A plugin with two devices, and a pod whose container has one of them. */
function monitored(wish: Parameters<typeof withPod>[2], act: Act): Check {
  return (context) =>
    withRegistered(context, { devices: twoDevices }, async (plugin) => {
      await untilCounted(context, plugin, both);
      await withPod(context, plugin, wish, async (pod) => {
        await pod.container();
        await asking(context, (kubelet) => act(context, kubelet, pod, plugin));
      });
    });
}

async function asking(context: CheckContext, act: (kubelet: PodResourcesClient) => Promise<void>): Promise<void> {
  const kubelet = podResourcesClient(inRoot(context, "pod-resources/kubelet.sock"));
  try {
    await act(kubelet);
  } finally {
    kubelet.close();
  }
}

/** What the kubelet says; a question that fails fails the requirement. */
async function answered<T>(method: string, answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw new Broken(`an answer to ${method}`, grpcErrorText(error));
  });
}

async function listed(context: CheckContext, kubelet: PodResourcesClient, { ref }: PlayedPod): Promise<readonly ContainerWithDevices[]> {
  return podIn(await answered("List", kubelet.list(context.signal)), ref).containers;
}

async function allocatable(
  context: CheckContext,
  kubelet: PodResourcesClient,
  { resourceName }: DevicePluginDouble,
): Promise<DeviceOfResource[]> {
  const all = await answered("GetAllocatableResources", kubelet.allocatable(context.signal));
  return all.filter((device) => device.resourceName === resourceName);
}

function isOf({ ref }: PlayedPod) {
  return ({ namespace, name }: PodWithDevices): boolean => namespace === ref.namespace && name === ref.name;
}

function podIn(pods: readonly PodWithDevices[], ref: { namespace: string; name: string }): PodWithDevices {
  const found = pods.find(({ namespace, name }) => namespace === ref.namespace && name === ref.name);
  if (!found) throw new Broken(`the pod ${ref.namespace}/${ref.name}`, namesOf(pods));
  return found;
}

/** The devices of the container with some are exactly those that its plugin has allocated. */
function requireDevices(containers: readonly ContainerWithDevices[], { calls, resourceName }: DevicePluginDouble): void {
  const allocated = calls.filter(({ method }) => method === "Allocate").flatMap(({ request }) => request.deviceIds);
  const main = containers.find(({ name }) => name === "main");
  if (!main) throw new Broken("the container main", namesOf(containers));
  const other = main.devices.find((device) => device.resourceName !== resourceName);
  if (other) throw new Broken(`devices of ${resourceName}`, shown([other]));
  requireIds(main.devices, allocated);
}

function requireIds(devices: readonly DeviceOfResource[], expected: readonly string[]): void {
  const [actual, wanted] = [devices.map(({ id }) => id), expected].map((ids) => ids.toSorted().join(", "));
  if (actual !== wanted) throw new Broken(String(wanted), shown(devices));
}

function shown(devices: readonly DeviceOfResource[]): string {
  return devices.map(({ resourceName, id }) => `${id} of ${resourceName}`).join(", ") || "none";
}

function namesOf(named: readonly { name: string }[]): string {
  return named.map(({ name }) => name).join(", ") || "none";
}
