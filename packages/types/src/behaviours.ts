import { behaviourAt } from "@kubelet-conformance/spec";
import type { BehaviourValues } from "./generated/names.ts";

/** What a wire fact is at a minor (`"1.36"`). Throws for a table that does not exist and for a minor that no row of it covers. */
export function behaviour<N extends keyof BehaviourValues>(name: N, minor: string): BehaviourValues[N] {
  // The type is generated from the `type` of the table, and a test holds every value against it.
  return behaviourAt(name, minor) as BehaviourValues[N];
}
