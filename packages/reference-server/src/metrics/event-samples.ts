import type { KubeletState } from "../state.ts";
import type { KnownSamples } from "./kubelet-families.ts";

/** What has been counted and timed since the start. */
export function eventSamples({ httpRequests, webSocketRequests, runtime: { operations } }: KubeletState): KnownSamples {
  const families = [...httpRequests.families(), webSocketRequests.family(), ...operations.families()];
  return {
    ...Object.fromEntries(families.map(({ name, samples }) => [name, samples])),
    kubelet_run_podsandbox_duration_seconds: operations.sandboxStarts(),
  };
}
