import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { announced, missingChangeset } from "../scripts/changesets.ts";
import { compare, type Difference, highest } from "../scripts/compare.ts";
import { type OpenApiDocument, openapi } from "../src/index.ts";

/** What differs when the built document is changed; changes are to what 1.37 alone has, so that one pair is compared. */
async function after(change: (document: OpenApiDocument) => void): Promise<Difference[]> {
  const document = structuredClone(openapi());
  change(document);
  return compare(openapi(), document);
}

/** The members of a schema. */
function members(document: OpenApiDocument, schema: string): Record<string, unknown> {
  return document.components.schemas[schema]!["properties"] as Record<string, unknown>; // as the document writes them
}

describe("compare", { timeout: 120_000 }, () => {
  it("finds nothing where only the version differs", async () => {
    expect(await after((document) => (document.info.version = "9.9.9"))).toEqual([]);
  });

  it("calls a response property that went breaking", async () => {
    const found = await after((document) => delete members(document, "AllocatedPod")["kind"]);
    expect(found[0]).toMatchObject({ level: "major", minors: ["1.37"], text: expect.stringContaining("`kind`") });
  });

  it("calls a response property that came no more than an addition", async () => {
    const found = await after((document) => (members(document, "AllocatedPod")["more"] = { type: "string" }));
    expect(found).toMatchObject([{ level: "minor", minors: ["1.37"], text: expect.stringContaining("more") }]);
  });

  it("calls an answer that went breaking, and another wording a patch", async () => {
    const operation = (document: OpenApiDocument) => document.paths["/allocatedPods"]!.get!;
    expect(highest(await after((document) => delete operation(document).responses["401"]))).toBe("major");
    expect(highest(await after((document) => (operation(document).description = "Lists them.")))).toBe("patch");
  });

  it("calls a range of minors that shrinks breaking", async () => {
    const found = await after((document) => (document.paths["/allocatedPods"]!.get!["x-kubernetes"] = { until: "1.36", since: "1.37" }));
    expect(found).toMatchObject([{ level: "major", minors: ["1.37"], text: expect.stringContaining("/allocatedPods") }]);
  });
});

describe("missingChangeset", () => {
  const minor = { level: "minor", breaking: false } as const;
  it.each([
    [undefined, "1.0.0", [], undefined],
    ["patch", "1.0.0", [], "a changeset of the spec with level patch"],
    ["minor", "1.0.0", [minor], undefined],
    ["major", "1.0.0", [minor], "a changeset of the spec with level major"],
    ["major", "1.0.0", [{ level: "major", breaking: false }], undefined],
    ["minor", "0.2.0", [{ level: "patch", breaking: false }], undefined],
    ["patch", "0.2.0", [], "a changeset of the spec with level patch"],
    ["major", "0.2.0", [minor], 'a changeset of the spec with level minor and a line that begins with "Breaking:"'],
    ["major", "0.2.0", [minor, { level: "minor", breaking: true }], undefined],
  ] as const)("for %s since %s with %j: %s", (level, version, changesets, missing) => {
    expect(missingChangeset(level, version, changesets)).toBe(missing);
  });
});

describe("announced", () => {
  it("reads the level of one package, and whether a line says breaking", () => {
    const directory = mkdtempSync(join(tmpdir(), "changesets-"));
    try {
      writeFileSync(join(directory, "config.json"), "{}");
      writeFileSync(join(directory, "a.md"), '---\n"@k/spec": minor\n"@k/types": major\n---\n\nBreaking: the member `x` is gone.\n');
      writeFileSync(join(directory, "b.md"), "---\n'@k/types': patch\n---\n\nThe types.\n");
      writeFileSync(join(directory, "c.md"), "---\n'@k/spec': patch\n---\n\nNothing Breaking: no.\n");
      expect(announced(directory, "@k/spec")).toEqual([
        { level: "minor", breaking: true },
        { level: "patch", breaking: false },
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
