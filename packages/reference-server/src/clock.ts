import { setTimeout as delay } from "node:timers/promises";

/** What the kubelet waits for; a deviation changes the length of one of these by its name. */
export type Wait =
  | "registration-retry"
  | "runtime-status"
  | "node-ready"
  | "node-status"
  | "csi-node-retry"
  | "event-retry"
  | "review-retry"
  | "pod-status"
  | "lease-renewal"
  | "lease-retry"
  | "heartbeat-answer"
  | "watch-retry"
  | "device-plugin-dial"
  | "device-plugin-retry"
  | "device-plugin-gone"
  | "plugin-watch";

/** The kubelet's time. In tests it runs faster than the world's, so that five minutes pass in seconds. */
export interface Clock {
  /** Milliseconds since the epoch, as the kubelet writes them into its objects. */
  now(): number;
  /** Milliseconds since the clock was made: what passes when the machine's clock is set does not change it. */
  elapsed(): number;
  /** Fulfilled after so many milliseconds of the kubelet's time; rejects when aborted. */
  wait(what: Wait, milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface ClockOptions {
  /** The kubelet's seconds to one of the world's. Default 1. */
  scale?: number | undefined;
  /** What a deviation makes of a wait. */
  change?: ((what: Wait, milliseconds: number) => number) | undefined;
}

export function createClock({ scale = 1, change = (_what, milliseconds) => milliseconds }: ClockOptions = {}): Clock {
  const [epoch, startedAt] = [Date.now(), performance.now()];
  const elapsed = (): number => (performance.now() - startedAt) * scale;
  return {
    // Go's time.Now(), too, follows a machine's clock that is set, in microseconds.
    now: () => (scale === 1 ? Date.now() + (performance.now() % 1) : epoch + elapsed()),
    elapsed,
    wait: (what, milliseconds, signal) => delay(change(what, milliseconds) / scale, undefined, { signal, ref: false }),
  };
}
