import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sources } from "./sources.support.ts";

const spec = join(import.meta.dirname, "..");

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sets-"));
  for (const name of [...sources, "messages"]) cpSync(join(spec, name), join(root, name), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

async function freeze(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(spec, "scripts/freeze-sets.ts"), ...args, root]);
    return { code: 0, out: stdout, err: "" };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }; // execFile rejects with these for an exit code
    return { code, out: stdout, err: stderr };
  }
}

const file = (minor: string): string => join(root, `sets/${minor}.yaml`);
const read = (minor: string): string => readFileSync(file(minor), "utf8");

function addRequirement(id: string, more = ""): void {
  const path = join(root, "requirements/health.yaml");
  const entry = `  - { id: ${id}, level: MUST, title: MUST be, provenance: observed, since: "1.37", sources: [{ recording: x }], operation: getHealthz${more} }\n`;
  writeFileSync(path, `${readFileSync(path, "utf8").trimEnd()}\n\n${entry}`);
}

it("changes nothing, and no date, where the sets are what the catalogue says", async () => {
  const before = [read("1.25"), read("1.37")];
  const { code, out } = await freeze();
  expect([code, read("1.25"), read("1.37")]).toEqual([0, ...before]);
  expect(out).toMatch(/^1\.37: \d+ requirements, as before$/m);
});

it("takes a new requirement into the sets of its minors, and no draft", async () => {
  addRequirement("health.fresh");
  addRequirement("health.proposed", ", draft: { document: KEP-1, link: 'https://example.org', reason: alpha }");
  const before = read("1.36");
  expect((await freeze()).code).toBe(0);
  expect(read("1.37")).toContain("\n  health.fresh: MUST\n");
  expect(read("1.37")).not.toContain("health.proposed");
  expect(read("1.36")).toBe(before);
});

it("keeps a set that a release has published, until it is told to freeze that again", async () => {
  expect((await freeze("--release", "0.1.0")).code).toBe(0);
  expect(read("1.37")).toContain('\nrelease: "0.1.0"\n');
  const published = read("1.37");
  addRequirement("health.fresh");
  const kept = await freeze("--release", "0.2.0");
  expect(kept.out).toContain("1.37: kept, 0.1.0 published it (1 later additions are not scored)");
  expect(read("1.37")).toBe(published);
  expect((await freeze("--release", "1.0.0", "--again", "1.37")).code).toBe(0);
  expect(read("1.37")).toMatch(/\nrelease: "1\.0\.0"\n[^]*\n {2}health\.fresh: MUST\n/);
  expect(read("1.36")).toContain('\nrelease: "0.1.0"\n');
});

it("makes sets where there are none", async () => {
  rmSync(join(root, "sets"), { recursive: true });
  const { code } = await freeze();
  expect(code).toBe(0);
  expect(read("1.30")).toMatch(/^minor: "1\.30"\nfrozen: "\d{4}-\d{2}-\d{2}"\nrequirements:\n {2}# /m);
});

it.each([
  [["--release", "soon"], "--release soon: write a version, e.g. --release 0.1.0"],
  [["--again", "1.24"], "--again 1.24: use one of 1.25 to 1.37"],
])("refuses %s and writes nothing", async (args, message) => {
  const before = read("1.37");
  const { code, err } = await freeze(...args);
  expect([code, err]).toEqual([1, `${message}\nno set was written.\n`]);
  expect(read("1.37")).toBe(before);
});
