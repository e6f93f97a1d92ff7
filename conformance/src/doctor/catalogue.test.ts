import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";

test("doctor.md lists every finding, as the code has it", async () => {
  const text = await readFile(new URL("../../doctor.md", import.meta.url), "utf8");
  const rows = text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(Object.entries(catalogue).map(([id, { owner, meaning }]) => [`\`${id}\``, owner, meaning]));
});
