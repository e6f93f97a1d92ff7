import { afterEach, describe, expect, it } from "vitest";
import { requirements } from "@kubelet-conformance/spec";
import { chooseLanguage } from "./language.ts";
import { sayTitle, useLanguage } from "./say.ts";

describe("the language", () => {
  it.each([
    ["zh", {}, "zh"],
    [undefined, { LANG: "ja_JP.UTF-8" }, "ja"],
    [undefined, { LANG: "ja_JP.UTF-8", LC_ALL: "ko_KR.UTF-8" }, "ko"],
    [undefined, { LANG: "ja_JP.UTF-8", LC_MESSAGES: "zh_TW" }, "zh"],
    [undefined, { LANG: "C.UTF-8" }, "en"],
    [undefined, { LANG: "", LC_ALL: "" }, "en"],
    [undefined, { LANG: "fr_FR.UTF-8" }, "en"],
    ["zh-Hans-CN", { LANG: "ja_JP.UTF-8" }, "zh"],
  ])("of --lang %s and %o is %s", (flag, environment, language) => {
    expect(chooseLanguage(flag, environment)).toBe(language);
  });

  it("is refused where it is none of the four", () => {
    expect(() => chooseLanguage("fr", {})).toThrow("--lang fr: write en, zh, ja or ko");
  });
});

describe("what is said", () => {
  afterEach(() => useLanguage("en"));

  it("is in the language that is spoken", () => {
    const title = "MUST answer 200 when the container was checkpointed";
    expect(requirements().map((requirement) => requirement.title)).toContain(title);
    expect(sayTitle(title)).toBe(title);
    for (const language of ["zh", "ja", "ko"] as const) {
      useLanguage(language);
      expect(sayTitle(title)).toMatch(/^MUST .*200/);
      expect(sayTitle(title)).not.toBe(title);
    }
  });
});
