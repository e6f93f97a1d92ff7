import type { AnswerClass, Need, OutcomeRule, Profile, Term, Vocabulary } from "../src/vocabulary.ts";
import { hasShape, type ShapeName } from "./shapes.ts";
import { type Problems, readSource, type SourceFile } from "../src/sources/source-file.ts";

/** Reads the fixed lists of words and checks them by themselves. */
export function readVocabulary(root: string, problems: Problems): Vocabulary {
  const areas = readList<Term>(root, "areas.yaml", "terms", problems);
  const profiles = readList<Profile>(root, "profiles.yaml", "profiles", problems);
  const needs = readList<Need>(root, "needs.yaml", "needs", problems);
  const answers = readList<AnswerClass>(root, "answers.yaml", "answers", problems);
  const outcomes = readList<OutcomeRule>(root, "outcomes/checkpoint.yaml", "outcomes", problems);
  for (const list of [areas, profiles, needs, answers]) checkUnique(list, problems);
  for (const [index, profile] of profiles.entries.entries()) {
    for (const [position, area] of profile.areas.entries()) {
      if (areas.entries.some(({ id }) => id === area)) continue;
      problems.push(
        `${profiles.file.at([index, "areas", position])}: ${profile.id}: unknown area "${area}"; add it to areas.yaml or correct it`,
      );
    }
  }
  for (const [list, named] of [
    [answers, (index: number) => answers.entries[index]?.id],
    [outcomes, (index: number) => outcomes.entries[index]?.class],
  ] as const) {
    list.entries.forEach(({ pattern }, index) => {
      if (pattern === undefined || isPattern(pattern)) return;
      problems.push(`${list.file.at([index, "pattern"])}: ${named(index)}: pattern is no ECMAScript regular expression; correct it`);
    });
  }
  return { areas: areas.entries, profiles: profiles.entries, needs: needs.entries, answers: answers.entries, outcomes: outcomes.entries };
}

/** Whether a text compiles as the regular expressions of the catalogue do. */
export function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "s") instanceof RegExp;
  } catch {
    return false;
  }
}

/** A file that is a list of entries. */
export interface List<T> {
  file: SourceFile;
  entries: T[];
}

/** Reads one; empty where its shape is wrong. */
export function readList<T>(root: string, name: string, shape: ShapeName, problems: Problems): List<T> {
  const file = readSource(root, name, problems);
  // The schema of that shape says the same as the type.
  return { file, entries: hasShape(file, shape, problems) ? (file.value as T[]) : [] };
}

/** Makes a problem of each id that is used twice. */
export function checkUnique({ file, entries }: List<Term>, problems: Problems): void {
  entries.forEach(({ id }, index) => {
    const first = entries.findIndex((other) => other.id === id);
    if (first < index) problems.push(`${file.at([index])}: ${id}: the id is taken at ${file.at([first])}; choose another`);
  });
}
