import { loadJson } from "./load.ts";

/** Languages that titles, advice and the runner's own texts are written in. English is their source. */
export const languages = ["en", "zh", "ja", "ko"] as const;
export type Language = (typeof languages)[number];

/** One language's file of `messages/`: each mapping is from the exact English text. */
export interface Translation {
  /** Of requirements. */
  titles: Record<string, string>;
  /** Of profiles, areas, needs, answers and what the node proxy changes: their titles, what unlocks a need, and advice of outcomes. */
  vocabulary: Record<string, string>;
  /** What the runner says; `{name}` stands for a value. */
  texts: Record<string, string>;
  /** What the runner makes in English, and translates where people read it. */
  sentences: Record<string, string>;
}

/** What the runner says, in English: `messages/en.yaml`. */
export function englishMessages(): Record<"texts" | "sentences", string[]> {
  return loadJson<Record<"texts" | "sentences", string[]>>("data/messages.en.json");
}

/** Loads one language. */
export function translation(language: Exclude<Language, "en">): Translation {
  return loadJson<Translation>(`data/messages.${language}.json`);
}
