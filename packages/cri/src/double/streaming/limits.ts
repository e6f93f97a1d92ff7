/** How long a client may take. Milliseconds. */
export interface StreamLimits {
  /** From the upgrade to the last stream of an exec or attach, and between the two streams of a forwarded connection. */
  readonly creationMs: number;
  /** Without a frame in either direction. */
  readonly idleMs: number;
  /** From the end of one side of a forwarded connection to the end of both. */
  readonly graceMs: number;
}

/** What containerd and CRI-O leave at (k8s.io/kubelet cri/streaming DefaultConfig), and containerd's own second for forwarded connections. */
export const defaultLimits: StreamLimits = { creationMs: 30_000, idleMs: 4 * 60 * 60_000, graceMs: 1000 };
