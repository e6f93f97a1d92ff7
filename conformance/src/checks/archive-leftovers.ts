import { join } from "node:path/posix";
import { setTimeout as delay } from "node:timers/promises";
import { ArchiveError, listArchive } from "@kubelet-conformance/checkpoint-archive";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { quoted } from "../engine/text.ts";
import { changed, contents, directoryOf, type File } from "./checkpoints-directory.ts";
import { checkpointAbandoned } from "./simultaneous.ts";

/** What stays in the checkpoints directory when there is no answer that names it. */
export const leftovers = {
  "archive.disconnect.whole-or-none": async (context) => {
    const before = await contents(context);
    await checkpointAbandoned(context);
    // A runtime that is not cancelled needs its usual time to finish; a double has been waited for.
    if (!context.target.runtime) await delay(await unfinishedMs(context), undefined, { signal: context.signal });
    const problem = await partIn(context, before);
    if (problem !== undefined) throw new Broken("a whole archive or none", problem);
  },

  "archive.failure.nothing-left": async (context) => {
    const before = await contents(context);
    const response = await context.checkpoint();
    if (response.status < 400) throw new Broken("a checkpoint that fails", describeAnswer(response));
    const left = await changed(context, before);
    if (left.length > 0) throw new Broken("no file", left.map(({ name, size }) => `${quoted(name)} with ${size} bytes`).join(", "));
  },
} satisfies Partial<AreaChecks<"archive">>;

/** Several times what the first checkpoint of the same container took. */
async function unfinishedMs(context: CheckContext): Promise<number> {
  const { startedAt, endedAt } = await context.archive();
  return 250 + 3 * (endedAt.getTime() - startedAt.getTime());
}

async function partIn(context: CheckContext, before: readonly File[]): Promise<string | undefined> {
  for (const { name } of await changed(context, before)) {
    const error = await listArchive(join((await directoryOf(context)).local, name)).catch((reason: unknown) => reason);
    if (error instanceof ArchiveError) return error.message;
  }
  return undefined;
}
