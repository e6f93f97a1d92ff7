import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Calls back after a file, or one beside it of the same kind, was written; once for what editors do at once. */
export function watchFiles(files: readonly string[], changed: () => Promise<void>): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, 50);
  };
  // The directory, as editors put a new file in the old one's place.
  const watchers = files.map((file): FSWatcher => watch(dirname(file), (_event, name) => name === basename(file) && soon()));
  return {
    close() {
      clearTimeout(timer);
      for (const one of watchers) one.close();
    },
  };
}
