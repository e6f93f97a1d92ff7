import type { PlainText } from "../messages/say.ts";
import type { Output } from "../report/terminal.ts";
import type { OptionTable, Values } from "./options.ts";

/** What a command reads from and writes to. */
export interface Io {
  out: Output;
  err: Output;
  environment: Record<string, string | undefined>;
}

/** One command of the command line. */
export interface Command<Table extends OptionTable = OptionTable> {
  name: string;
  /** One sentence for the list of commands. */
  summary: PlainText;
  /** Behind the command's name in the usage line. */
  usage: string;
  options: Table;
  /** Words that may be its arguments, where a shell completes one; none: files. */
  arguments?(): readonly string[];
  examples: readonly string[];
  /** Lines for the end of the help: exit codes and whatever a user must know, such as lists. */
  notes?: readonly (PlainText | "" | (() => readonly string[]))[];
  /** Answers with the exit code. Throws UsageError and TargetError for what a user can put right. */
  run(values: Values<Table>, positionals: readonly string[], io: Io): Promise<number>;
}

/** Keeps a command's option types while it is declared. */
export function defineCommand<const Table extends OptionTable>(command: Command<Table>): Command<Table> {
  return command;
}
