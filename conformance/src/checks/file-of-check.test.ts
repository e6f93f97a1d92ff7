import { readFile } from "node:fs/promises";
import { requirements } from "@kubelet-conformance/spec";
import { expect, test } from "vitest";
import { fileOfCheck } from "./file-of-check.ts";

test("each coded check stands in the file that is named for it", async () => {
  const coded = requirements().filter(({ exchange, unobservable }) => exchange === undefined && unobservable === undefined);
  const missing: string[] = [];
  for (const requirement of coded) {
    const file = fileOfCheck(requirement);
    const source = await readFile(new URL(`../../../${file}`, import.meta.url), "utf8").catch(() => "");
    if (!source.includes(`"${requirement.id}"`)) missing.push(`${requirement.id} in ${file}`);
  }
  expect(missing).toEqual([]);
});
