import { basename } from "node:path";
import type { OperationSummary } from "../src/openapi.ts";
import type { Requirement, RequirementFile } from "../src/requirement.ts";
import { minorOf } from "../src/version.ts";
import type { Vocabulary } from "../src/vocabulary.ts";
import { checkExchange, type Known } from "./exchange.ts";
import { unknown } from "./names.ts";
import { checkRange } from "./ranges.ts";
import { hasShape } from "./shapes.ts";
import { listSources, type Place, type Problems, readSource, type SourceFile } from "../src/sources/source-file.ts";

/** Reads `requirements/`, completes the entries from their defaults, and checks every name they use. */
export function readRequirements(
  root: string,
  words: Vocabulary,
  operations: OperationSummary[] | undefined,
  behaviours: string[],
  problems: Problems,
): Requirement[] {
  const known: Known = { words, operations, behaviours };
  const found = new Map<string, string>();
  const byArea = new Map<string, Requirement[]>();
  for (const path of listSources(root, "requirements")) {
    const file = readSource(root, path, problems);
    if (!hasShape(file, "requirements", problems)) continue;
    const { area, defaults, requirements } = file.value as RequirementFile; // the schema says the same
    if (area !== basename(path, ".yaml")) problems.push(`${file.at(["area"])}: area "${area}" is not the file's name; rename one of them`);
    if (!words.areas.some(({ id }) => id === area)) problems.push(`${file.at(["area"])}: unknown area "${area}"; add it to areas.yaml`);
    const entries = requirements.map((entry, index) => {
      const place: Place = ["requirements", index];
      const whole: Requirement = { ...defaults, ...entry, area, ...merged(defaults.when, entry.when) };
      const first = found.get(whole.id);
      if (first !== undefined) problems.push(`${file.at(place)}: ${whole.id}: the id is taken at ${first}; choose another`);
      found.set(whole.id, first ?? file.at(place));
      checkEntry(whole, file, place, known, problems);
      return ordered(whole);
    });
    byArea.set(area, entries);
  }
  return words.areas.flatMap(({ id }) => byArea.get(id) ?? []);
}

function merged(shared: Requirement["when"], own: Requirement["when"]): Pick<Requirement, "when"> {
  return shared || own ? { when: { ...shared, ...own } } : {};
}

/** One order of members for readers of the built file, whatever the order in the source. */
function ordered({ id, area, level, title, ...rest }: Requirement): Requirement {
  return { id, area, level, title, ...rest };
}

function checkEntry(
  entry: Requirement,
  file: SourceFile,
  place: Place,
  { words, operations, behaviours }: Known,
  problems: Problems,
): void {
  const report = (member: string | undefined, text: string): number =>
    problems.push(`${file.at(member === undefined ? place : [...place, ...member.split(".")])}: ${entry.id}: ${text}`);
  for (const member of ["level", "provenance", "since", "profile"] as const) {
    if (entry[member] === undefined)
      report(undefined, `member "${member}" is missing, in the entry and in defaults; add it to one of them`);
  }
  if (entry.id.split(".")[0] !== entry.area) report("id", `an id of this file begins with "${entry.area}."; rename it`);
  if (entry.level !== undefined && !entry.title.startsWith(`${entry.level} `))
    report("title", `the title begins with "${entry.level} "; rewrite it or change the level`);
  checkRange(entry, file, place, entry.id, problems);
  entry.patches?.forEach((patch, index) => {
    if (minorOf(patch) === undefined) report(`patches.${index}`, `${patch} is of no covered minor; correct it`);
  });
  if (entry.profile !== undefined && !words.profiles.some(({ id }) => id === entry.profile))
    report(
      "profile",
      unknown(
        "profile",
        entry.profile,
        words.profiles.map(({ id }) => id),
      ),
    );
  for (const need of entry.needs ?? []) {
    if (!words.needs.some(({ id }) => id === need))
      report(
        "needs",
        unknown(
          "need",
          need,
          words.needs.map(({ id }) => id),
        ),
      );
  }
  // Only the rules with a code tell what the runtime does.
  const outcomes = ["ok", ...new Set(words.outcomes.filter(({ code }) => code !== undefined).map((rule) => rule.class))];
  for (const runtime of entry.when?.runtime ?? []) {
    if (!outcomes.includes(runtime)) report("when.runtime", unknown("outcome class", runtime, outcomes));
  }
  if (operations && entry.operation !== undefined && !operations.some(({ operationId }) => operationId === entry.operation)) {
    report(
      "operation",
      unknown(
        "operation",
        entry.operation,
        operations.map(({ operationId }) => operationId),
      ),
    );
  }
  if (entry.exchange && entry.unobservable !== undefined)
    report("unobservable", "an entry that nothing can observe has no exchange; remove one of them");
  if (entry.exchange)
    checkExchange(entry.exchange, { words, operations, behaviours }, (member, text) => void report(`exchange.${member}`, text));
}
