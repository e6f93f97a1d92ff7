import { type FSWatcher, watch } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Calls back after one of the files was written, once for what an editor does at once. */
export function watchFiles(files: readonly string[], changed: () => Promise<void>): { close(): void } {
  const watched = new Set(files.map((file) => resolve(file)));
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, 50);
  };
  // Directories, as editors put a new file in the old one's place.
  const directories = new Set([...watched].map(dirname));
  const watchers = [...directories].map((directory): FSWatcher => {
    return watch(directory, (_event, name) => name !== null && watched.has(join(directory, name)) && soon());
  });
  return {
    close() {
      clearTimeout(timer);
      for (const one of watchers) one.close();
    },
  };
}
