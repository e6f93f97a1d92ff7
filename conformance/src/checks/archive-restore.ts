import { stat } from "node:fs/promises";
import { join, normalize } from "node:path/posix";
import { listArchive, missingCommonEntries } from "@kubelet-conformance/checkpoint-archive";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import { quoted } from "../engine/text.ts";
import { logTarget } from "../target/container-log.ts";
import type { Restored } from "../target/target.ts";
import { requireTicking } from "./container-log.ts";

/** What becomes of an archive in a runtime that can restore it. The opted-in container counts in its log. */
export const restores = {
  "archive.restore.goes-on": async (context) => {
    const { restore = fail("restore") } = context.target;
    await requireTicking(context);
    const before = await counterNow(context);
    const archive = await checkpointed(context);
    const counter = counterIn(lineOf(await restore.restore(archive, context.signal)));
    if (!(counter > before)) throw new Broken(`a counter that goes on from ${before}`, `one that went on with ${counter}`);
  },
} satisfies Partial<AreaChecks<"archive">>;

async function counterNow(context: CheckContext): Promise<number> {
  const { status, body } = await context.send({ target: logTarget(context.target.checkpoint ?? fail("checkpoint")) });
  const counter = counterIn(body.toString().trimEnd().split("\n").at(-1) ?? "");
  return status === 200 && !Number.isNaN(counter) ? counter : fail("ticking-container");
}

/** NaN: the line does not end with a number. */
function counterIn(line: string): number {
  return Number(/\d+$/.exec(line)?.[0] ?? Number.NaN);
}

/** Makes a checkpoint; where its archive is. Blocked where it is none, which other requirements say. */
async function checkpointed(context: CheckContext): Promise<string> {
  const path = pointer(parseJson(await context.checkpoint())?.value, "/items/0");
  const { nodeRoot = fail("node-root") } = context.target;
  if (typeof path !== "string") return fail("archive-file");
  const archive = join(nodeRoot, normalize(`/${path}`));
  if (!(await stat(archive).catch(() => undefined))?.isFile()) fail("archive-file");
  const entries = await listArchive(archive).catch(() => fail("readable-archive"));
  return missingCommonEntries(entries).length === 0 ? archive : fail("readable-archive");
}

function lineOf(restored: Restored): string {
  if ("line" in restored) return restored.line;
  const expected = "a container made of the archive that goes on";
  if ("silent" in restored) throw new Broken(expected, restored.silent);
  const need = needBehind(restored.text);
  if (need !== undefined) throw new Blocked(need);
  throw new Broken(expected, `a refusal to ${restored.refused} it: ${quoted(restored.text, 400)}`);
}

/** What a runtime lacks that refuses any archive; undefined: it has something against this one. */
export function needBehind(refusal: string): string | undefined {
  // containerd 2.1: the image is unreachable, was never pulled and hence has no name that could be, or its registry does not answer.
  if (/failed to pull checkpoint base image|parse "dummy:\/\/sha256:|code = DeadlineExceeded /.test(refusal)) return "pullable-base-image";
  // crun's exit code for options that it does not know: containerd 2.1 calls it as it calls runc.
  if (refusal.endsWith("did not terminate successfully: exit status 64")) return "restoring-runtime";
  // The path is taken for an image's name.
  if (/code = (NotFound|Unimplemented|InvalidArgument) |invalid reference format|checkpoint\/restore support not available/.test(refusal))
    return "restoring-runtime";
  return undefined;
}

function fail(need: string): never {
  throw new Blocked(need);
}
