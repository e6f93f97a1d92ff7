import type { ControlPlane } from "@kubelet-conformance/control-plane";
import type { LaunchOptions, LaunchOutcome, LaunchProbe } from "../../target/cluster.ts";
import type { Ground } from "../ground.ts";
import { configurationAt } from "./configuration-at.ts";
import { nodeName } from "./labels.ts";
import { hasRegistered } from "./node-probe.ts";

const launchLimitMs = 20_000;

/** Starts each kubelet once, however often it is asked for, and one at a time: they share a directory of device plugins. */
export function startingOnce(start: (launch: LaunchOptions, signal: AbortSignal) => Promise<LaunchOutcome>): LaunchProbe {
  const outcomes = new Map<string, Promise<LaunchOutcome>>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    start(launch) {
      const key = JSON.stringify(launch);
      const known = outcomes.get(key);
      if (known) return known;
      const outcome = last.then(() => start(launch, AbortSignal.timeout(launchLimitMs)));
      outcomes.set(key, outcome);
      last = outcome.catch(() => {});
      return outcome;
    },
  };
}

/** A kubelet that was started. */
export interface Launched {
  /** Its main listener. */
  server: string;
  /** Aborted once it has ended by itself, for that reason. */
  ended?: AbortSignal;
  stop(): Promise<void>;
}

/** A kubelet to start, and what is around it. */
export interface Launching {
  ground: Ground;
  plane: ControlPlane;
  /** The runtime double under it. */
  runtime: { calls: () => string[]; stop: () => Promise<unknown> };
  launch: LaunchOptions;
  /** Starts it; may reject with what it ends for. */
  run: () => Promise<Launched>;
  /** What a kubelet says that ends for this reason; undefined: it is none to end for. */
  lastWords: (reason: unknown) => string | undefined;
}

/** What becomes of a kubelet: its node once it has written its status, or its last words. Nothing of it is left. */
export async function outcomeOf(
  { ground, plane, runtime, launch, run, lastWords }: Launching,
  signal: AbortSignal,
): Promise<LaunchOutcome> {
  let kubelet: Launched | undefined;
  try {
    for (const object of launch.existing ?? []) plane.state.create("nodes", object);
    kubelet = await run();
    const over = kubelet.ended ? AbortSignal.any([kubelet.ended, signal]) : signal;
    // Its own first word: an object that was there before is not yet what it makes of it.
    await hasRegistered(plane, over);
    const configuration = await configurationAt(kubelet.server, ground, over);
    return { calls: runtime.calls(), ended: false, node: plane.state.get("nodes", { name: nodeName }), configuration };
  } catch (error) {
    const message = lastWords(error);
    if (message === undefined) throw error;
    return { calls: runtime.calls(), ended: true, message };
  } finally {
    await kubelet?.stop();
    await Promise.all([runtime.stop(), plane.stop()]);
  }
}
