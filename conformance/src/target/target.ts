import type { Condition } from "@kubelet-conformance/spec";
import type { ContainerConfig } from "@kubelet-conformance/cri";
import type { RuntimeFault } from "@kubelet-conformance/cri/double";
import type { ClusterProbe, ControlPlaneProbe, LaunchProbe } from "./cluster.ts";
import type { RuntimeServiceProbe } from "./runtime-service.ts";
import type { WireClient } from "./wire.ts";

/** A container of a pod on the node. */
export interface ContainerReference {
  namespace: string;
  pod: string;
  container: string;
}

/** A kubelet under test, as discovery found it. Plain data: it can be passed into a vitest suite. */
export interface Target {
  /** Base URL of the main listener, e.g. `https://127.0.0.1:10250`. */
  server: string;
  /** As the kubelet or the user says, e.g. `v1.36.4` or `1.36`. */
  kubernetesVersion: string;
  minor: string;
  /** Of the kubelet's program file, where that is known: in a testbed. */
  programSha256?: string;
  /** Where the version came from. */
  versionSource: "declared" | "metrics" | "node" | "assumed";
  readOnlyPort?: number;
  healthzPort?: number;
  /** The identity that the user gave; undefined: none. */
  credentials?: WireClient;
  /** Users that hold exactly `nodes/<subresource>`; `none` holds nothing. */
  identities: Readonly<Record<string, WireClient>>;
  /** Needs that the target's configuration says it cannot offer, e.g. `read-only-port`: what needs them is not-applicable. */
  lacks?: readonly string[];
  /** Needs that could not be met here, with the reason: what needs them is blocked. */
  obstacles?: Readonly<Record<string, string>>;
  /** What is known of the configuration; absent: unknown. */
  facts: Condition;
  /** A running container to name in requests (never checkpointed unless it is `checkpoint`). */
  running?: ContainerReference & { uid?: string };
  waiting?: ContainerReference;
  ended?: ContainerReference;
  /** A running container that has ended before and was started again. */
  restarted?: ContainerReference;
  /** A container that has ended and whose last line is longer than what a runtime writes in one piece. */
  longLine?: ContainerReference;
  /** The container that may be checkpointed: `--checkpoint`. */
  checkpoint?: ContainerReference;
  /** The container in which harmless commands may run, and to whose pod connections may be made: `--exec`. */
  command?: ContainerReference;
  /** A TCP port of that pod that answers HTTP requests. */
  listeningPort?: number;
  /** Another running container that may be checkpointed, too. */
  second?: ContainerReference;
  /** A running init container with restartPolicy Always that may be checkpointed, too. */
  sidecar?: ContainerReference;
  /** A running ephemeral container that may be checkpointed, too. */
  ephemeral?: ContainerReference;
  /** The opted-in container writes to its log all the time; silence for longer than this, in milliseconds, means that it stands still. */
  longestSilenceMs?: number;
  nodeName?: string;
  /** The address that the kubelet was told to have, by --node-ip. */
  nodeIp?: string;
  /** The node's time zone as RFC 3339 writes it, `+02:00`; only where it is known. */
  timeZone?: string;
  /** The kubelet's root directory on the node; unknown: /var/lib/kubelet unless a path says otherwise. */
  rootDirectory?: string;
  /** The node's file system as seen from here: a path on the node is found below it. */
  nodeRoot?: string;
  /**
   * The kubelet is asked through its API server's node proxy, which changes some of it: what can't be decided that way is left out (`decide`), or
   * asked all the same, so that it shows in a comparison (`compare`).
   */
  proxied?: "decide" | "compare";
  /** The kubelet itself is not asked, only its cluster's API server and its runtime. */
  unreached?: true;
  /** What the API server holds of this node, of a live cluster (read only) or of a testbed's double. */
  cluster?: ClusterProbe;
  /** The API server's double above this kubelet, in a testbed. */
  controlPlane?: ControlPlaneProbe;
  /** Starts more kubelets of this kind, in a testbed. */
  launch?: LaunchProbe;
  /** Checks may wait for what a kubelet does only now and then, let its API server fail for longer than that, and wait for five minutes. */
  longWaits?: true;
  longOutages?: true;
  fiveMinutes?: true;
  /** The runtime double under this kubelet, in a testbed. */
  runtime?: RuntimeProbe;
  /** The kubelet's directory of device plugins, for those that the suite plays, in a testbed. */
  devicePlugins?: DevicePluginProbe;
  /** The socket of the runtime under this kubelet: `--runtime-endpoint`, or a testbed's. */
  runtimeService?: RuntimeServiceProbe;
  /** Leave to make containers of archives in the runtime under this kubelet, in a testbed. */
  restore?: RestoreProbe;
}

/** Where device plugins can be played to a kubelet. */
export interface DevicePluginProbe {
  /** Its directory of device plugins as it is seen from here: what is made there the kubelet finds. */
  directory: string;
  /** Ends the kubelet and starts it again as it was. Resolves once it serves; rejects when it does not. */
  restart: () => Promise<void>;
}

/** Makes containers of archives without the kubelet's knowledge. */
export interface RestoreProbe {
  /**
   * Makes a container of an archive of the opted-in one, by its path as the runtime sees it; waits for its first line and removes it. Rejects
   * when aborted, and when the runtime fails at something else than the archive.
   */
  restore: (archive: string, signal: AbortSignal) => Promise<Restored>;
}

/** What became of an archive: the first line that its container wrote, why it wrote none, or the runtime's words (`rpc error: code = ...`). */
export type Restored = { line: string } | { silent: string } | { refused: "create" | "start"; text: string };

/** What a testbed offers of the container runtime under the kubelet. */
export interface RuntimeProbe {
  /** The kubelet's runtimeRequestTimeout. */
  requestTimeoutSeconds: number;
  /** Starts a new record and returns how to read it. */
  record(): RuntimeRecord;
  /** Renames the log of a running container and lets the runtime go on in a new file, as a kubelet does when a log has grown large. */
  rotateLog(container: ContainerReference): Promise<void>;
  /** Keeps every checkpoint from now on at work until `release`. */
  hold(): { release(): void };
  /** What it was asked to create for the pod with this uid, oldest first. */
  created(podUid: string): readonly ContainerConfig[];
  /** Answers like that from now on, until `release`. */
  misbehave(fault: RuntimeFault): { release(): void };
}

export interface RuntimeRecord {
  checkpointCalls(): readonly CheckpointCall[];
  /** Fulfilled once so many checkpoint calls have arrived; rejects when aborted. */
  arrived(count: number, signal: AbortSignal): Promise<void>;
  /** When so many calls of this method arrived, in milliseconds since the epoch, once they have; rejects when aborted. */
  times(method: string, count: number, signal: AbortSignal): Promise<readonly number[]>;
}

export interface CheckpointCall {
  containerId: string;
  location: string;
  /** The CRI field, seconds. */
  timeoutSeconds: number;
  /** The deadline of the call, milliseconds from its start; undefined: none. */
  deadlineMs: number | undefined;
  /** Fulfilled when the call is over: whether the kubelet had given it up by then. */
  ended: Promise<{ cancelled: boolean }>;
}
