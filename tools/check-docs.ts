import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { programs, tryExamples } from "./doc-examples.ts";

/**
 * Checks the prose: links lead somewhere, scripts and options exist, commands and scripts that need no kubelet of the reader's run, and translations say the same.
 */
const run = promisify(execFile);
const translations = globSync("README.??.md");
const documents = [
  "README.md",
  ...translations,
  "CONTRIBUTING.md",
  ...globSync("{spec,packages/*,conformance,conformance/recordings*,conformance/targets/*}/README.md"),
];
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
  const own = /^README\b/.test(document) ? text : "";
  for (const [, option = ""] of own.matchAll(/`(--[a-z-]+)/g)) {
    if (!help.includes(option)) problems.push(`${document}: no command's --help names ${option}`);
  }
  // Translations have the same ones, as is seen below.
  if (!translations.includes(document)) for (const problem of await tryExamples(text)) problems.push(`${document}: ${problem}`);
}
const [headings, code] = structureOf("README.md");
for (const document of translations) {
  const [own, ownCode] = structureOf(document);
  if (own.join() !== headings.join()) problems.push(`${document}: its headings are not those of README.md`);
  const lost = code.filter((line) => !ownCode.includes(line));
  const more = ownCode.filter((line) => !code.includes(line));
  for (const line of lost) problems.push(`${document}: README.md has "${line}", and it has not`);
  for (const line of more) problems.push(`${document}: README.md has no "${line}"`);
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
  const calls = [...commands, ["reference-kubelet", "--help"], ["mock-kubelet", "--help-all"]];
  const outputs = await Promise.all(calls.map(([bin = "", ...rest]) => run(process.execPath, [programs.get(bin) ?? "", ...rest])));
  return outputs.map(({ stdout }) => stdout).join("\n");
}

/** Levels of a page's headings, and lines of its code without comments. Examples of output are in the page's language. */
function structureOf(document: string): [headings: number[], code: string[]] {
  const text = readFileSync(document, "utf8");
  const blocks = [...text.matchAll(/^```(?!text)\w+\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const prose = text.replaceAll(/^```.*?^```$/gms, "");
  return [
    [...prose.matchAll(/^(#+) /gm)].map(([, level = ""]) => level.length),
    blocks.flatMap((block) => block.split("\n").map((line) => line.replace(/\s+#.*$|(^|\s+)\/\/ .*$/, ""))),
  ];
}
