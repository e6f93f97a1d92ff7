/**
 * Freezes the requirement sets: writes `sets/<minor>.yaml` from the catalogue. A set that a release has published stays as it is.
 *
 *   node scripts/freeze-sets.ts [--release VERSION] [--again MINOR]... [DIRECTORY]
 *
 * --release marks the sets that are not published yet as published by that version; --again freezes a published set once more.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Requirement } from "../src/requirement.ts";
import { isScorable, type RequirementSet } from "../src/requirement-set.ts";
import { type Minor, minors } from "../src/version.ts";
import { readCatalogue } from "./read-spec.ts";
import { readSetFiles } from "./sets.ts";
import type { Problems } from "../src/sources/source-file.ts";

const { values, positionals } = readArguments();
const { release, again } = values;
const root = resolve(positionals[0] ?? join(import.meta.dirname, ".."));

const problems: Problems = [];
if (release !== undefined && !/^\d+\.\d+\.\d+$/.test(release)) problems.push(`--release ${release}: write a version, e.g. --release 0.1.0`);
for (const minor of again) {
  if (!minors.some((known) => known === minor)) problems.push(`--again ${minor}: use one of ${minors[0]} to ${minors.at(-1)}`);
}
const { requirements } = readCatalogue(root, problems);
const known = new Map(readSetFiles(root, problems).map(({ set }) => [set.minor, set]));
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  console.error("no set was written.");
  process.exit(1);
}

mkdirSync(join(root, "sets"), { recursive: true });
for (const minor of minors) console.log(freeze(minor));

/** Writes the set of one minor, where it may be, and says what became of it. */
function freeze(minor: Minor): string {
  const before = known.get(minor);
  const scored = requirements.filter((requirement) => isScorable(requirement, minor));
  if (before?.release !== undefined && !again.includes(minor)) {
    const later = scored.filter(({ id }) => !Object.hasOwn(before.requirements, id)).length;
    return `${minor}: kept, ${before.release} published it (${later} later additions are not scored)`;
  }
  const levels = Object.fromEntries(scored.map(({ id, level }) => [id, level]));
  const isSame = before !== undefined && JSON.stringify(before.requirements) === JSON.stringify(levels);
  const publishedBy = release ?? before?.release;
  const set: RequirementSet = {
    minor,
    frozen: isSame ? before.frozen : new Date().toISOString().slice(0, 10),
    ...(publishedBy === undefined ? {} : { release: publishedBy }),
    requirements: levels,
  };
  writeFileSync(join(root, `sets/${minor}.yaml`), toYaml(set, scored));
  return `${minor}: ${scored.length} requirements${isSame ? ", as before" : ""}`;
}

function toYaml({ minor, frozen, release: publishedBy }: RequirementSet, scored: readonly Requirement[]): string {
  const areas = [...new Set(scored.map(({ area }) => area))];
  return [
    `# What is scored for Kubernetes ${minor}. Written by "npm run sets:freeze"; CONTRIBUTING.md says when.`,
    `minor: "${minor}"`,
    `frozen: "${frozen}"`,
    ...(publishedBy === undefined ? [] : [`release: "${publishedBy}"`]),
    "requirements:",
    ...areas.flatMap((area) => [
      `  # ${area}`,
      ...scored.filter((requirement) => requirement.area === area).map(({ id, level }) => `  ${id}: ${level}`),
    ]),
    "",
  ].join("\n");
}

function readArguments() {
  try {
    return parseArgs({
      options: { release: { type: "string" }, again: { type: "string", multiple: true, default: [] } },
      allowPositionals: true,
    });
  } catch (error) {
    console.error(`freeze-sets: ${error instanceof Error ? error.message : String(error)}`);
    return process.exit(2);
  }
}
