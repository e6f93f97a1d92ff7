import { watch } from "node:fs";
import { dirname } from "node:path";

/** The kubelet's logForceCheckPeriod: it looks again even when nobody has told it of a change. */
const forceCheckMs = 1000;

/** Tells when something happens in the directory of a log. */
export interface LogChanges {
  /** Resolves at the next change since the last call, after a second at most, or when the signal is aborted. */
  next(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Watches the directory, not the file: after a rotation another file has the name. */
export function watchLog(path: string): LogChanges {
  let changed = false;
  let wake: (() => void) | undefined;
  const tell = (): void => {
    changed = true;
    wake?.();
  };
  const watcher = watch(dirname(path), { persistent: false }, tell);
  // A directory that goes with its pod: the next look finds out.
  watcher.on("error", tell);
  return {
    async next(signal) {
      if (!changed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, forceCheckMs);
          const done = (): void => {
            clearTimeout(timer);
            resolve();
          };
          wake = done;
          signal.addEventListener("abort", done, { once: true });
        });
        wake = undefined;
      }
      changed = false;
    },
    close: () => watcher.close(),
  };
}
