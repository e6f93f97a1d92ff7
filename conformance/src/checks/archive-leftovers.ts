import { basename, join } from "node:path/posix";
import { setTimeout as delay } from "node:timers/promises";
import { ArchiveError, listArchive } from "@kubelet-conformance/checkpoint-archive";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { quoted } from "../engine/text.ts";
import { changed, contents, directoryOf, type File } from "./checkpoints-directory.ts";
import { checkpointAbandoned, checkpointOverlapping, pathIn } from "./simultaneous.ts";

/** What stays in the checkpoints directory when there is no answer that names it. */
export const leftovers = {
  "archive.disconnect.whole-or-none": async (context) => {
    const before = await contents(context);
    await checkpointAbandoned(context);
    // A runtime that is not cancelled needs its usual time to finish; a double has been waited for.
    if (!context.target.runtime) await settled(context);
    const problem = await partIn(context, before);
    if (problem !== undefined) throw new Broken("a whole archive or none", problem);
  },

  "archive.overlap.whole": async (context) => {
    const { runtime } = context.target;
    // One that is not whole without an overlap is for others to report.
    const { localPath } = await context.archive();
    if (localPath === undefined) throw new Blocked("node-root");
    await listArchive(localPath).catch(() => {
      throw new Blocked("readable-archive");
    });
    // What a runtime breaks depends on what the one before is at: the dump, or its archive, which containerd begins at two thirds.
    for (const part of runtime ? [0] : [1 / 3, 2 / 3, 5 / 6]) await expectWholeAfterOverlap(context, part);
  },

  "archive.failure.nothing-left": async (context) => {
    const before = await contents(context);
    const response = await context.checkpoint();
    if (response.status < 400) throw new Broken("a checkpoint that fails", describeAnswer(response));
    const left = await changed(context, before);
    if (left.length > 0) throw new Broken("no file", left.map(({ name, size }) => `${quoted(name)} with ${size} bytes`).join(", "));
  },
} satisfies Partial<AreaChecks<"archive">>;

async function expectWholeAfterOverlap(context: CheckContext, part: number): Promise<void> {
  const before = await contents(context);
  const responses = await checkpointOverlapping(context, part);
  const answers = responses.map((response) => response?.status ?? "none").join(", ");
  const expected = "whole archives where an answer names one, and no part of another";
  const { local } = await directoryOf(context);
  for (const path of responses.flatMap((response) => pathIn(response) ?? [])) {
    const error = await listArchive(join(local, basename(path))).catch((reason: unknown) => reason);
    if (error instanceof Error) throw new Broken(expected, `${error.message} after a 200 (all answers: ${answers})`);
  }
  const problem = await partIn(context, before);
  if (problem !== undefined) throw new Broken(expected, `${problem} (all answers: ${answers})`);
}

/** Waits as long as the first checkpoint of the same container took, and while files still grow, up to three times that. */
async function settled(context: CheckContext): Promise<void> {
  const { startedAt, endedAt } = await context.archive();
  const usual = endedAt.getTime() - startedAt.getTime();
  // A runtime that is done within milliseconds does not pause longer than that in the middle of a file.
  const stillMs = Math.min(Math.max(5 * usual, 50), 250);
  const next = async (): Promise<File[]> => {
    await delay(stillMs, undefined, { signal: context.signal });
    return contents(context);
  };
  const end = performance.now() + stillMs + 3 * usual;
  await delay(usual, undefined, { signal: context.signal });
  for (let [last, now] = [await contents(context), await next()]; performance.now() < end; [last, now] = [now, await next()]) {
    if (versionsOf(last) === versionsOf(now)) return;
  }
}

function versionsOf(files: readonly File[]): string {
  return files
    .map(({ name, version }) => `${name} ${version}`)
    .toSorted()
    .join();
}

async function partIn(context: CheckContext, before: readonly File[]): Promise<string | undefined> {
  for (const { name } of await changed(context, before)) {
    const error = await listArchive(join((await directoryOf(context)).local, name)).catch((reason: unknown) => reason);
    if (error instanceof ArchiveError) return error.message;
  }
  return undefined;
}
