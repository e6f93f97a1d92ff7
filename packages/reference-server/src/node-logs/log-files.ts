import { open, realpath, stat, type FileHandle } from "node:fs/promises";
import { basename, dirname, join, normalize, sep } from "node:path/posix";
import { goErrorText } from "../go-error.ts";
import type { QueryRules } from "./node-log-query.ts";

type Files = QueryRules["files"];

/** Why a file cannot be queried; undefined: it is there. */
export async function fileProblem(directory: string, name: string, files: Files): Promise<string | undefined> {
  if (files === "confined") {
    const found = await confined(directory, name, stat);
    return found === escapes || found instanceof Error ? `statat ${name}: ${problemText(found)}` : undefined;
  }
  const path = await joined(directory, name);
  return stat(path).then(
    () => undefined,
    (error: unknown) => `stat ${path}: ${goErrorText(error)}`,
  );
}

/** The file of that name, open for reading; `absent`, or what else is wrong with it. A directory is no log. */
export async function openLogFile(directory: string, name: string, files: Files): Promise<FileHandle | "absent" | { problem: string }> {
  const opened =
    files === "confined"
      ? await confined(directory, name, open)
      : await open(await joined(directory, name)).catch((error: unknown) => asError(error));
  if (opened === escapes || opened instanceof Error) {
    if (opened !== escapes && isAbsent(opened)) return "absent";
    return { problem: `${opening[files](directory, name)}: ${problemText(opened)}` };
  }
  if (!(await opened.stat()).isDirectory()) return opened;
  await opened.close();
  return "absent";
}

/** What is being done when a file cannot be opened; the second slash is securejoin's. */
const opening: Readonly<Record<Files, (directory: string, name: string) => string>> = {
  joined: (directory, name) => `lstat ${join(directory, name)}`,
  scoped: (directory, name) => `securejoin.OpenInRoot ${name}: openat2 ${directory}//${name}`,
  confined: (_directory, name) => `openat ${name}`,
};

const escapes = "path escapes from parent";

/** os.Root: neither the path nor a link in it may lead out of the directory. */
async function confined<T>(directory: string, name: string, use: (path: string) => Promise<T>): Promise<T | typeof escapes | Error> {
  if (name.startsWith("/") || normalize(`a/${name}`).split("/")[0] !== "a") return escapes;
  try {
    const root = await realpath(directory);
    const real = await realpath(join(root, name));
    if (real !== root && !real.startsWith(root + sep)) return escapes;
    return await use(name.endsWith("/") ? `${real}/` : real);
  } catch (error) {
    return asError(error);
  }
}

/** securejoin.SecureJoin: dot segments and links end at the directory as at a root. A last part that is not there stays as it is. */
async function joined(directory: string, name: string): Promise<string> {
  const path = join(directory, normalize(`/${name}`));
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return path.length > 1 ? path.replace(/\/$/, "") : path;
  const root = await realpath(directory);
  if (real === root || real.startsWith(root + sep)) return join(directory, real.slice(root.length));
  return join(directory, dirname(real), basename(real));
}

function isAbsent(error: Error): boolean {
  return "code" in error && error.code === "ENOENT";
}

function problemText(problem: typeof escapes | Error): string {
  return problem instanceof Error ? goErrorText(problem) : problem;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
