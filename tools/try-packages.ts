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
const run = promisify(execFile);
const { values, positionals } = parseArgs({ options: { node: { type: "string", multiple: true } }, allowPositionals: true });
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

/** Entries that work only beside a package that the user has chosen. */
const peers: ReadonlyMap<string, string> = new Map([["./msw", "msw"]]);

const work = mkdtempSync(join(tmpdir(), "try-packages-"));
process.once("exit", () => rmSync(work, { recursive: true, force: true }));
process.once("SIGINT", () => process.exit(130));

const folders = globSync("{spec,packages/*,conformance}/package.json").map((file) => resolve(file, ".."));
const all = folders.map((folder) => ({ folder, manifest: readManifest(folder) })).filter(({ manifest }) => manifest.private !== true);
const tarballs = new Map<string, string>();
for (const { folder, manifest } of all) {
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", work], { cwd: folder });
  tarballs.set(manifest.name, join(work, stdout.trim()));
}
const nodes = await Promise.all(versions.map(async (version) => ({ version, node: await installNode(version) })));
let failures = 0;
for (const { manifest } of all) {
  const { name, exports, peerDependencies = {} } = manifest;
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  // The library for vitest needs a test run around it; conformance/examples/vitest has that.
  const entries = Object.keys(exports).filter((key) => !key.includes("*") && !key.endsWith(".json") && key !== "./vitest");
  const alone = entries.filter((entry) => !peers.has(entry));
  const project = await installAlone(name);
  await withEachNode(name, (node) => tryOut(manifest, project, node, alone));
  for (const [entry, peer] of [...peers].filter(([key]) => entries.includes(key))) {
    await run("npm", ["install", "--silent", "--no-audit", "--no-fund", `${peer}@${peerDependencies[peer]}`], { cwd: project });
    await withEachNode(`${name} with ${peer}`, (node) => importAll(name, project, node, [entry]));
  }
  rmSync(project, { recursive: true });
}
process.exitCode = failures > 0 ? 1 : 0;

async function withEachNode(what: string, attempt: (node: string) => Promise<string | undefined>): Promise<void> {
  for (const { version, node } of nodes) {
    const problem = await attempt(node).catch((error: unknown) => String(error));
    if (problem !== undefined) failures++;
    console.log(
      `${problem === undefined ? "ok    " : "FAILED"}  ${what.padEnd(45)} Node ${version}${problem === undefined ? "" : `  ${problem}`}`,
    );
  }
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

/** An empty project with that package; what it needs of ours is not published yet, and comes from tarballs, too. */
async function installAlone(name: string): Promise<string> {
  const project = mkdtempSync(join(work, "project-"));
  const overrides = Object.fromEntries([...tarballs].filter(([other]) => other !== name).map(([other, file]) => [other, `file:${file}`]));
  const manifest = { private: true, type: "module", dependencies: { [name]: `file:${tarballs.get(name)}` }, overrides };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--silent", "--no-audit", "--no-fund"], { cwd: project });
  return project;
}

async function importAll(name: string, project: string, node: string, entries: readonly string[]): Promise<undefined> {
  const file = join(project, "imports.js");
  writeFileSync(file, entries.map((entry) => `await import(${JSON.stringify(name + entry.slice(1))});`).join("\n"));
  await run(node, [file], { cwd: project });
}

/** What is wrong with an installed package, if anything. */
async function tryOut({ name, bin }: Manifest, project: string, node: string, entries: readonly string[]): Promise<string | undefined> {
  await importAll(name, project, node, entries);
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

async function call(node: string, args: readonly string[], until: RegExp | undefined): Promise<string | undefined> {
  const child = spawn(node, args, { cwd: work, stdio: ["ignore", "pipe", "pipe"], timeout: 120_000 });
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
