import { randomBytes } from "node:crypto";
import { type KubeObject, seedPod } from "@kubelet-conformance/control-plane";
import type { ContainerConfig } from "@kubelet-conformance/cri";
import type { DevicePluginDouble } from "@kubelet-conformance/device-plugin/double";
import { setTimeout as delay } from "node:timers/promises";
import { Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { pointer } from "../engine/json-pointer.ts";
import { quoted } from "../engine/text.ts";
import { podNamespace } from "../testbed/pod.ts";
import { awaited, patience, planeOf } from "./device-plugin-play.ts";

/** A pod that was bound to the node, and what became of it so far. */
export interface PlayedPod {
  readonly ref: { namespace: string; name: string };
  /** Waits for its container's creation, and says what the runtime was asked for; fails the requirement when the kubelet rejects it. */
  container(): Promise<ContainerConfig>;
  /** Waits until the kubelet says that its container runs. */
  running(): Promise<void>;
  /** Waits until the kubelet says that all of it has ended. */
  over(): Promise<void>;
  /** Waits until the kubelet has rejected it; fails the requirement when its container is created. */
  rejection(): Promise<{ reason: string; message: string }>;
  /** Waits until the kubelet says that its container waits, with this message; another one is a warning. */
  stuck(message: string): Promise<void>;
  /** Why the kubelet gave it up; undefined: it did not. */
  failure(): string | undefined;
  /** How many containers were created for it. */
  created(): number;
  /** Waits until so many were. */
  createdTimes(count: number): Promise<void>;
  /** Waits until the kubelet has ended it and the API server has forgotten it. */
  remove(): Promise<void>;
}

export interface PodWish {
  /** How many devices its container wants. Default 1; 0: it names none. */
  devices?: number;
  /** What its container does. Default: it runs. */
  command?: readonly string[];
  /** Default Always. */
  restartPolicy?: "Always" | "Never";
  /** Before it come an init container that ends and a sidecar, which wants a device, too. */
  sidecars?: boolean;
}

const pollMs = 10;
const forEver = ["sleep", "1000000"];

/** Binds a pod to the node whose container wants devices of this plugin, and deletes it afterwards. */
export async function withPod<T>(
  context: CheckContext,
  { resourceName }: DevicePluginDouble,
  { devices = 1, command = forEver, restartPolicy = "Always", sidecars = false }: PodWish,
  act: (pod: PlayedPod) => Promise<T>,
): Promise<T> {
  const { runtime, nodeName } = context.target;
  if (!runtime) throw new Blocked("runtime-double");
  if (nodeName === undefined) throw new Blocked("node-object");
  const { state } = planeOf(context);
  const resources = devices === 0 ? {} : { limits: { [resourceName]: String(devices) }, requests: { [resourceName]: String(devices) } };
  const container = (name: string, what: readonly string[]) => ({
    name,
    image: "localhost/busybox:1",
    imagePullPolicy: "Never",
    command: [...what],
  });
  const sidecar = { ...container("sidecar", forEver), restartPolicy: "Always", resources };
  // With a grace period the API server keeps it until the kubelet has ended it.
  const spec = { terminationGracePeriodSeconds: 1, restartPolicy, containers: [{ ...container("main", command), resources }] };
  const init = sidecars ? { initContainers: [container("first", ["true"]), sidecar] } : {};
  const seeded = seedPod(state, {
    name: `devices-${randomBytes(4).toString("hex")}`,
    namespace: podNamespace,
    nodeName,
    spec: { ...spec, ...init },
  });
  const { name, namespace = podNamespace, uid = "" } = seeded.metadata;
  const ref = { name, namespace };
  const configs = () => runtime.created(uid);
  const statusOf = (member: string): string => {
    const found = pointer(state.get("pods", ref), `/status/${member}`);
    return typeof found === "string" ? found : "";
  };
  const seen = (): string =>
    statusOf("phase") === "Failed"
      ? `a pod that is Failed: ${statusOf("reason")}: ${statusOf("message")}`
      : `${configs().length} containers created`;

  /** Neither the runtime's record nor the API server's object alone tells everything. */
  const until = <R>(expected: string, look: () => R | undefined): Promise<R> =>
    awaited(
      context,
      expected,
      async (signal) => {
        for (;;) {
          const found = look();
          if (found !== undefined) return found;
          await delay(pollMs, undefined, { signal });
        }
      },
      seen,
    );
  const remove = async (): Promise<void> => {
    deletePod(state.get("pods", ref), () => state.delete("pods", ref));
    await state.until(() => (state.get("pods", ref) === undefined ? true : undefined), { signal: patience(context) });
  };
  const played: PlayedPod = {
    ref,
    over: async () => {
      await until("a pod that has succeeded", () => (statusOf("phase") === "Succeeded" ? true : undefined));
    },
    container: () =>
      until("a container that is created", () => {
        if (statusOf("phase") === "Failed") throw new Broken("a container that is created", seen());
        return configs()[0];
      }),
    running: async () => {
      await until("a container that runs", () => pointer(state.get("pods", ref), "/status/containerStatuses/0/state/running"));
    },
    rejection: () =>
      until("a pod that is rejected", () => {
        if (configs().length > 0) throw new Broken("a pod that is rejected", "its container was created");
        return statusOf("phase") === "Failed" ? { reason: statusOf("reason"), message: statusOf("message") } : undefined;
      }),
    stuck: async (message) => {
      const waiting = () => pointer(state.get("pods", ref), "/status/containerStatuses/0/state/waiting/message");
      const found = await until("a container that waits, and a message that says why", () => {
        const text = waiting();
        return typeof text === "string" && text !== "" ? text : undefined;
      });
      if (found !== message) context.warn(quoted(message), quoted(found));
    },
    failure: () => (statusOf("phase") === "Failed" ? seen() : undefined),
    created: () => configs().length,
    createdTimes: (count) =>
      until(`${count} containers created`, () => (configs().length >= count ? true : undefined)).then(() => undefined),
    remove: () => remove().catch(() => Promise.reject(new Broken("a deleted pod to go", "it is still there"))),
  };
  try {
    return await act(played);
  } finally {
    deletePod(state.get("pods", ref), () => state.delete("pods", ref));
  }
}

/** Only once: each deletion of a pod on a node shortens its time. */
function deletePod(pod: KubeObject | undefined, remove: () => void): void {
  if (pod && pod.metadata["deletionTimestamp"] === undefined) remove();
}
