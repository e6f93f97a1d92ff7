import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Checks the prose: links lead somewhere, scripts and options exist, and the commands that need no kubelet of the reader's run. */
const run = promisify(execFile);
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  ...globSync("{spec,packages/*,conformance,conformance/recordings*,conformance/targets/*}/README.md"),
];
const bins = new Map([
  ["kubelet-conformance", "conformance/bin/kubelet-conformance.js"],
  ["reference-kubelet", "packages/reference-server/bin/reference-kubelet.js"],
  ["mock-kubelet", "packages/mock-server/bin/mock-kubelet.js"],
]);
/** Of kubelet-conformance: these start everything that they need. */
const selfContained = new Set(["list", "explain", "prove", "testbed"]);
const problems: string[] = [];

// Its shape is npm's.
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const help = await allHelp();

for (const document of documents) {
  const text = readFileSync(document, "utf8");
  for (const [, target = ""] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
    if (!existsSync(join(dirname(document), target))) problems.push(`${document}: the link to ${target} leads nowhere`);
  }
  for (const [, script = ""] of text.matchAll(/npm run ([a-z:]+)/g)) {
    if (!(script in scripts)) problems.push(`${document}: there is no script "${script}"`);
  }
  const own = document === "README.md" ? text : "";
  for (const [, option = ""] of own.matchAll(/`(--[a-z-]+)/g)) {
    if (!help.includes(option)) problems.push(`${document}: no command's --help names ${option}`);
  }
  for (const command of commandsOf(text)) await tryCommand(document, command);
}
for (const problem of problems) console.error(problem);
console.log(`${documents.length} documents checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

async function allHelp(): Promise<string> {
  const commands = ["run", "testbed", "prove", "list", "explain", "doctor", "diff", "merge", "inspect"].map((name) => [
    "kubelet-conformance",
    name,
    "--help-all",
  ]);
  const calls = [...commands, ["reference-kubelet", "--help"], ["mock-kubelet", "--help"]];
  const outputs = await Promise.all(calls.map(([bin = "", ...rest]) => run(process.execPath, [bins.get(bin) ?? "", ...rest])));
  return outputs.map(({ stdout }) => stdout).join("\n");
}

/** The `npx` lines of fenced shell blocks. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.split("\n")).filter((line) => line.startsWith("npx "));
}

async function tryCommand(document: string, command: string): Promise<void> {
  const [, bin = "", ...args] = command.replace(/\s+#.*$/, "").split(/\s+/);
  const file = bins.get(bin);
  if (!file) {
    if (bin !== "changeset") problems.push(`${document}: there is no command "${bin}"`);
    return;
  }
  if (bin !== "kubelet-conformance" || !selfContained.has(args[0] ?? "")) return;
  try {
    await run(process.execPath, [file, ...args], { maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    problems.push(
      `${document}: "${command}" failed: ${error instanceof Error ? error.message.split("\n").slice(0, 3).join(" ") : String(error)}`,
    );
  }
}
