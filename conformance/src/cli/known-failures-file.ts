import { readFile } from "node:fs/promises";
import { requirementById, requirements } from "@kubelet-conformance/spec";
import type { KnownFailure } from "../engine/known-failures.ts";
import { names } from "../engine/plan.ts";
import { systemCode, UsageError, whyUnreadable } from "../errors.ts";
import { writeAtomically } from "../report/write.ts";
import { parseDocument } from "../yaml.ts";
import { didYouMean } from "./suggest.ts";

const form = "an entry is { id, reason, link, expires }";

/** Reads a YAML or JSON list of entries. Throws a UsageError that names file, line and fix. */
export async function readKnownFailures(file: string, mayBeMissing = false): Promise<KnownFailure[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    if (mayBeMissing && systemCode(cause) === "ENOENT") return "";
    const why = whyUnreadable(cause);
    const hint = systemCode(cause) === "ENOENT" ? `${why}; --update-known-failures creates it` : why;
    throw new UsageError("known-failures-unreadable", `known-failures file ${file} cannot be read: ${hint}`, { cause });
  });
  const { value, lineOf } = await parseDocument(file, text);
  if (value === null) return [];
  const fail = (index: number, problem: string): never => {
    throw new UsageError("known-failures-malformed", `${file}:${lineOf([index])}: ${problem}`);
  };
  if (!Array.isArray(value)) return fail(0, "expected a list of entries { id, reason, link, expires }");
  const lines = new Map<string, number>();
  return value.map((entry: unknown, index) => {
    if (typeof entry !== "object" || entry === null) return fail(index, form);
    const { id = "", reason = "", link, expires, ...rest } = toText(entry);
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) return fail(index, `unknown member "${unknown}"; ${form}`);
    const problem = problemOfId(id);
    if (problem !== undefined) return fail(index, problem);
    if (reason === "") return fail(index, `the entry of ${id} needs a reason`);
    if (lines.has(id)) return fail(index, `${id} has an entry already, in line ${lines.get(id)}; keep one of them`);
    lines.set(id, lineOf([index]));
    if (expires !== undefined && !isDate(expires)) return fail(index, `expires of ${id} is a date such as 2027-01-31`);
    return { id, reason, ...(link === undefined ? {} : { link }), ...(expires === undefined ? {} : { expires }) };
  });
}

/** Writes the file anew. */
export async function writeKnownFailures(file: string, entries: readonly KnownFailure[]): Promise<void> {
  const { stringify } = await import("yaml");
  await writeAtomically(
    file,
    `# Failures that are accepted for now. An entry that passes fails the run, and so does one behind its date.\n${stringify(entries)}`,
  );
}

/** An entry is one requirement's: a pattern would go on accepting what begins to fail later. */
function problemOfId(id: string): string | undefined {
  const ids = requirements().map((requirement) => requirement.id);
  const found = requirementById(id);
  if (found?.unobservable !== undefined) return `nothing can observe ${id}, so it never fails; remove the entry`;
  if (found) return undefined;
  const meant = id === "" ? [] : ids.filter((candidate) => names(id, candidate));
  if (meant.length === 0) return `there is no requirement "${id}"; remove the entry or correct its id${didYouMean(id, ids)}`;
  const more = meant.length > 3 ? " ..." : "";
  return `"${id}" names ${meant.length} requirements and an entry one; write an entry for each that fails: ${meant.slice(0, 3).join(", ")}${more}`;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.startsWith(text);
}

/** YAML reads an unquoted date or number as such; entries hold text. */
function toText(entry: object): Record<string, string> {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, String(value)]));
}
