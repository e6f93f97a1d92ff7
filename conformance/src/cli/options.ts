import { parseArgs } from "node:util";
import { languages, nearest } from "@kubelet-conformance/spec";
import { UsageError } from "../errors.ts";
import type { PlainText } from "../messages/say.ts";
import { readConfigFile } from "./config-file.ts";
import { didYouMean } from "./suggest.ts";

/** One option of a command: a flag, a variable (`KUBELET_CONFORMANCE_` and the flag's name) and a key of the configuration file. */
export interface Option {
  kind: "text" | "number" | "boolean" | "list" | "choice";
  /** The words that a choice is between; of texts and lists, those that are worth offering where a shell completes one. */
  words?: readonly string[] | (() => readonly string[]);
  /** Rarely needed: only --help-all shows it. */
  advanced?: true;
  /** Stands for the value in the help; absent for booleans. */
  value?: string;
  help: PlainText;
  /** Shown in the help. */
  default?: string;
  /** Bounds of a number. */
  min?: number;
  max?: number;
}

export type OptionTable = Readonly<Record<string, Option>>;

/** Values by flag name. Lists are empty when not given, booleans false, the rest undefined. */
export type Values<Table extends OptionTable> = {
  [Flag in keyof Table]: Table[Flag]["kind"] extends "list"
    ? string[]
    : Table[Flag]["kind"] extends "boolean"
      ? boolean
      : Table[Flag]["kind"] extends "number"
        ? number | undefined
        : Table[Flag] extends { kind: "choice"; words: readonly (infer Word)[] }
          ? Word | undefined
          : string | undefined;
};

export const variablePrefix = "KUBELET_CONFORMANCE_";

/** Every command has these. */
export const commonOptions = {
  config: { kind: "text", value: "FILE", help: "read options from this YAML or JSON file" },
  lang: { kind: "choice", value: "LANGUAGE", words: languages, help: "speak en, zh, ja or ko", default: "the locale's" },
  help: { kind: "boolean", help: "show the options that most need" },
  "help-all": { kind: "boolean", help: "show every option" },
} as const satisfies OptionTable;

export interface Parsed<Table extends OptionTable> {
  values: Values<Table>;
  /** Of `--lang`, wherever it was given. */
  lang: string | undefined;
  positionals: string[];
}

/** Reads a command's options: a flag beats a variable, a variable beats the configuration file. Throws a UsageError. */
export async function readOptions<Table extends OptionTable>(
  table: Table,
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<Parsed<Table>> {
  const all: OptionTable = { ...table, ...commonOptions };
  const { flags, positionals } = readFlags(all, args);
  const variables = readVariables(all, environment);
  const file = flags.get("config") ?? variables.get("config");
  const fromFile = typeof file === "string" ? await readConfigFile(file, table) : new Map<string, Raw>();
  const values: Record<string, unknown> = {};
  for (const [flag, option] of Object.entries(all)) {
    const raw = flags.get(flag) ?? variables.get(flag) ?? fromFile.get(flag);
    values[flag] = convert(flag, option, raw);
  }
  // convert() gave each member the type that its kind stands for.
  return { values: values as Values<Table>, lang: typeof values["lang"] === "string" ? values["lang"] : undefined, positionals };
}

/** A value before conversion. */
export type Raw = string | boolean | string[];

function readFlags(table: OptionTable, args: readonly string[]): { flags: Map<string, Raw>; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(table).map(([flag, { kind }]) => [
      flag,
      { type: kind === "boolean" ? ("boolean" as const) : ("string" as const), multiple: kind === "list" },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, h: { type: "boolean" } },
    strict: false,
    allowPositionals: true,
    allowNegative: true,
    tokens: true,
  });
  const flags = new Map<string, Raw>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const name = token.rawName === "-h" ? "help" : token.rawName.replace(/^--(no-)?/, "");
    const isNegated = token.rawName.startsWith("--no-");
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option || (isNegated && option.kind !== "boolean")) {
      const known = Object.keys(table).map((flag) => `--${flag}`);
      throw new UsageError("flag-unknown", `unknown flag ${token.rawName}${didYouMean(token.rawName, known)}`);
    }
    if (option.kind === "boolean") {
      flags.set(name, token.value ?? !isNegated);
    } else if (token.value === undefined || token.value === "" || (!token.inlineValue && token.value.startsWith("--"))) {
      throw new UsageError("flag-incomplete", `--${name} needs a value: --${name} ${option.value}`);
    } else {
      const before = flags.get(name);
      if (option.kind === "list") flags.set(name, [...(Array.isArray(before) ? before : []), token.value]);
      else if (before !== undefined) throw new UsageError("flag-repeated", `--${name} is given twice; give it once`);
      else flags.set(name, token.value);
    }
  }
  return { flags, positionals };
}

function readVariables(table: OptionTable, environment: Record<string, string | undefined>): Map<string, Raw> {
  const found = new Map<string, Raw>();
  for (const [flag, { kind }] of Object.entries(table)) {
    const value = environment[variableOf(flag)];
    if (value === undefined || value === "") continue;
    found.set(flag, kind === "list" ? value.split(",").map((part) => part.trim()) : value);
  }
  return found;
}

/** Not an option's: shows where a defect of ours is. */
const debugVariable = `${variablePrefix}DEBUG`;

/**
 * Makes sure that no variable is mistyped: each is that of one of these options, which may be other commands'. An empty one counts as not set. Throws a
 * UsageError that names the nearest.
 */
export function requireKnownVariables(tables: readonly OptionTable[], environment: Record<string, string | undefined>): void {
  const known = new Set([debugVariable, ...[commonOptions, ...tables].flatMap((table) => Object.keys(table).map(variableOf))]);
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(variablePrefix) || !value || known.has(name)) continue;
    const bare = (variable: string): string => variable.slice(variablePrefix.length);
    const near = nearest(bare(name), [...known].map(bare));
    const hint = near === undefined ? `a variable is ${variablePrefix} and an option's name` : `did you mean "${variablePrefix}${near}"?`;
    throw new UsageError("variable-unknown", `unknown environment variable ${name}; ${hint}`);
  }
}

/** The environment variable of a flag. */
export function variableOf(flag: string): string {
  return variablePrefix + flag.replaceAll("-", "_").toUpperCase();
}

function convert(flag: string, option: Option, raw: Raw | undefined): unknown {
  switch (option.kind) {
    case "list":
      return raw === undefined ? [] : [raw].flat();
    case "boolean":
      if (raw === undefined) return false;
      if (raw === true || raw === "true" || raw === "1") return true;
      if (raw === false || raw === "false" || raw === "0") return false;
      throw new UsageError("value-malformed", `--${flag} is true or false, not "${String(raw)}"`);
    case "number":
      return raw === undefined ? undefined : toNumber(flag, option, raw);
    case "choice":
      return raw === undefined ? undefined : toWord(flag, option, String(raw));
    case "text":
      return raw;
  }
}

/** The words of an option, known or computed. */
export function wordsOf({ words = [] }: Option): readonly string[] {
  return typeof words === "function" ? words() : words;
}

function toWord(flag: string, option: Option, word: string): string {
  const words = wordsOf(option);
  if (words.includes(word)) return word;
  throw new UsageError(`${flag}-unknown`, `--${flag} ${word}: write ${listed(words)}${didYouMean(word, words)}`);
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function toNumber(flag: string, { min = 0, max = Infinity }: Option, raw: Raw): number {
  const value = Number(raw);
  if (!Number.isFinite(value) || value < min || value > max || String(raw).trim() === "") {
    const range = max === Infinity ? `from ${min} on` : `from ${min} to ${max}`;
    throw new UsageError("value-malformed", `--${flag} is a number ${range}, not "${String(raw)}"`);
  }
  return value;
}
