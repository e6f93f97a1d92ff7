import { type KnownFailure, staleAmong, unjudged, updatedEntries } from "../engine/known-failures.ts";
import type { Result } from "../engine/verdicts.ts";
import { UsageError } from "../errors.ts";
import { say } from "../messages/say.ts";
import { requireWritable } from "../report/write.ts";
import type { Io } from "./command.ts";
import type { OptionTable } from "./options.ts";

export const knownFailureOptions = {
  "known-failures": {
    kind: "text",
    advanced: true,
    value: "FILE",
    help: "failures that are accepted for now: a list of entries with id, reason, link and expires",
  },
  "update-known-failures": { kind: "boolean", advanced: true, help: "rewrite that file to the failures of this run" },
} as const satisfies OptionTable;

/** What a command does with a known-failures file. */
export interface KnownFailures {
  /** Whether there is a file. */
  isAsked: boolean;
  /** What the run accepts; nothing while the file is rewritten. */
  entries: readonly KnownFailure[];
  /**
   * Rewrites the file, or tells what became of its entries. `areAll`: these are the results of all of several kubelets, which no report judges
   * together; answers with 1 where they show an entry to be stale, else 0.
   */
  finish(results: readonly Result[], areAll?: boolean): Promise<0 | 1>;
}

/** Opens the file that the flags name. Throws a UsageError. */
export async function openKnownFailures(
  {
    "known-failures": file,
    "update-known-failures": update,
    strict,
  }: { [Flag in keyof typeof knownFailureOptions]: Flag extends "known-failures" ? string | undefined : boolean } & { strict: boolean },
  { err }: Io,
): Promise<KnownFailures> {
  if (file === undefined) {
    if (update) throw new UsageError("known-failures-missing", "--update-known-failures needs to know which file: --known-failures FILE");
    return { isAsked: false, entries: [], finish: async () => 0 };
  }
  const { readKnownFailures, writeKnownFailures } = await import("./known-failures-file.ts");
  const known = await readKnownFailures(file, update);
  if (update) {
    await requireWritable(file);
    return {
      isAsked: true,
      entries: [],
      finish: async (results) => {
        const entries = updatedEntries(results, known, strict);
        await writeKnownFailures(file, entries);
        err.write(`${say("known failures: {file} has {count} now", { file, count: entries.length })}\n`);
        return 0;
      },
    };
  }
  return {
    isAsked: true,
    entries: known,
    finish: async (results, areAll = false) => {
      const open = unjudged(results, known);
      if (open.length > 0)
        err.write(
          `${say("known failures: {count} of {all} not put to the test: {ids}", { count: open.length, all: known.length, ids: some(open) })}\n`,
        );
      const stale = areAll ? staleAmong(results, known) : [];
      if (stale.length > 0)
        err.write(`${say("stale known failures, which pass on every kubelet; remove their entries: {ids}", { ids: some(stale) })}\n`);
      return stale.length > 0 ? 1 : 0;
    },
  };
}

function some(list: readonly string[]): string {
  return list.length > 5 ? say("{list} and {count} more", { list: list.slice(0, 5).join(", "), count: list.length - 5 }) : list.join(", ");
}
