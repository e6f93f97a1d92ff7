import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PluginWatcherRules } from "./rules.ts";

/** The sockets in a directory and below it, by path, with what tells each from one that is made anew in its place. */
export async function findSockets(directory: string, rules: PluginWatcherRules): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  // What is gone meanwhile is not there.
  for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
    const path = join(directory, entry.name);
    if (!rules.looksAt(entry.name)) continue;
    if (entry.isDirectory() && rules.looksBelow) for (const [below, identity] of await findSockets(path, rules)) found.set(below, identity);
    if (!entry.isSocket()) continue;
    const stats = await lstat(path).catch(() => undefined);
    if (stats) found.set(path, rules.tellsApart ? `${stats.ino} of ${stats.birthtimeMs} and ${stats.ctimeMs}` : "");
  }
  return found;
}
