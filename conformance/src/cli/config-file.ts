import { readFile } from "node:fs/promises";
import { UsageError, whyUnreadable } from "../errors.ts";
import { parseDocument } from "../yaml.ts";
import type { OptionTable, Raw } from "./options.ts";
import { didYouMean } from "./suggest.ts";

/** Reads options from a YAML or JSON file. Throws a UsageError that names file, line and fix. */
export async function readConfigFile(file: string, table: OptionTable): Promise<Map<string, Raw>> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UsageError("config-unreadable", `configuration file ${file} cannot be read: ${whyUnreadable(cause)}`, { cause });
  });
  const { value, lineOf } = await parseDocument(file, text);
  if (value === null) return new Map();
  if (typeof value !== "object" || Array.isArray(value))
    throw new UsageError("config-malformed", `${file}:1: expected options by name, e.g. "server: https://10.0.0.7:10250"`);
  const found = new Map<string, Raw>();
  for (const [key, raw] of Object.entries(value)) {
    const fail = (problem: string): never => {
      throw new UsageError("config-malformed", `${file}:${lineOf([key])}: ${problem}`);
    };
    const option = Object.hasOwn(table, key) ? table[key] : undefined;
    if (!option) return fail(`unknown option "${key}"${didYouMean(key, Object.keys(table))}`);
    const values: unknown[] = [raw].flat();
    if (option.kind !== "list" && Array.isArray(raw)) return fail(`${key} takes one value, not a list`);
    if (!values.every((item) => typeof item === "string" || typeof item === "number" || typeof item === "boolean"))
      return fail(`${key} takes plain values only`);
    const texts = values.map(String);
    found.set(key, option.kind === "list" ? texts : (texts[0] ?? ""));
  }
  return found;
}
