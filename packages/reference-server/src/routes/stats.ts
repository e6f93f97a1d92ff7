// Outside the spec for now: enough of /stats/summary that its requests are dispatched and refused as a real kubelet does.
import { grpcErrorText } from "@kubelet-conformance/cri";
import { behaviour } from "@kubelet-conformance/types";
import { json, plain } from "../http/answers.ts";
import { parseMediaType } from "../http/media-type.ts";
import { BodyError } from "../http/request-body.ts";
import { parseQuery } from "../http/target.ts";
import { nodeUsage, type ContainerUsage, type NodeUsage } from "../metrics/node-usage.ts";
import { escapeHtml } from "./pods.ts";
import type { KubeletState } from "../state.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

type Content = Record<string, unknown>;

/** GET and POST /stats/summary. */
export const getStatsSummary: RouteHandler = async (context) => {
  const form = await parseForm(context);
  if (typeof form === "string") return plain(500, `Internal Error: parse form failed: ${form}`);
  const isSmall = form.length === 1 && form[0] === "true";
  try {
    const usage = await nodeUsage(context.kubelet);
    return json(escapeHtml(JSON.stringify(summary(context.kubelet, usage, isSmall), null, 1)));
  } catch (error) {
    return plain(500, `Internal Error: failed to list pod stats: ${grpcErrorText(error)}`);
  }
};

/** Values of only_cpu_and_memory, or what ParseForm finds wrong. */
async function parseForm({ request, target }: RouteContext): Promise<readonly string[] | string> {
  const name = "only_cpu_and_memory";
  const query = parseQuery(target.rawQuery);
  if (request.method !== "POST") return query.problem ?? query.values(name);
  const { type, problem } = parseMediaType(request.header("Content-Type") ?? "application/octet-stream");
  if (type !== "application/x-www-form-urlencoded") return problem ?? query.problem ?? query.values(name);
  try {
    const form = parseQuery((await request.body()).toString("latin1"));
    return problem ?? form.problem ?? query.problem ?? [...form.values(name), ...query.values(name)];
  } catch (error) {
    if (error instanceof BodyError) return error.message;
    throw error;
  }
}

function summary(kubelet: KubeletState, usage: NodeUsage, isSmall: boolean): Content {
  const { swap, containerFs, pressure } = behaviour("stats-members", kubelet.minor);
  const time = seconds(new Date());
  const psi = { total: 0, avg10: 0, avg60: 0, avg300: 0 };
  const withPressure = pressure ? { psi: { full: psi, some: psi } } : {};
  const cpu = (total: number) => ({ time, usageNanoCores: 0, usageCoreNanoSeconds: Math.round(total * 1e9), ...withPressure });
  const memory = (bytes: number) => ({
    time,
    usageBytes: bytes,
    workingSetBytes: bytes,
    rssBytes: bytes,
    pageFaults: 0,
    majorPageFaults: 0,
    ...withPressure,
  });
  const io = pressure && !isSmall ? { io: { time, ...withPressure } } : {};
  const noSwap = swap ? { swap: { time, swapUsageBytes: 0 } } : {};
  const fs = { time, availableBytes: 0, capacityBytes: 0, usedBytes: 0, inodesFree: 0, inodes: 0, inodesUsed: 0 };
  const container = (entry: ContainerUsage): Content => ({
    name: entry.name,
    startTime: seconds(new Date(entry.startedAtMs)),
    cpu: cpu(entry.cpuSeconds),
    memory: memory(entry.memoryBytes),
    ...io,
    ...(isSmall ? {} : { rootfs: fs, logs: fs }),
    ...noSwap,
  });
  const podCpu = usage.containers.reduce((sum, entry) => sum + entry.cpuSeconds, 0);
  const podMemory = usage.containers.reduce((sum, entry) => sum + entry.memoryBytes, 0);
  return {
    node: {
      nodeName: kubelet.nodeName,
      systemContainers: [
        { name: "pods", startTime: seconds(kubelet.startedAt), cpu: cpu(podCpu), memory: memory(podMemory), ...io, ...noSwap },
      ],
      startTime: seconds(usage.bootedAt),
      cpu: cpu(usage.cpuSeconds),
      memory: { ...memory(usage.memoryBytes), availableBytes: usage.memoryTotalBytes - usage.memoryBytes },
      ...io,
      ...(isSmall
        ? {}
        : {
            network: { time, name: "", interfaces: [] },
            fs,
            runtime: { imageFs: fs, ...(containerFs ? { containerFs: fs } : {}) },
            rlimit: { time, maxpid: 32768, curproc: 1 },
          }),
      ...noSwap,
    },
    pods: kubelet.pods.states.map(({ pod, startTime }) => ({
      podRef: { name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid },
      startTime: seconds(startTime),
      containers: usage.containers.filter((entry) => entry.podUid === pod.metadata.uid).map(container),
      cpu: cpu(podCpu),
      memory: memory(podMemory),
      ...io,
      ...noSwap,
    })),
  };
}

function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
