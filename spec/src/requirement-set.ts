import { holdsFor } from "./catalogue.ts";
import { loadJson } from "./load.ts";
import type { Level, Requirement } from "./requirement.ts";
import type { Minor } from "./version.ts";

/** What is scored for one Kubernetes minor: `sets/<minor>.yaml`. */
export interface RequirementSet {
  minor: Minor;
  /** The day on which it was frozen, YYYY-MM-DD. */
  frozen: string;
  /** The first release that published it; absent: none has, and it may still be frozen again. */
  release?: string;
  /** Level of each requirement, by id. */
  requirements: Readonly<Record<string, Level>>;
}

const loaded = new Map<Minor, RequirementSet>();

/** The frozen set of a minor. */
export function requirementSet(minor: Minor): RequirementSet {
  const set = loaded.get(minor) ?? loadJson<RequirementSet>(`data/sets/${minor}.json`);
  loaded.set(minor, set);
  return set;
}

/** Whether a set of this minor may hold a requirement: it speaks about it, can be observed, and is no draft. */
export function isScorable(requirement: Requirement, minor: Minor): boolean {
  return requirement.draft === undefined && requirement.unobservable === undefined && holdsFor(requirement, minor);
}

/** Why the result of a requirement does not count for a minor: it is a draft, or younger than the set. Undefined: it counts. */
export function whyNotScored(requirement: Requirement, minor: Minor): string | undefined {
  // What does not hold for the minor is not applicable, and what nothing can observe is in no run.
  if (!holdsFor(requirement, minor) || requirement.unobservable !== undefined) return undefined;
  if (requirement.draft) return `draft of ${requirement.draft.document}: ${requirement.draft.reason}`;
  const { requirements, frozen } = requirementSet(minor);
  return Object.hasOwn(requirements, requirement.id) ? undefined : `later addition: the set of ${minor} was frozen on ${frozen}`;
}
