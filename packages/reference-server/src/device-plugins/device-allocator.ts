import { grpcErrorText } from "@kubelet-conformance/cri/grpc";
import { type ContainerAllocateResponse, emptyAllocation } from "@kubelet-conformance/device-plugin";
import type { Container, Pod } from "../pods/pod.ts";
import type { Allocated } from "./checkpoint.ts";
import { type DeviceTable, healthyOf } from "./device-table.ts";
import type { PluginMetrics } from "./plugin-metrics.ts";
import type { DeviceOptions, DevicePluginRules } from "./rules.ts";

export interface AllocatorOptions {
  table: DeviceTable;
  rules: DevicePluginRules;
  metrics: PluginMetrics;
  /** Whether CDI devices reach the runtime. */
  hasCdi: boolean;
  allocated: readonly Allocated[];
  onChange: () => void;
}

/** Why a pod cannot be taken up, as its status says it. */
export interface Rejection {
  reason: string;
  message: string;
}

/** Who has which devices. */
export interface DeviceAllocator {
  readonly allocated: readonly Allocated[];
  /** Gives all containers of a pod their devices, unless they have them. `active` are the pods that may keep theirs. */
  admit(pod: Pod, active: ReadonlySet<string>): Promise<Rejection | undefined>;
  /** What the container gets, which is about to be started. Rejects when a plugin's PreStartContainer fails. */
  prepare(pod: Pod, container: Container): Promise<DeviceOptions>;
}

/** The devices of a container that has none yet are not enough, or its plugin fails. */
class AllocationError extends Error {}

export function createDeviceAllocator({ table, rules, metrics, hasCdi, onChange, ...given }: AllocatorOptions): DeviceAllocator {
  let allocated = [...given.allocated];
  const starts = new Map<string, number>();
  const inUse = (resource: string): Set<string> =>
    new Set(allocated.filter((entry) => entry.resource === resource).flatMap(({ deviceIds }) => deviceIds));
  const of = ({ metadata: { uid } }: Pod, { name }: Container): Allocated[] =>
    allocated.filter(({ podUid, container }) => podUid === uid && container === name);

  async function choose(resource: string, needed: number, reusable: readonly string[]): Promise<readonly string[]> {
    const { devices, plugin } = table.get(resource) ?? { devices: new Map<string, boolean>(), plugin: undefined };
    const healthy = healthyOf(devices);
    if (healthy.length === 0) throw new AllocationError(`no healthy devices present; cannot allocate unhealthy devices ${resource}`);
    const taken = inUse(resource);
    const free = [...reusable, ...healthy.filter((id) => !taken.has(id))];
    if (free.length < needed) {
      const text = `requested number of devices unavailable for ${resource}. Requested: ${needed}, Available: ${free.length}`;
      throw new AllocationError(text);
    }
    const question = rules.preferredAmong(plugin?.options?.getPreferredAllocationAvailable === true, free, needed);
    const preferred = question && plugin ? await plugin.client.prefer(question.available, question.size) : [];
    return rules.choose({ free, all: [...devices.keys()], healthy, preferred, needed });
  }

  async function ask(resource: string, deviceIds: readonly string[]): Promise<ContainerAllocateResponse> {
    const { plugin } = table.get(resource) ?? {};
    if (!plugin) throw new AllocationError(`endpoint of ${resource} has been stopped`);
    const startedAt = performance.now();
    try {
      let answer: ContainerAllocateResponse | undefined;
      for (const ids of rules.allocateCalls(deviceIds)) answer = await plugin.client.allocate(ids);
      return answer ?? emptyAllocation();
    } catch (error) {
      throw new AllocationError(grpcErrorText(error), { cause: error });
    } finally {
      if (rules.timesAllocations) metrics.allocated(resource, (performance.now() - startedAt) / 1000);
    }
  }

  async function allocateContainer(pod: Pod, container: Container, reusable: Map<string, string[]>): Promise<void> {
    const has = new Set(of(pod, container).map(({ resource }) => resource));
    const wished = wishesOf(container);
    if (rules.allocatesNothing && wished.size === 0) {
      for (const resource of Object.keys(table.counts())) await ask(resource, []).catch(() => {});
    }
    for (const [resource, needed] of wished) {
      if (has.has(resource) || table.get(resource) === undefined) continue;
      const deviceIds = await choose(resource, needed, reusable.get(resource) ?? []);
      const entry = { podUid: pod.metadata.uid, container: container.name, resource, deviceIds };
      // Taken before the plugin is asked: another pod may be allocated for meanwhile.
      const held: Allocated = { ...entry, response: emptyAllocation() };
      allocated.push(held);
      try {
        held.response = await ask(resource, deviceIds);
      } catch (error) {
        allocated = allocated.filter((other) => other !== held);
        throw error;
      }
      onChange();
    }
  }

  return {
    get allocated() {
      return allocated;
    },
    async admit(pod, active) {
      const reusable = new Map<string, string[]>();
      const { initContainers = [], containers } = pod.spec;
      // Only for who wants some: right after a restart there are static pods before the API server's are known.
      if (rules.frees && [...initContainers, ...containers].some((container) => wishesOf(container).size > 0)) {
        allocated = allocated.filter(({ podUid }) => podUid === pod.metadata.uid || active.has(podUid));
      }
      try {
        for (const container of [...initContainers, ...containers]) {
          await allocateContainer(pod, container, reusable);
          const isInit = initContainers.includes(container) && container.restartPolicy !== "Always";
          for (const { resource, deviceIds } of of(pod, container)) {
            // An ended init container leaves its devices to the pod's others.
            const others = (reusable.get(resource) ?? []).filter((id) => !deviceIds.includes(id));
            reusable.set(resource, isInit ? [...others, ...deviceIds] : others);
          }
        }
        return undefined;
      } catch (error) {
        if (!(error instanceof AllocationError)) throw error;
        if (!(error.cause === undefined ? rules.rejectsTooMany : rules.rejectsFailed)) return undefined;
        allocated = allocated.filter(({ podUid }) => podUid !== pod.metadata.uid);
        return {
          reason: "UnexpectedAdmissionError",
          message: `Pod was rejected: Allocate failed due to ${error.message}, which is unexpected`,
        };
      }
    },
    async prepare(pod, container) {
      const own = of(pod, container);
      const key = `${pod.metadata.uid}/${container.name}`;
      for (const { resource, deviceIds } of own) {
        const { plugin } = table.get(resource) ?? {};
        const required = plugin?.options?.preStartRequired === true;
        const call = rules.preStart({ required, earlier: starts.get(key) ?? 0, deviceIds, timeoutMs: undefined });
        if (!call || !plugin) continue;
        await plugin.client.preStart(call.deviceIds, call.timeoutMs).catch((error: unknown) => {
          const text = `device plugin PreStartContainer rpc failed with err: ${grpcErrorText(error)}`;
          if (rules.preStartMatters) throw new Error(text, { cause: error });
        });
      }
      starts.set(key, (starts.get(key) ?? 0) + 1);
      return rules.container(optionsOf(own, hasCdi));
    },
  };
}

/** How many of which resource a container wants; whole numbers, as extended resources are. */
function wishesOf(container: Container): Map<string, number> {
  // Of a pod that was checked; whatever is no number of devices wants none.
  const { limits = {} } = (container["resources"] ?? {}) as { limits?: Record<string, unknown> };
  return new Map(
    Object.entries(limits).flatMap(([name, value]) => (Number(value) > 0 && name.includes("/") ? [[name, Number(value)]] : [])),
  );
}

/** What all allocations of a container bring; the first one of a name, path or device counts. */
function optionsOf(allocated: readonly Allocated[], hasCdi: boolean): DeviceOptions {
  const first = <T>(key: (item: T) => string, items: readonly T[]): T[] =>
    [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
  const responses = allocated.map(({ response }) => response);
  const pairs = (member: "annotations" | "envs") =>
    first(
      ([name]) => name,
      responses.flatMap((response) => Object.entries(response[member])),
    );
  return {
    envs: pairs("envs").map(([key, value]) => ({ key, value })),
    annotations: Object.fromEntries(pairs("annotations")),
    mounts: first(
      ({ containerPath }) => containerPath,
      responses.flatMap(({ mounts }) => mounts),
    ).map(({ containerPath, hostPath, readOnly }) => ({
      containerPath,
      hostPath,
      readonly: readOnly,
    })),
    devices: first(
      ({ containerPath }) => containerPath,
      responses.flatMap(({ devices }) => devices),
    ).map(({ containerPath, hostPath, permissions }) => ({ containerPath, hostPath, permissions })),
    CDIDevices: hasCdi
      ? first(
          ({ name }) => name,
          responses.flatMap(({ cdiDevices }) => cdiDevices),
        ).map(({ name }) => ({ name }))
      : [],
  };
}
