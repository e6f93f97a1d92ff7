import { readFile } from "node:fs/promises";
import { systemCode, UsageError } from "../errors.ts";
import { writeAtomically } from "../report/write.ts";
import { parseDocument } from "../yaml.ts";
import type { Result } from "./verdicts.ts";

/** One entry of a known-failures file. */
export interface KnownFailure {
  id: string;
  /** Why it is accepted for now. */
  reason: string;
  /** Where it is tracked. */
  link?: string;
  /** Last day (YYYY-MM-DD) on which it is accepted; absent: no end. */
  expires?: string;
}

/** Reads a YAML or JSON list of entries. Throws a UsageError that names file, line and fix. */
export async function loadKnownFailures(file: string, ids: ReadonlySet<string>, mayBeMissing = false): Promise<KnownFailure[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    if (mayBeMissing && systemCode(cause) === "ENOENT") return "";
    const hint = systemCode(cause) === "ENOENT" ? "there is no such file; --update-known-failures creates it" : String(cause);
    throw new UsageError("known-failures-unreadable", `known-failures file ${file} cannot be read: ${hint}`, { cause });
  });
  const { value, lineOf } = await parseDocument(file, text);
  if (value === null) return [];
  const fail = (index: number, problem: string): never => {
    throw new UsageError("known-failures-malformed", `${file}:${lineOf([index])}: ${problem}`);
  };
  if (!Array.isArray(value)) return fail(0, "expected a list of entries { id, reason, link, expires }");
  return value.map((entry: unknown, index) => {
    if (typeof entry !== "object" || entry === null) return fail(index, "an entry is { id, reason, link, expires }");
    const { id, reason, link, expires, ...rest } = toText(entry);
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) return fail(index, `unknown member "${unknown}"; an entry is { id, reason, link, expires }`);
    if (id === undefined || !ids.has(id)) return fail(index, `there is no requirement "${id ?? ""}"; remove the entry or correct its id`);
    if (reason === undefined || reason === "") return fail(index, `the entry of ${id} needs a reason`);
    if (expires !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(expires)) return fail(index, `expires of ${id} is a date such as 2027-01-31`);
    return { id, reason, ...(link === undefined ? {} : { link }), ...(expires === undefined ? {} : { expires }) };
  });
}

/** Turns listed failures into `known-failure`. An entry that passes, and one that has expired, fails the run. */
export function applyKnownFailures(
  results: readonly Result[],
  known: readonly KnownFailure[],
  today = new Date().toISOString().slice(0, 10),
): Result[] {
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  return results.map((result) => {
    const entry = byId.get(result.id);
    if (!entry) return result;
    if (result.verdict === "passed") {
      return {
        ...result,
        verdict: "failed",
        expected: "the failure that the known-failures file lists",
        actual: "it passes",
        reason: "stale known failure: remove its entry, or run with --update-known-failures",
      };
    }
    if (result.verdict !== "failed") return result;
    if (entry.expires !== undefined && entry.expires < today)
      return { ...result, reason: `its known failure expired on ${entry.expires} (${entry.reason})` };
    return { ...result, verdict: "known-failure", reason: [entry.reason, entry.link].filter(Boolean).join("; ") };
  });
}

/** Rewrites the file to exactly the failures of this run; entries that stay keep their reason, link and date. */
export async function updateKnownFailures(file: string, results: readonly Result[], previous: readonly KnownFailure[]): Promise<number> {
  const byId = new Map(previous.map((entry) => [entry.id, entry]));
  const judged = new Set(results.filter(({ verdict }) => verdict !== "blocked" && verdict !== "not-applicable").map(({ id }) => id));
  const failed = new Set(results.filter(({ verdict }) => verdict === "failed" || verdict === "known-failure").map(({ id }) => id));
  const kept = previous.filter(({ id }) => !judged.has(id) || failed.has(id));
  const added = [...failed]
    .filter((id) => !byId.has(id))
    .map((id): KnownFailure => ({ id, reason: "fails as of this run; say why it is accepted" }));
  const { stringify } = await import("yaml");
  const entries = [...kept, ...added];
  await writeAtomically(
    file,
    `# Failures that are accepted for now. An entry that passes fails the run, and so does one behind its date.\n${stringify(entries)}`,
  );
  return entries.length;
}

/** YAML reads an unquoted date or number as such; entries hold text. */
function toText(entry: object): Record<string, string> {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, String(value)]));
}
