import { type Dirent } from "node:fs";
import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { systemCode } from "../errors.ts";

/** A node's file system as it is seen from here. Nothing is ever written to it. */
export interface NodeFiles {
  /** Where a path of the node is here. Its symbolic links are the node's: they do not lead out of it. */
  place: (path: string) => Promise<string>;
  /** A file's content; undefined: it is not there. */
  read: (path: string) => Promise<Buffer | undefined>;
  /** None where there is no such directory. */
  list: (path: string) => Promise<Dirent[]>;
  exists: (path: string) => Promise<boolean>;
  /** What was there and may not be read. */
  refused: readonly string[];
}

const mostLinks = 40;

export function nodeFiles(root: string): NodeFiles {
  const refused: string[] = [];
  const place = (path: string): Promise<string> => inside(root, path, mostLinks);
  const attempt = async <T>(path: string, action: (here: string) => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await action(await place(path));
    } catch (error) {
      const code = systemCode(error);
      if (code === "EACCES" || code === "EPERM") refused.push(path);
      else if (code === undefined) throw error;
      return otherwise;
    }
  };
  return {
    place,
    read: (path) => attempt<Buffer | undefined>(path, (here) => readFile(here), undefined),
    list: (path) => attempt<Dirent[]>(path, (here) => readdir(here, { withFileTypes: true }), []),
    exists: (path) => attempt(path, (here) => stat(here).then(() => true), false),
    refused,
  };
}

/** Follows links one by one, each of them below the root. */
async function inside(root: string, path: string, left: number): Promise<string> {
  let done = "/";
  const parts = resolve("/", path)
    .split("/")
    .filter((part) => part !== "");
  for (const [index, part] of parts.entries()) {
    const next = join(done, part);
    const target = await readlink(join(root, next)).catch(() => undefined);
    if (target === undefined || left === 0) done = next;
    else return inside(root, join(resolve(dirname(next), target), ...parts.slice(index + 1)), left - 1);
  }
  return join(root, done);
}
