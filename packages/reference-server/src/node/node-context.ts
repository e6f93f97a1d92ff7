import type { ApiClient } from "../api-server/api-client.ts";
import type { Clock } from "../clock.ts";
import type { Deviation } from "../deviations/deviation.ts";
import type { KubeletState } from "../state.ts";
import type { ImageList } from "./images.ts";
import type { EventRecorder } from "./events.ts";
import type { MachineIdentity } from "./machine-identity.ts";
import type { NodeCache } from "./node-cache.ts";
import type { NodeOptions } from "./node-options.ts";
import type { RuntimeState } from "./runtime-state.ts";
import type { StorageState } from "./csi-node.ts";

/** What everything that keeps the node's objects stands on. */
export interface NodeContext {
  state: KubeletState;
  api: ApiClient;
  clock: Clock;
  /** Ends with the kubelet. */
  signal: AbortSignal;
  options: NodeOptions;
  machine: MachineIdentity;
  /** Port of the main listener. */
  port: number;
  runtime: RuntimeState;
  storage: StorageState;
  events: EventRecorder;
  cache: NodeCache;
  /** What a deviation makes of the node before it is written. */
  deviate: NonNullable<Deviation["node"]>;
  images: ImageList;
  /** What the node's events have told last. */
  told: { reboot: boolean; cordoned: boolean };
}
