import { randomUUID } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode, UsageError } from "../errors.ts";

/** Writes a file completely or not at all. Throws a UsageError that says what to do. */
export async function writeAtomically(file: string, content: string): Promise<void> {
  const temporary = temporaryName(file);
  try {
    await requireReplaceable(file);
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw unwritable(file, cause);
  }
}

/** Makes sure, before the work whose outcome goes there, that a file can be written. Changes nothing. Throws as writing does. */
export async function requireWritable(file: string): Promise<void> {
  const temporary = temporaryName(file);
  try {
    await requireReplaceable(file);
    await writeFile(temporary, "", { flag: "wx" });
    await rm(temporary);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function temporaryName(file: string): string {
  return `${file}.${randomUUID().slice(0, 8)}.tmp`;
}

/** A device, such as /dev/null, would be replaced by a file. */
async function requireReplaceable(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found || found.isFile()) return;
  const reason = found.isDirectory() ? "it is a directory; name a file in it" : "it is no regular file; name one";
  throw new UsageError("file-unwritable", `${file} cannot be written: ${reason}`);
}

function unwritable(file: string, cause: unknown): UsageError {
  if (cause instanceof UsageError) return cause;
  return new UsageError("file-unwritable", `${file} cannot be written: ${reasonOf(cause, dirname(file))}`, { cause });
}

function reasonOf(cause: unknown, directory: string): string {
  switch (systemCode(cause)) {
    case "ENOENT":
      return `there is no directory ${directory}; create it first`;
    case "ENOTDIR":
      return `${directory} is no directory; name a file in one`;
    case "EACCES":
    case "EPERM":
      return `this user may not write to the directory ${directory}; name a file in another one`;
    case "EROFS":
      return `the file system of ${directory} is read-only; name a file on another one`;
    case "ENOSPC":
    case "EDQUOT":
      return `there is no room left in ${directory}; make some`;
    case "ENAMETOOLONG":
      return "its name is too long; give a shorter one";
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}
