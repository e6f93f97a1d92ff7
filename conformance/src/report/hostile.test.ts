import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { scratch } from "../cli/cli.support.ts";
import { reportKinds, writeReports } from "./files.ts";
import { hostile, sampleDifferential, sampleReport } from "./report.support.ts";

const files = await scratch();
afterAll(() => files.remove());

async function written(kind: string, text?: string): Promise<string> {
  const file = join(files.directory, kind);
  await writeReports({ ...sampleReport(text), differential: sampleDifferential(text) }, [{ kind, file }]);
  return readFile(file, "utf8");
}

/** Nothing but what a kubelet says: pieces of every format's markup, of terminals' escapes and of anything else. */
const kubeletText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\u001b]0;x\u0007",
        "\u009b",
        "\r",
        "\n",
        "\n```\n",
        "]]>",
        "-->",
        "<b>",
        "&lt;",
        "\\",
        "|",
        "# SKIP",
        "\u2028",
        "\u202e",
        "\u061c",
        "\0",
      ),
      fc.string({ unit: "binary", maxLength: 20 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

describe.each(reportKinds)("a report of kind %s", (kind) => {
  test("holds no control character and nothing that turns text around, whatever a kubelet sends", async () => {
    expect(await written(kind)).not.toBe("");
    await fc.assert(
      fc.asyncProperty(kubeletText, async (text) => {
        expect(await written(kind, text)).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
      { numRuns: 60, examples: [[hostile]] },
    );
  });
});
