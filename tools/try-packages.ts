import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs, promisify } from "node:util";

/**
 * Packs each public package, installs the tarball into an empty project, and there imports what it exports and runs its programs, with each Node.
 * `node tools/try-packages.ts [--node 22.23.5]... [NAME]...` needs npm's registry, and about a minute for a package.
 */
const interrupted = new AbortController();
const runFile = promisify(execFile);
/** Ends with this program. */
const run = (file: string, args: readonly string[], options: { cwd?: string } = {}) =>
  runFile(file, args, { ...options, signal: interrupted.signal });
const { values, positionals } = readArguments();
const versions = values.node ?? ["22.23.5", "24.21.0"];

interface Manifest {
  name: string;
  private?: boolean;
  bin?: Record<string, string>;
  exports: Record<string, unknown>;
  peerDependencies?: Record<string, string>;
}

/** What each program does first for someone who has just installed it; the ones that serve are ended at the line that says so. */
const programs: Record<string, readonly { args: readonly string[]; until?: RegExp }[]> = {
  "kubelet-conformance": [
    { args: ["--version"] },
    { args: ["testbed", "--kubelet", "reference", "--scenario", "default", "--profile", "checkpoint", "--output", "plain"] },
  ],
  "reference-kubelet": [{ args: ["--version"] }, { args: ["--port", "0"], until: /https:\/\/\S+/ }],
  "mock-kubelet": [{ args: ["--version"] }, { args: ["--port", "0"], until: /https:\/\/\S+/ }],
};

const folders = globSync("{spec,packages/*,conformance}/package.json").map((file) => resolve(file, ".."));
const all = folders.map((folder) => ({ folder, manifest: readManifest(folder) })).filter(({ manifest }) => manifest.private !== true);
const names = all.map(({ manifest }) => manifest.name);
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined) refuse(`there is no public package "${unknown}"; there are ${names.join(", ")}`);

const work = mkdtempSync(join(tmpdir(), "try-packages-"));
process.once("exit", () => rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.once(signal, () => {
    interrupted.abort();
    process.exit(code);
  });

const tarballs = new Map<string, string>();
for (const { folder, manifest } of all) {
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", work], { cwd: folder });
  tarballs.set(manifest.name, join(work, stdout.trim()));
}
const nodes = await Promise.all(versions.map(async (version) => ({ version, node: await installNode(version) })));
let failures = 0;
for (const { manifest } of all) {
  if (positionals.length > 0 && !positionals.includes(manifest.name)) continue;
  const project = await installAlone(manifest);
  for (const { version, node } of nodes) {
    const problem = await tryOut(manifest, project, node).catch((error: unknown) => firstLineOf(error));
    if (problem !== undefined) failures++;
    console.log(
      `${problem === undefined ? "ok    " : "FAILED"}  ${manifest.name.padEnd(40)} Node ${version}${problem === undefined ? "" : `  ${problem}`}`,
    );
  }
  rmSync(project, { recursive: true });
}
process.exitCode = failures > 0 ? 1 : 0;

function readArguments() {
  try {
    return parseArgs({ options: { node: { type: "string", multiple: true } }, allowPositionals: true });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(reason: string): never {
  console.error(`try-packages: ${reason}`);
  process.exit(2);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest; // Its shape is npm's.
}

/** The platform's Node of that version, from the registry as the project's own. */
async function installNode(version: string): Promise<string> {
  const folder = join(work, `node-${version}`);
  mkdirSync(folder);
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  await run("npm", ["install", "--silent", "--no-package-lock", "--prefix", folder, `${name}@${version}`]);
  return join(folder, "node_modules", name, "bin/node");
}

/** An empty project with that package and what it works beside; what it needs of ours is not published yet, and comes from tarballs, too. */
async function installAlone({ name, peerDependencies = {} }: Manifest): Promise<string> {
  const project = mkdtempSync(join(work, "project-"));
  const overrides = Object.fromEntries([...tarballs].filter(([other]) => other !== name).map(([other, file]) => [other, `file:${file}`]));
  const manifest = {
    private: true,
    type: "module",
    dependencies: { ...peerDependencies, [name]: `file:${tarballs.get(name)}` },
    overrides,
  };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--silent", "--no-audit", "--no-fund"], { cwd: project });
  return project;
}

/** What is wrong with an installed package, if anything. */
async function tryOut({ name, exports, bin }: Manifest, project: string, node: string): Promise<string | undefined> {
  const specifiers = Object.keys(exports).filter((key) => !key.includes("*") && !key.endsWith(".json"));
  // The library for vitest needs one around it; conformance/examples/vitest has that.
  const imports = specifiers.filter((key) => key !== "./vitest").map((key) => `await import(${JSON.stringify(name + key.slice(1))});`);
  const file = join(project, "imports.js");
  writeFileSync(file, imports.join("\n"));
  await run(node, [file], { cwd: project });
  for (const [program, path] of Object.entries(bin ?? {})) {
    const calls = programs[program];
    if (!calls) return `tools/try-packages.ts does not know how to try ${program}`;
    for (const { args, until } of calls) {
      const problem = await call(node, [join(project, "node_modules", name, path), ...args], until);
      if (problem !== undefined) return `${program} ${args.join(" ")}: ${problem}`;
    }
  }
  return undefined;
}

/** Of a program that failed, what it says is wrong; its call and stack are long. */
function firstLineOf(error: unknown): string {
  const lines = String(error).split("\n");
  return lines.find((line) => /^\w*Error\b.*: /.test(line) && !line.startsWith("Error: Command failed")) ?? lines[0] ?? "";
}

async function call(node: string, args: readonly string[], until: RegExp | undefined): Promise<string | undefined> {
  const child = spawn(node, args, { cwd: work, stdio: ["ignore", "pipe", "pipe"], timeout: 120_000, signal: interrupted.signal });
  const ended = once(child, "exit");
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  let seen = until === undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (until === undefined || !until.test(line)) continue;
    seen = true;
    child.kill("SIGTERM");
  }
  const [code]: unknown[] = await ended;
  if (!seen) return `it never printed ${String(until)}: ${errors.trim().split("\n").at(-1)}`;
  return code === 0 || (until !== undefined && code === null)
    ? undefined
    : `exit code ${String(code)}: ${errors.trim().split("\n").at(-1)}`;
}
