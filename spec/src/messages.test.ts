import { describe, expect, it } from "vitest";
import { requirements } from "./catalogue.ts";
import { englishMessages, languages, translation } from "./messages.ts";
import { proxyChanges } from "./proxy-changes.ts";
import { vocabulary } from "./vocabulary.ts";

const { areas, profiles, needs, answers, outcomes } = vocabulary();
const english = {
  titles: requirements().map(({ title }) => title),
  vocabulary: [
    ...[...areas, ...profiles, ...needs, ...answers, ...proxyChanges()].map(({ title }) => title),
    ...needs.map(({ unlock }) => unlock),
    ...outcomes.map(({ advice }) => advice),
  ],
  ...englishMessages(),
};

describe.each(languages.filter((language) => language !== "en"))("messages in %s", (language) => {
  const translated = translation(language);

  it.each(["titles", "vocabulary", "texts", "sentences"] as const)("translate all %s, and nothing that is no more", (section) => {
    const wanted = new Set(english[section]);
    expect({
      missing: [...wanted].filter((text) => translated[section][text] === undefined),
      stale: Object.keys(translated[section]).filter((text) => !wanted.has(text)),
    }).toEqual({ missing: [], stale: [] });
  });

  it("begin titles with the level, as the English ones do", () => {
    const level = (text: string): string | undefined => /^(MUST|SHOULD|MAY) (?=\S)/.exec(text)?.[1];
    expect(Object.entries(translated.titles).filter(([from, to]) => level(from) !== level(to))).toEqual([]);
  });

  it("keep the places of values", () => {
    const places = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted().join(" ");
    const runner = { ...translated.texts, ...translated.sentences };
    expect(Object.entries(runner).filter(([from, to]) => places(from) !== places(to))).toEqual([]);
  });

  it("keep values together that nothing tells apart in a sentence", () => {
    const pairs = (text: string): string[] => text.match(/\{\w+\}\{\w+\}/g) ?? [];
    expect(Object.entries(translated.sentences).filter(([from, to]) => pairs(from).some((pair) => !to.includes(pair)))).toEqual([]);
  });

  it("keep flags, paths and status codes as they are typed", () => {
    const literals = (text: string): string[] => text.match(/(?<![\w-])--[a-z][\w-]+|(?<!\w)\/[a-z][\w/.{}-]+|\b[1-5]\d\d\b/g) ?? [];
    const lost = Object.entries({ ...translated.titles, ...translated.vocabulary, ...translated.texts, ...translated.sentences }).filter(
      ([from, to]) => literals(from).some((literal) => !to.includes(literal)),
    );
    expect(lost).toEqual([]);
  });
});
