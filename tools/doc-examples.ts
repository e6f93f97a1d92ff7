import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A folder that looks like a reader's project with all packages installed. */
const project = mkdtempSync(join(tmpdir(), "doc-examples-"));
process.once("exit", () => rmSync(project, { recursive: true, force: true }));
symlinkSync(resolve("node_modules"), join(project, "node_modules"));
copyFileSync("packages/mock-server/examples/scenarios.yaml", join(project, "scenarios.yaml"));

// The package that generates the project's types has it.
const generator = createRequire(resolve("packages/types/package.json")).resolve("openapi-typescript/package.json");
/** What `npx` finds there. */
export const programs = new Map([
  ["kubelet-conformance", resolve("conformance/bin/kubelet-conformance.js")],
  ["reference-kubelet", resolve("packages/reference-server/bin/reference-kubelet.js")],
  ["mock-kubelet", resolve("packages/mock-server/bin/mock-kubelet.js")],
  ["openapi-typescript", join(dirname(generator), "bin/cli.js")],
]);
const servers = new Set(["reference-kubelet", "mock-kubelet"]);
/** Of kubelet-conformance: these start everything that they need. */
const selfContained = new Set(["list", "explain", "prove", "testbed"]);

/** Runs what a document shows, as far as it needs nothing of the reader's. What is wrong with it. */
export async function tryExamples(text: string): Promise<string[]> {
  const blocks = (language: string): string[] =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, block = ""]) => block);
  const problems: string[] = [];
  for (const block of blocks("sh")) problems.push(...(await tryCommands(block.split("\n").map((line) => line.replace(/\s+#.*$/, "")))));
  for (const block of blocks("js")) problems.push(...(await tryScript(block)));
  return problems;
}

async function tryCommands(lines: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const [at, command] of lines.entries()) {
    const [npx, bin = "", ...args] = command.split(/\s+/);
    if (npx !== "npx" || bin === "changeset") continue;
    const program = programs.get(bin);
    // A kubelet of the reader's is not here.
    const isOurs = bin !== "kubelet-conformance" || (selfContained.has(args[0] ?? "") && !args.includes("./kubelet"));
    if (!program) problems.push(`there is no command "${bin}"`);
    else if (isOurs) {
      const requests = lines.slice(at + 1).filter((line) => line.startsWith("curl "));
      const tried = servers.has(bin)
        ? serve([program, ...args, "--port", "0"], requests)
        : run(process.execPath, [program, ...args], options);
      await tried.catch((error: unknown) => problems.push(`"${command}" failed: ${firstLines(error)}`));
    }
  }
  return problems;
}

const options = { cwd: project, maxBuffer: 64 * 1024 * 1024 };

/** Starts a server, makes the requests that stand below it, and ends it. */
async function serve(args: readonly string[], requests: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "ignore"], timeout: 60_000 });
  const ended = once(child, "exit");
  let url: string | undefined;
  try {
    for await (const line of createInterface(child.stdout)) {
      [url] = /https:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url !== undefined) break;
    }
    if (url === undefined) throw new Error("it never printed its address");
    for (const request of requests) await run("sh", ["-c", request.replaceAll("https://127.0.0.1:10250", url)], options);
  } finally {
    child.kill("SIGTERM");
  }
  const [code]: unknown[] = await ended;
  if (code !== 0) throw new Error(`exit code ${String(code)}`);
}

/** Scripts print what their comments say. */
async function tryScript(code: string): Promise<string[]> {
  const file = join(project, "example.mjs");
  writeFileSync(file, code);
  const expected = [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, value = ""]) => `${value}\n`).join("");
  try {
    const { stdout } = await run(process.execPath, [file], options);
    return stdout === expected ? [] : [`a script prints ${JSON.stringify(stdout)}, and not ${JSON.stringify(expected)}`];
  } catch (error) {
    return [`a script fails: ${firstLines(error)}`];
  }
}

function firstLines(error: unknown): string {
  return error instanceof Error ? error.message.split("\n").slice(0, 3).join(" ") : String(error);
}
