import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { FileError } from "./file-error.ts";

/**
 * Makes a directory and those above it; one that exists stays as it is. Throws FileError that names `setting`.
 * (Node's own recursive mkdir never ends below /proc.)
 */
export async function makeDirectory(path: string, setting: string, mode = 0o755): Promise<void> {
  try {
    await makeWithParents(path, mode);
  } catch (cause) {
    throw new FileError(path, undefined, `this directory cannot be made; give another one with ${setting}`, { cause });
  }
}

async function makeWithParents(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    // Whatever failed here failed in the file system.
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return await mkdir(path, { recursive: true }).then(() => undefined);
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeWithParents(dirname(path), mode);
    await mkdir(path, { mode });
  }
}
