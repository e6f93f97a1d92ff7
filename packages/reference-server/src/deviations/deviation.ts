import type { JsonObject } from "@kubelet-conformance/control-plane";
import type { RuntimeClient } from "@kubelet-conformance/cri";
import type { ApiClient } from "../api-server/api-client.ts";
import type { DevicePluginRules } from "../device-plugins/device-manager.ts";
import type { PluginWatcherRules } from "../plugin-watcher/rules.ts";
import type { PodResourcesRules } from "../pod-resources/rules.ts";
import type { Wait } from "../clock.ts";
import type { NotTls } from "../http/listener.ts";
import type { Handler, KubeletAnswer, KubeletRequest, Refusal } from "../http/message.ts";

/** What a kubelet does wrong with connections and with what never becomes a request. */
export interface ConnectionDeviation {
  /** Changes a refusal of net/http's; `seen` is the head of what was refused. */
  refusal?: Refusal;
  /** What is written to a client that speaks no TLS where TLS is spoken; it may or may not speak HTTP. Undefined: what net/http writes. */
  notTls?: NotTls;
  /** Offers HTTP/2 on the main listener whatever the minor. */
  http2?: true;
}

/** What a Node object is about to be written for. */
export interface NodeWriting {
  /** A new node, one that was there before this kubelet, or the status of either. */
  purpose: "create" | "reconcile" | "status";
  /** As the API server has it; absent for a new one. */
  before?: JsonObject;
  /** As the kubelet would create it; only while reconciling. */
  fresh?: JsonObject;
}

/** What a kubelet does wrong with `--node-labels`. */
export interface LabelDeviation {
  /** Takes this label although it must not. */
  readonly takes?: (name: string, value: string) => boolean;
  /** What it says instead when it refuses labels. */
  readonly words?: (message: string) => string;
}

/** What a kubelet does wrong with the flags that it is started with. */
export interface FlagDeviation {
  /** Reads this flag, known or not, and forgets it. */
  readonly drops?: (name: string) => boolean;
  /** Does not know this flag although it must. */
  readonly refuses?: (name: string) => boolean;
}

/**
 * A named misbehaviour of the reference kubelet. Its name is the id of the requirement that it breaks, and only that requirement's check
 * may catch it. Nothing but the `--deviation` flag (or the option of the same name) turns one on.
 */
export interface Deviation {
  /** One sentence: what this kubelet does wrong. */
  summary: string;
  /** Stands around the whole pipeline: sees the request, may answer by itself or change what the kubelet was about to say. */
  http?(request: KubeletRequest, next: Handler): Promise<KubeletAnswer>;
  /** What it does wrong with what never becomes a request. */
  connection?: ConnectionDeviation;
  /** Stands between the kubelet and its container runtime. */
  runtime?(client: RuntimeClient): RuntimeClient;
  /** Changes the Node object that the kubelet is about to write. */
  node?(node: JsonObject, writing: NodeWriting): JsonObject;
  /** What it does wrong with `--node-labels`. */
  labels?: LabelDeviation;
  /** What it does wrong with its flags, where a testbed starts it with some. */
  flags?: FlagDeviation;
  /** Stands between the kubelet and its API server. */
  api?(client: ApiClient): ApiClient;
  /** Changes how long the kubelet waits for something, in milliseconds of its own time. */
  wait?(what: Wait, milliseconds: number): number;
  /** Replaces some of what the kubelet decides about device plugins. */
  devicePlugins?: Partial<DevicePluginRules>;
  /** Replaces some of what the kubelet decides about what it tells monitoring. */
  podResources?: Partial<PodResourcesRules>;
  /** Replaces some of what the kubelet decides about plugins whose sockets it finds. */
  pluginWatcher?: Partial<PluginWatcherRules>;
  /** Changes what the kubelet prepared in its root directory, once, at start. */
  rootDirectory?(directory: string): Promise<void>;
}
