import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = fileURLToPath(import.meta.resolve("typescript/package.json").replace("package.json", "bin/tsc"));
const client = 'import type { KubeletClient } from "@kubelet-conformance/client";\ndeclare const kubelet: KubeletClient;\n';

test("the README's examples compile", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  expect(examples.length).toBeGreaterThan(3);
  const folder = join(root, "dist/readme");
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(folder, { recursive: true });
  for (const [at, code] of examples.entries()) {
    // Those that create no client go on with the first one's.
    await writeFile(join(folder, `example-${at}.ts`), code.includes("createKubeletClient(") ? code : client + code);
  }
  const compilerOptions = {
    rootDir: "../../../..",
    noEmit: true,
    composite: false,
    incremental: false,
    declaration: false,
    declarationMap: false,
    noUnusedLocals: false,
    customConditions: [], // The built types, as users see them.
  };
  const configuration = { extends: "../../../../tsconfig.base.json", compilerOptions, include: ["."] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(configuration));
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder]).catch((error: unknown) => ({
    stdout: String(error instanceof Error && "stdout" in error ? error.stdout : error),
  }));
  expect(stdout).toBe("");
}, 60_000);
