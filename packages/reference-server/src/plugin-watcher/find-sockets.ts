import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PluginWatcherRules } from "./rules.ts";

export interface FoundSockets {
  /** By path, with what tells each from one that is made anew in its place. */
  sockets: Map<string, string>;
  /** The directories that were looked into. */
  directories: string[];
}

/** The sockets in a directory and below it. */
export async function findSockets(directory: string, rules: PluginWatcherRules): Promise<FoundSockets> {
  const found: FoundSockets = { sockets: new Map(), directories: [directory] };
  // What is gone meanwhile is not there.
  for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
    const path = join(directory, entry.name);
    if (!rules.looksAt(entry.name)) continue;
    if (entry.isDirectory() && rules.looksBelow) {
      const below = await findSockets(path, rules);
      for (const [socket, identity] of below.sockets) found.sockets.set(socket, identity);
      found.directories.push(...below.directories);
    }
    if (!entry.isSocket()) continue;
    const stats = await lstat(path).catch(() => undefined);
    if (stats) found.sockets.set(path, rules.tellsApart ? `${stats.ino} of ${stats.birthtimeMs} and ${stats.ctimeMs}` : "");
  }
  return found;
}
