import type { Command } from "./command.ts";

/** One document, to be generated from and compiled in a directory of its own. */
export interface Job {
  minor: string;
  /** The built document of the minor. */
  document: string;
  /** Empty at first. */
  directory: string;
  /** Kept from run to run. */
  cache: string;
  /** Runs a command, writes down what it says, and throws when it fails. */
  run: (command: Command) => Promise<string>;
}

/** Operations that a generator knowingly makes nothing of. */
export interface Omission {
  operations: RegExp;
  reason: string;
}

/** A consumer of the documents: a generator with what compiles its code, or a linter. */
export interface Language {
  id: string;
  /** What is tried, with its version. */
  tool: string;
  /** Programs that must be on the PATH. */
  needs: readonly string[];
  /** Installs the tool into the cache; called once, before the first job. */
  prepare?(job: Pick<Job, "cache" | "run">): Promise<void>;
  /** Generates and compiles, and gives the command that calls a kubelet with the result; none where there is nothing to run. */
  make(job: Job): Promise<Command | undefined>;
  omissions?: readonly Omission[];
}
