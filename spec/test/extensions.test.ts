import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openapi } from "../src/index.ts";

/** Every key of the document that begins with `x-`, apart from what examples show. */
function extensions(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key.startsWith("x-") ? [key] : []),
    ...(key === "value" || key === "example" ? [] : extensions(value)),
  ]);
}

describe("the extensions", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const documented = [...readme.matchAll(/^### `(x-[a-z-]+)`$/gm)].map(([, key = ""]) => key);

  it("are those that the README documents, all of them and no other", () => {
    expect(new Set(extensions(openapi()))).toEqual(new Set(documented));
  });

  it("have no member that the README does not name", () => {
    const sections = new Map(documented.map((key) => [key, readme.split(`### \`${key}\``)[1]?.split(/^#/m)[0] ?? ""]));
    const undocumented: string[] = [];
    const visit = (node: unknown, section: string | undefined): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (section !== undefined && !Array.isArray(node) && !new RegExp(`\\b${key}\\b`).test(section)) undocumented.push(key);
        visit(value, sections.get(key) ?? section);
      }
    };
    visit(openapi(), undefined);
    expect(undocumented).toEqual([]);
  });
});
