import { loadJson } from "./load.ts";
import type { Requirement } from "./requirement.ts";
import { compareVersions, inRange, minorOf } from "./version.ts";

let entries: readonly Requirement[] | undefined;

/** Every requirement, in the order of the area files and of the entries in them. */
export function requirements(): readonly Requirement[] {
  return (entries ??= loadJson<readonly Requirement[]>("data/requirements.json"));
}

/** Whether a requirement speaks about this version (`"1.30"` or `"v1.30.4"`; a bare minor stands for its last patch). */
export function holdsFor(requirement: Requirement, version: string): boolean {
  const minor = minorOf(version);
  if (minor === undefined || !inRange(minor, requirement)) return false;
  const patch = requirement.patches?.find((fixed) => minorOf(fixed) === minor);
  return patch === undefined || /^v?\d+\.\d+$/.test(version) || compareVersions(version, patch) >= 0;
}

let byId: ReadonlyMap<string, Requirement> | undefined;

/** The requirement with this id; undefined: there is none. */
export function requirementById(id: string): Requirement | undefined {
  byId ??= new Map(requirements().map((requirement) => [requirement.id, requirement]));
  return byId.get(id);
}
