import { type Requirement, requirementById, requirements, vocabulary } from "@kubelet-conformance/spec";
import { names, type Selection } from "../engine/plan.ts";
import { UsageError } from "../errors.ts";
import { didYouMean } from "./suggest.ts";

/** Checks what `--profile`, `--focus` and `--skip` name. `kubelet` is every profile. Throws a UsageError with the nearest name. */
export function readSelection({ profile, focus, skip }: { profile: string[]; focus: string[]; skip: string[] }): Selection {
  const profiles = profile.flatMap((name) => profilesOf(name));
  for (const pattern of focus) requireMatch("--focus", pattern);
  for (const pattern of skip) requireMatch("--skip", pattern);
  return { profiles, focus, skip };
}

function profilesOf(name: string): string[] {
  const known = vocabulary().profiles.map(({ id }) => id);
  if (name === "kubelet") return known;
  if (!known.includes(name))
    throw new UsageError(
      "profile-unknown",
      `there is no profile "${name}"${didYouMean(name, known) || `; known are kubelet, ${known.join(", ")}`}`,
    );
  return [name];
}

function requireMatch(flag: string, pattern: string): void {
  const ids = requirements().map(({ id }) => id);
  if (!ids.some((id) => names(pattern, id)))
    throw new UsageError(
      "requirement-unknown",
      `${flag} ${pattern} names no requirement${didYouMean(pattern, [...ids, ...prefixes(ids)])}`,
    );
}

/** The requirement with this id. Throws a UsageError with the nearest id. */
export function requireRequirement(id: string): Requirement {
  const found = requirementById(id);
  if (found) return found;
  const hint = didYouMean(
    id,
    requirements().map((requirement) => requirement.id),
  );
  throw new UsageError("requirement-unknown", `there is no requirement "${id}"${hint || "; kubelet-conformance list shows them all"}`);
}

function prefixes(ids: readonly string[]): Set<string> {
  return new Set(ids.flatMap((id) => id.split(".").map((_part, index, parts) => parts.slice(0, index + 1).join("."))));
}
