import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode, UsageError } from "../errors.ts";

/** Writes a file completely or not at all. Throws a UsageError that says what to do. */
export async function writeAtomically(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    const reason =
      systemCode(cause) === "ENOENT"
        ? `there is no directory ${dirname(file)}; create it first`
        : cause instanceof Error
          ? cause.message
          : String(cause);
    throw new UsageError("file-unwritable", `${file} cannot be written: ${reason}`, { cause });
  }
}
