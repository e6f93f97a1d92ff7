import type { Language, Translation } from "../src/messages.ts";
import { hasShape } from "./shapes.ts";
import { type Problems, readSource } from "../src/sources/source-file.ts";

export interface Messages {
  english: Record<"texts" | "sentences", string[]>;
  translations: Record<Exclude<Language, "en">, Translation>;
}

/** Reads `messages/`. That nothing is missing there is for the tests to say: a text without a translation is shown in English. */
export function readMessages(root: string, problems: Problems): Messages {
  const english = readSource(root, "messages/en.yaml", problems);
  const read = (language: Language): Translation => {
    const file = readSource(root, `messages/${language}.yaml`, problems);
    // The schema of that shape says the same as the type.
    return hasShape(file, "translation", problems) ? (file.value as Translation) : { titles: {}, vocabulary: {}, texts: {}, sentences: {} };
  };
  return {
    // As above.
    english: hasShape(english, "texts", problems) ? (english.value as Messages["english"]) : { texts: [], sentences: [] },
    translations: { zh: read("zh"), ja: read("ja"), ko: read("ko") },
  };
}
