/** How long a client may take. Milliseconds. */
export interface StreamLimits {
  /** From the upgrade to the last stream of an exec or attach, and between the two streams of a forwarded connection. */
  readonly creationMs: number;
  /** Without a frame in either direction. */
  readonly idleMs: number;
}

/** What containerd and CRI-O leave at (k8s.io/kubelet cri/streaming DefaultConfig). */
export const defaultLimits: StreamLimits = { creationMs: 30_000, idleMs: 4 * 60 * 60_000 };
