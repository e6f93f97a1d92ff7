import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { minors as covered } from "@kubelet-conformance/spec";
import { type Result, tryLanguage } from "./lane.ts";
import { languages } from "./languages/index.ts";
import { exitCode, type Results, table } from "./table.ts";

const help = `Usage: npm run codegen -- [options]

Feeds the built OpenAPI documents to stock generators, compiles what they make, and calls a reference kubelet with it over TLS.

  --minor V       a Kubernetes minor, again and again (default: ${covered[0]} to ${covered.at(-1)})
  --language L    ${languages.map(({ id }) => id).join(", ")}; again and again (default: all)
  --require L     fail when this language, or "all", is skipped because something is not installed
  --cache DIR     where tools and generated code go (default: kubelet-conformance-codegen in the user's cache directory)

Exit codes: 0 nothing is red, 1 something is, or is skipped although required, 2 could not run.
`;

const options = {
  minor: { type: "string", multiple: true },
  language: { type: "string", multiple: true },
  require: { type: "string", multiple: true },
  cache: { type: "string", default: join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "kubelet-conformance-codegen") },
  help: { type: "boolean", default: false },
} as const;

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.once(signal, () => process.exit(code));

process.exitCode = await main().catch((error: unknown) => {
  console.error(`codegen: ${error instanceof Error ? error.message : String(error)}; see --help`);
  return 2;
});

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const minors = chosen("minor", values.minor, covered);
  const ids = languages.map(({ id }) => id);
  const all = chosen("language", values.language, ids);
  const required = chosen("language", values.require?.flatMap((name) => (name === "all" ? all : [name])) ?? [], ids);
  const cache = resolve(values.cache);
  mkdirSync(cache, { recursive: true });
  const places = { documents: join(import.meta.dirname, "../../../spec/dist/openapi"), cache };
  const results: Results = new Map();
  for (const language of languages.filter(({ id }) => all.includes(id))) {
    const byMinor = new Map<string, Result>();
    results.set(language, byMinor);
    await tryLanguage(language, minors, places, (minor, result) => {
      byMinor.set(minor, result);
      const seconds = result.verdict === "green" ? ` (${result.seconds.toFixed(1)} s)` : "";
      console.error(`${language.id} ${minor}: ${result.verdict}${seconds}`);
    });
  }
  console.log(table(results, minors));
  return exitCode(results, required);
}

function chosen(what: string, given: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  const strange = given?.find((name) => !known.includes(name));
  if (strange !== undefined) throw new Error(`unknown ${what} "${strange}"; use one of ${known.join(", ")}`);
  return given === undefined ? known : known.filter((name) => given.includes(name));
}
