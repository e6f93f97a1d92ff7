import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { specAt } from "@kubelet-conformance/spec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { missingPrograms, reason } from "./command.ts";
import { type Result, tryLanguage } from "./lane.ts";
import type { Language } from "./language.ts";
import { openapiTypescript } from "./languages/openapi-typescript.ts";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "codegen-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

async function codegen(words: string[], path = ""): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = join(import.meta.dirname, "main.ts");
  const all = ["--conditions=@kubelet-conformance/source", main, "--cache", cache, ...words];
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, all, { env: { ...process.env, PATH: path } })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }; // execFile rejects with these for an exit code
  }
}

/** Takes a language through one minor, with this as its document. */
async function attempt(language: Language, document: object): Promise<Result> {
  const documents = join(cache, "documents");
  mkdirSync(documents);
  writeFileSync(join(documents, "kubelet-1.37.json"), JSON.stringify(document));
  const results: Result[] = [];
  await tryLanguage(language, ["1.37"], { documents, cache }, (_, result) => results.push(result));
  expect(results).toHaveLength(1);
  return results[0]!;
}

describe("npm run codegen", { timeout: 120_000 }, () => {
  it("calls a kubelet with what TypeScript makes of the documents, and names what is not installed", async () => {
    const { code, stdout } = await codegen(["--minor", "1.37", "--language", "openapi-typescript", "--language", "rust"]);
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^CONSUMER +TOOL +1\.37$/);
    expect(lines[1]).toMatch(/^openapi-typescript .* green$/);
    expect(lines[2]).toMatch(/^rust .* skipped$/);
    expect(lines[4]).toBe("skipped: rust: not installed: cargo, java, mvn [1.37]");
  });

  it("fails when what is required is skipped", async () => {
    const words = ["--minor", "1.37", "--language", "go"];
    expect((await codegen([...words, "--require", "rust"])).code).toBe(0);
    expect((await codegen([...words, "--require", "go"])).code).toBe(1);
    expect((await codegen([...words, "--require", "all"])).code).toBe(1);
  });

  it.each([
    ["--minor", "1.24", 'unknown minor "1.24"; use one of 1.25'],
    ["--language", "cobol", 'unknown language "cobol"; use one of openapi-typescript'],
    ["--require", "cobol", 'unknown language "cobol"'],
  ])("refuses %s %s", async (flag, value, message) => {
    const { code, stderr } = await codegen([flag, value]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("tryLanguage", { timeout: 120_000 }, () => {
  it("tells what the compiler says of a document that lost what the program needs", async () => {
    const document = structuredClone(specAt("1.37"));
    delete document.paths["/pods"];
    const result = await attempt(openapiTypescript, document);
    expect(result).toMatchObject({ verdict: "red", reason: expect.stringMatching(/error TS2339: Property '"?\/pods"?' does not exist/) });
    expect(readFileSync(result.verdict === "red" ? result.log : "", "utf8")).toContain("openapi-typescript");
  });

  /** Makes the document itself the generated code, and prints something that no kubelet answers. */
  const liar: Language = {
    id: "liar",
    tool: "none",
    needs: [],
    make: async ({ directory, document }) => {
      writeFileSync(join(directory, "all.ts"), readFileSync(document));
      return { program: process.execPath, arguments: ["--eval", "console.log('healthz: fine')"] };
    },
  };
  const lie = { verdict: "red", reason: expect.stringMatching(/^the program printed "healthz: fine\\n" and not "healthz: ok\\npods: /) };

  it("notices a program that tells something else than the kubelet", async () => {
    expect(await attempt(liar, specAt("1.37"))).toMatchObject(lie);
  });

  it.each([
    [[], { verdict: "red", reason: "the generated code lacks getHealthzPing" }],
    [[{ operations: /^getHealthzPing$/, reason: "tested" }], lie],
  ])("misses an operation that the generated code lacks, unless that is known: %j", async (omissions, result) => {
    const document = structuredClone(specAt("1.37"));
    delete document.paths["/healthz/ping"];
    expect(await attempt({ ...liar, omissions }, document)).toMatchObject(result);
  });

  it("tells how a tool could not be prepared", async () => {
    const prepare: Language["prepare"] = async ({ run }) => {
      await run({
        program: process.execPath,
        arguments: ["--eval", "console.error('warning: old'); console.error('error: no network'); process.exit(3)"],
      });
    };
    expect(await attempt({ id: "x", tool: "x", needs: [], prepare, make: async () => undefined }, {})).toMatchObject({
      verdict: "red",
      reason: expect.stringMatching(/^node.*: error: no network$/),
    });
  });
});

describe("commands", () => {
  it("finds a program on the path, and not what is no program", () => {
    const path = mkdtempSync(join(cache, "path-"));
    writeFileSync(join(path, "yes"), "", { mode: 0o755 });
    writeFileSync(join(path, "no"), "", { mode: 0o644 });
    expect(missingPrograms(["yes", "no", "never"], path)).toEqual(["no", "never"]);
  });

  it.each([
    ["fine\nerror: broken\nbye", "error: broken"],
    ["one\nwarning: odd\n2 problems", "warning: odd"],
    ["one\ntwo\n\n", "two"],
    ["", undefined],
  ])("takes the reason from %j", (output, line) => {
    expect(reason(output)).toBe(line);
  });
});
