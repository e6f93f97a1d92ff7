import { afterEach, describe, expect, it } from "vitest";
import { sayTitle, useLanguage } from "../messages/say.ts";
import { toCtrf } from "./ctrf.ts";
import { toHtml } from "./html/html.ts";
import { toJunit } from "./junit.ts";
import { toMarkdown } from "./markdown/markdown.ts";
import { sampleReport } from "./report.support.ts";
import { toSarif } from "./sarif.ts";
import { toTap } from "./tap.ts";

const report = sampleReport();
const [first] = report.results.filter(({ verdict }) => verdict === "failed");
const title = first?.title ?? "";

afterEach(() => useLanguage("en"));

describe.each([
  ["zh", "zh-Hans", "测试对象", "不符合"],
  ["ja", "ja", "テスト対象", "不適合"],
  ["ko", "ko", "테스트 대상", "부적합"],
] as const)("reports for people in %s", (language, tag, heading, verdict) => {
  it("are in that language, and the page says so", () => {
    useLanguage(language);
    const page = toHtml(report);
    expect(page).toContain(`<html lang="${tag}">`);
    expect(page).toContain(`>${heading}</h2>`);
    expect(page).toContain(verdict);
    expect(page).toContain(sayTitle(title));
    expect([...page.matchAll(/<(h\d|th|dt|legend)\b[^>]*>([a-z ]+)</gi)].map(([, , text]) => text?.trim())).toEqual(
      // Names of facts.
      ["Kubernetes", "checkpointGate", "anonymous", "authorization"],
    );
    expect(toMarkdown(report)).toContain(`**${verdict}**`);
  });

  it("have failures in English, to paste, with the title in both", () => {
    useLanguage(language);
    expect(toMarkdown(report)).toContain(`    ${title}\n    ${sayTitle(title)}\n    expected status 200\n`);
  });
});

it.each([
  ["JUnit", toJunit],
  ["TAP", toTap],
  ["SARIF", toSarif],
  ["CTRF", toCtrf],
] as const)("%s is for programs, and stays English", (_name, make) => {
  const english = make(report);
  useLanguage("ko");
  expect(make(report)).toEqual(english);
});
