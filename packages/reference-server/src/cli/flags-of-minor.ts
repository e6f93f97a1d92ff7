import { behaviour } from "@kubelet-conformance/types";
import type { FlagDeviation } from "../deviations/deviation.ts";
import { NodeFlagError } from "../node/flag-error.ts";
import { resolveVersion } from "../version.ts";
import { flags } from "./flags.ts";

/** Flags about the runtime that later minors do not have. */
const runtimeFlags = ["container-runtime", "pod-infra-container-image"];

/** Whether the kubelet of a minor has the flag. */
export function hasFlag(name: string, minor: string): boolean {
  if (name === "register-schedulable") return behaviour("node-object", minor).mayStartCordoned;
  if (runtimeFlags.includes(name)) return behaviour("runtime-flags", minor).includes(name);
  return Object.hasOwn(flags, name);
}

/**
 * The flags that count, of those that a kubelet of this version is started with.
 * Throws NodeFlagError, with the kubelet's words, for one that it does not have.
 */
export function countingFlags<Name extends string>(
  given: Readonly<Partial<Record<Name, string>>>,
  kubernetesVersion: string,
  { drops, refuses }: FlagDeviation = {},
): Partial<Record<Name, string>> {
  const { minor } = resolveVersion(kubernetesVersion);
  const counting = Object.entries(given).filter(([name]) => !drops?.(name));
  for (const [name] of counting) {
    if (!hasFlag(name, minor) || refuses?.(name)) throw new NodeFlagError(`failed to parse kubelet flag: unknown flag: --${name}`);
  }
  // Some of what was given.
  return Object.fromEntries(counting) as Partial<Record<Name, string>>;
}
