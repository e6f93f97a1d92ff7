import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hostile, resultsOf, sampleReport } from "../report.support.ts";
import { block, code, plain } from "./escape.ts";
import { toMarkdown } from "./markdown.ts";
import { joinWithin } from "./within.ts";

/** Lines outside of fenced blocks, and the blocks, by the rule of CommonMark: a fence ends at one that is at least as long. */
function parts(markdown: string): { outside: string[]; blocks: string[][] } {
  const outside: string[] = [];
  const blocks: string[][] = [];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const [, ticks] = /^ {0,3}(`{3,})[^`]*$/.exec(line) ?? [];
    if (fence === undefined && ticks !== undefined) {
      fence = ticks;
      blocks.push([]);
    } else if (fence !== undefined && ticks !== undefined && ticks.length >= fence.length && line.trim() === ticks) fence = undefined;
    else if (fence === undefined) outside.push(line);
    else blocks.at(-1)?.push(line);
  }
  expect(fence).toBeUndefined();
  return { outside, blocks };
}

/** Begins with a run of backticks and ends with the next of the same length. */
const codeSpan = /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g;

test("the summary has the verdict, the profiles, every problem worst first, and what is missing", () => {
  const markdown = toMarkdown(sampleReport());
  expect(markdown).toMatch(/^## `kubelet v1\.36\.4 of node node1 at https:\/\/192\.0\.2\.7:10250`: not conformant\n/);
  expect(markdown).toContain("| Profile | Verdict | Passed | Failed | Warned | Known failures | Blocked | Not applicable | Suite errors |");
  expect(markdown).toContain("| checkpoint | not conformant | 3 | 2 | 1 | 1 | 1 | 1 | 1 |");
  expect(markdown).toContain("### Problems (5)");
  expect([...markdown.matchAll(/<summary>([\w-]+):/g)].map(([, verdict]) => verdict)).toEqual([
    "suite-error",
    "failed",
    "failed",
    "known-failure",
    "warned",
  ]);
  const { blocks } = parts(markdown);
  expect(blocks[3]?.join("\n")).toMatch(
    /^failed {2}checkpoint\.\S+\n {4}MUST .*\n {4}expected status 200\n {4}got {6}404 404 page not found\n/,
  );
  expect(markdown).toContain("| 1 | because of 404 page not found |");
  expect(markdown).toContain("- `/var/lib/kubelet/checkpoints/checkpoint-web.tar`");
});

test("whatever a kubelet sends, the structure is the same", () => {
  const shape = (text?: string): unknown => {
    const { outside, blocks } = parts(toMarkdown(sampleReport(text)));
    const cells = outside.filter((line) => line.startsWith("|")).map((line) => line.replaceAll("\\|", "").split("|").length);
    return {
      outside: outside.length,
      blocks: blocks.map(({ length }) => length),
      cells,
      tags: outside
        .join("\n")
        .replace(codeSpan, "")
        .match(/<\/?[a-z]+/g),
    };
  };
  const tame = shape("x");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      expect(shape(text)).toEqual(tame);
    }),
    { numRuns: 60, examples: [[hostile], ["```"], ["\n\n```\n# x\n"], ["`|`"], ["</details>"]] },
  );
});

test("code spans and blocks are longer than any run of backticks in them", () => {
  expect([code("a"), code("a`b"), code("`"), code("a|b"), code("")]).toEqual(["`a`", "``a`b``", "`` ` ``", "`a\\|b`", ""]);
  expect(block(["```"])).toBe("````text\n```\n````");
  expect(plain("@all <b> *x* [y](https://z) a|b #1")).toBe("&#64;all &#60;b&#62; \\*x\\* \\[y\\](https&#58;//z) a\\|b \\#1");
});

test("it stays below what GitHub takes, and says what it leaves out", () => {
  const results = Array.from({ length: 400 }, () => resultsOf(["failed"], "長".repeat(5_000))).flat();
  const markdown = toMarkdown(sampleReport(undefined, { planned: results, results }));
  expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
  expect(markdown).toMatch(/\n\d+ more parts have no room here; the html and json reports have them\.\n$/);
  parts(markdown);
  expect(joinWithin(1000, ["a", "b"])).toBe("a\n\nb");
});
