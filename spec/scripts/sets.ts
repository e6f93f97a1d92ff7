import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { holdsFor } from "../src/catalogue.ts";
import type { Requirement } from "../src/requirement.ts";
import type { RequirementSet } from "../src/requirement-set.ts";
import { minors } from "../src/version.ts";
import { hasShape } from "./shapes.ts";
import { listSources, type Problems, readSource, type SourceFile } from "../src/sources/source-file.ts";

const freeze = "npm run sets:freeze";

/** Reads `sets/` and holds every set against the catalogue. What the catalogue has and a set has not is a later addition, and no problem. */
export function readSets(root: string, requirements: readonly Requirement[], problems: Problems): RequirementSet[] {
  const files = readSetFiles(root, problems);
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  for (const { file, set } of files) checkSet(set, file, byId, problems);
  for (const minor of minors) {
    if (!existsSync(join(root, `sets/${minor}.yaml`))) problems.push(`sets/${minor}.yaml: there is no set of ${minor}; run "${freeze}"`);
  }
  return files.map(({ set }) => set);
}

/** The sets by themselves. */
export function readSetFiles(root: string, problems: Problems): { file: SourceFile; set: RequirementSet }[] {
  if (!existsSync(join(root, "sets"))) return [];
  return listSources(root, "sets").flatMap((path) => {
    const file = readSource(root, path, problems);
    // The schema says the same as the type.
    return hasShape(file, "set", problems) ? [{ file, set: file.value as RequirementSet }] : [];
  });
}

function checkSet(set: RequirementSet, file: SourceFile, byId: ReadonlyMap<string, Requirement>, problems: Problems): void {
  const { minor, release } = set;
  if (minor !== basename(file.path, ".yaml")) problems.push(`${file.at(["minor"])}: minor "${minor}" is not the file's name; correct it`);
  if (!minors.includes(minor)) problems.push(`${file.at(["minor"])}: ${minor} is not a covered minor; remove the file`);
  const way =
    release === undefined
      ? `take that back, or freeze the set again: "${freeze}"`
      : `take that back: ${release} published this set, and CONTRIBUTING.md says what may change in one`;
  for (const [id, level] of Object.entries(set.requirements)) {
    const problem = problemOf(byId.get(id), minor, level);
    if (problem !== undefined) problems.push(`${file.at(["requirements", id])}: ${id}: ${problem}; ${way}`);
  }
}

function problemOf(requirement: Requirement | undefined, minor: string, level: string): string | undefined {
  if (!requirement) return "the catalogue has no such requirement";
  if (requirement.draft) return "it is a draft, which is never scored";
  if (requirement.unobservable !== undefined) return "nothing can observe it, so it cannot be scored";
  if (!holdsFor(requirement, minor)) return `it does not hold for ${minor}`;
  if (requirement.level !== level) return `it is re-levelled in silence: ${level} in the set, ${requirement.level} in the catalogue`;
  return undefined;
}
