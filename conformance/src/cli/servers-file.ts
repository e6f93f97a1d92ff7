import { readFile } from "node:fs/promises";
import { UsageError, whyUnreadable } from "../errors.ts";
import { requireServerUrl } from "./target-options.ts";

/** Reads URLs, one a line; empty lines and those that begin with # say nothing. Throws a UsageError that names file, line and fix. */
export async function readServersFile(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UsageError("file-unreadable", `servers file ${file} cannot be read: ${whyUnreadable(cause)}`, { cause });
  });
  const servers = text.split("\n").flatMap((line, index) => {
    const url = line.trim();
    if (url === "" || url.startsWith("#")) return [];
    try {
      return [requireServerUrl(url)];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError(error.code, `${file}:${index + 1}: ${error.message.replace(/^--server /, "")}`, { cause: error });
    }
  });
  if (servers.length === 0)
    throw new UsageError("servers-missing", `servers file ${file} names no kubelet; write https://HOST:10250, one a line`);
  return servers;
}
