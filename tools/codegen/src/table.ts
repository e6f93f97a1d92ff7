import type { Language } from "./language.ts";
import type { Result } from "./lane.ts";

/** What came out, by language and minor. */
export type Results = Map<Language, Map<string, Result>>;

/** Languages by minors, then what was red, skipped and left out. */
export function table(results: Results, minors: readonly string[]): string {
  const width = Math.max("CONSUMER".length, ...[...results.keys()].map(({ id }) => id.length));
  const tools = Math.max("TOOL".length, ...[...results.keys()].map(({ tool }) => tool.length));
  const row = (name: string, tool: string, cells: readonly string[]): string =>
    `${name.padEnd(width)}  ${tool.padEnd(tools)}  ${cells.map((cell) => cell.padEnd(7)).join(" ")}`.trimEnd();
  const rows = [...results].map(([language, byMinor]) =>
    row(
      language.id,
      language.tool,
      minors.map((minor) => byMinor.get(minor)?.verdict ?? ""),
    ),
  );
  return [row("CONSUMER", "TOOL", minors), ...rows, "", ...[...results].flatMap(([language, byMinor]) => notes(language, byMinor))].join(
    "\n",
  );
}

function notes({ id, omissions = [] }: Language, byMinor: Map<string, Result>): string[] {
  const lines = new Map<string, string[]>();
  for (const [minor, result] of byMinor) {
    const line =
      result.verdict === "red"
        ? `red: ${id}: ${result.reason} (${result.log})`
        : result.verdict === "skipped"
          ? `skipped: ${id}: not installed: ${result.missing.join(", ")}`
          : undefined;
    if (line !== undefined) lines.set(line, [...(lines.get(line) ?? []), minor]);
  }
  const green = [...byMinor.values()].some(({ verdict }) => verdict === "green");
  return [
    ...[...lines].map(([line, minors]) => `${line} [${minors.join(", ")}]`),
    ...(green ? omissions.map(({ operations, reason }) => `left out by ${id}: ${operations.source}: ${reason}`) : []),
  ];
}

/** 1 when something is red, or a required language was skipped. */
export function exitCode(results: Results, required: readonly string[]): 0 | 1 {
  const bad = [...results].some(([{ id }, byMinor]) =>
    [...byMinor.values()].some(({ verdict }) => verdict === "red" || (verdict === "skipped" && required.includes(id))),
  );
  return bad ? 1 : 0;
}
