import { createHash } from "node:crypto";
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The system's temporary directory (TMPDIR) cannot be used: says which it is, why, and what to do. */
export class TemporaryDirectoryError extends Error {
  override name = "TemporaryDirectoryError";
  readonly code = "temporary-unusable";

  constructor(cause: unknown) {
    super(`the temporary directory ${tmpdir()} cannot be used: ${reasonOf(cause)}; set TMPDIR to one that can be written to`, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it is no directory",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "its file system is read-only",
  ENOSPC: "it is full",
  EDQUOT: "this user's quota there is used up",
};

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? cause.message;
}

/**
 * Makes a private (0700) directory, which the caller removes. Its name says which process owns it, so that one whose owner ended without
 * removing it, as SIGKILL has it, goes when the next one with this prefix is made. Throws TemporaryDirectoryError.
 *
 * @param owner Id of the process with which it ends. Default: this one.
 */
export async function makeTemporaryDirectory(prefix: string, owner: number = process.pid): Promise<string> {
  try {
    const mark = await ownerMark(owner);
    if (mark !== undefined) await sweep(prefix);
    return await mkdtemp(join(tmpdir(), mark === undefined ? prefix : `${prefix}${mark}-`));
  } catch (error) {
    throw new TemporaryDirectoryError(error);
  }
}

/** `PID.START.PLACE`; undefined where the system does not tell (no procfs), or there is no such process. */
async function ownerMark(pid: number): Promise<string | undefined> {
  const [start, place] = await Promise.all([startOf(pid), placeHere()]);
  return start === undefined || place === undefined ? undefined : `${pid.toString(36)}.${start.toString(36)}.${place}`;
}

/** When a process started, in ticks since the machine did: field 22 of proc_pid_stat(5). Ids are used again, this is not. */
async function startOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The second field is a name in parentheses, which may hold blanks and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie (Z) owns nothing any more.
  return fields === undefined || fields[0] === "Z" ? undefined : Number(fields[19]);
}

/** Ids mean the same processes only within one boot of one machine and one PID namespace; others may share the directory. */
async function placeHere(): Promise<string | undefined> {
  try {
    const parts = await Promise.all([readFile("/proc/sys/kernel/random/boot_id", "utf8"), readlink("/proc/self/ns/pid")]);
    return createHash("sha256").update(parts.join("")).digest("hex").slice(0, 8);
  } catch {
    return undefined;
  }
}

/** Best effort: what cannot be removed is left to the next one. */
async function sweep(prefix: string): Promise<void> {
  const [names, place] = await Promise.all([readdir(tmpdir()), placeHere()]);
  const stale = names.filter((name) => name.startsWith(prefix));
  await Promise.all(
    stale.map(async (name) => {
      const [, pid = "", start = "", there] = /^([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-f]{8})-\w{6}$/.exec(name.slice(prefix.length)) ?? [];
      if (there === undefined || there !== place) return;
      if ((await startOf(parseInt(pid, 36))) === parseInt(start, 36)) return;
      const path = join(tmpdir(), name);
      const found = await lstat(path).catch(() => undefined);
      // A name is no proof: in a shared directory anybody can make one.
      if (found?.isDirectory() && found.uid === process.getuid?.()) await rm(path, { recursive: true, force: true }).catch(() => {});
    }),
  );
}
