import { statSync } from "node:fs";

/** Whether directories may hold something else than when they were looked into: of a thousand kubelets' directories hardly one changes. */
export interface DirectoryChanges {
  isPossible(): boolean;
  /** They have just been looked into. */
  seen(directories: readonly string[]): void;
}

/** File systems write times in steps; what changes within the step of a look looks as if it had been there before. */
const coarsestStepMs = 2_000;

export function watchDirectories(): DirectoryChanges {
  let known: ReadonlyMap<string, string> | undefined;
  return {
    isPossible: () => known === undefined || [...known].some(([directory, times]) => timesOf(directory) !== times),
    seen(directories) {
      const times = directories.map((directory): [string, string] => [directory, timesOf(directory)]);
      known = times.every(([, time]) => isSettled(time)) ? new Map(times) : undefined;
    },
  };
}

/** Asked at once: a call of a few microseconds is not worth a trip to another thread. */
function timesOf(directory: string): string {
  const stats = statSync(directory, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.ctimeMs}`;
}

function isSettled(time: string): boolean {
  return time === "" || Date.now() - Number(time) > coarsestStepMs;
}
