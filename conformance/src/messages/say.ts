import { type Language, translation, type Translation } from "@kubelet-conformance/spec";
import type { Text } from "@kubelet-conformance/types";

/** The names of the values in a text: `{count} passed` has `count`. */
type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** A text without values. */
export type PlainText = Exclude<Text, `${string}{${string}}${string}`>;

type Values<T extends string> = [Names<T>] extends [never] ? [] : [values: Record<Names<T>, string | number>];

/** One language per process, as of any program with a locale. The library form speaks English unless told otherwise. */
let words: Translation = { titles: {}, vocabulary: {}, texts: {}, sentences: {} };
let spoken: Language = "en";

export function useLanguage(language: Language): void {
  words = language === "en" ? { titles: {}, vocabulary: {}, texts: {}, sentences: {} } : translation(language);
  spoken = language;
}

/** What is spoken, as HTML and others name languages. */
export function spokenLanguage(): Language {
  return spoken;
}

/** The words of that language; none where it is English. */
export function spokenWords(): Translation {
  return words;
}

/** What the runner says, in the language of the user, with the values in their places. */
export function say<T extends Text>(text: T, ...[values]: Values<T>): string {
  const given: Record<string, string | number> = values ?? {};
  return (words.texts[text] ?? text).replace(/\{(\w+)\}/g, (place, name: string) => String(given[name] ?? place));
}

/** A requirement's title in the language of the user. */
export function sayTitle(english: string): string {
  return words.titles[english] ?? english;
}

/**
 * The title of a profile, an area, a need, an answer or a change of the node proxy, what unlocks a need, or the advice of an outcome, in the language of
 * the user.
 */
export function sayWord(english: string): string {
  return words.vocabulary[english] ?? english;
}
