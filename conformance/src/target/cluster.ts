import type { ControlPlane, KubeObject, ResourceName } from "@kubelet-conformance/control-plane";
import type { RuntimeFault } from "@kubelet-conformance/cri/double";

/** Reads what the API server holds. Nothing is ever written through it. */
export interface ClusterProbe {
  /** The object, or undefined where there is none. */
  get(resource: ResourceName, ref: { name: string; namespace?: string }, signal: AbortSignal): Promise<KubeObject | undefined>;
  /**
   * All objects of a resource, or those of one namespace. `fields` (a field selector) spares a live cluster from sending all of them; doubles
   * send all the same.
   */
  list(resource: ResourceName, namespace: string | undefined, signal: AbortSignal, fields?: string): Promise<readonly KubeObject[]>;
  /** The Node as it was when the run began: a live cluster is not asked for it by each check. */
  seen?: KubeObject;
  /** The API server's minor, where it is not the one that goes with the kubelet. */
  minor?(signal: AbortSignal): Promise<number | undefined>;
}

/** The API server's double of a testbed: what it holds, what it was asked, and how it fails. */
export interface ControlPlaneProbe extends Pick<ControlPlane, "state" | "requests" | "faults"> {
  /** Seconds of the kubelet's time to one of ours. More than 1 only for the reference kubelet, whose clock a testbed may let run. */
  timeScale: number;
}

/** How a kubelet that was started with other flags or another configuration ended up. */
export type LaunchOutcome = {
  /** The methods that its runtime was asked for, in order. */
  calls: readonly string[];
} & (
  | {
      /** It ended by itself; what it wrote. */
      ended: true;
      message: string;
    }
  | {
      /** It runs; what the API server holds of its node after its first status. */
      ended: false;
      node: KubeObject | undefined;
      /** What it showed on /configz then; undefined: nothing that could be read. */
      configuration: unknown;
    }
);

/** Flags of a kubelet that have no place in its configuration, that beat it, or that are no more. */
export type LaunchFlag =
  | "node-labels"
  | "node-ip"
  | "cloud-provider"
  | "register-node"
  | "register-schedulable"
  | "container-runtime-endpoint"
  | "container-runtime"
  | "pod-infra-container-image"
  | "network-plugin";

export interface LaunchOptions {
  /** In place of the testbed's own, or in addition to them. */
  flags?: Readonly<Partial<Record<LaunchFlag, string>>>;
  /** Members of the KubeletConfiguration in place of the testbed's own. */
  configuration?: Readonly<Record<string, unknown>>;
  /** Node objects that the API server holds before it starts. Default none. */
  existing?: readonly KubeObject[];
  /** What its runtime does wrong, or that there is none at its endpoint. Default nothing. */
  runtime?: RuntimeFault | "absent";
}

/**
 * Starts one more kubelet of the kind under test, with an API server's double of its own, waits until it has written its status or ended,
 * and stops it. One that was started like that before is not started again.
 */
export interface LaunchProbe {
  start(options: LaunchOptions): Promise<LaunchOutcome>;
}
