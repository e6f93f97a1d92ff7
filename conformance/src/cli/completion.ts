import type { Command } from "./command.ts";
import { commonOptions, type Option, type OptionTable, wordsOf } from "./options.ts";

/** What may stand where the cursor is, the last of the words behind the program's name; nothing: a file may. */
export async function candidates(
  words: readonly string[],
  commands: readonly { name: string; load(): Promise<Command> }[],
): Promise<string[]> {
  const [name = "", ...rest] = words;
  if (rest.length === 0) return beginningWith(name, [...commands.map((command) => command.name), "--help", "--version"]);
  const entry = commands.find((command) => command.name === name);
  if (!entry) return [];
  const command = await entry.load();
  const options: OptionTable = { ...command.options, ...commonOptions };
  const typed = rest.at(-1) ?? "";
  const [, given, part] = /^--([\w-]+)=(.*)$/s.exec(typed) ?? [];
  if (given !== undefined && part !== undefined) return wordsFor(options[given], part).map((word) => `--${given}=${word}`);
  const before = rest.at(-2) ?? "";
  const option = before.startsWith("--") ? options[before.slice(2)] : undefined;
  if (option && option.kind !== "boolean") return wordsFor(option, typed);
  if (typed.startsWith("-")) return beginningWith(typed, flagsLeft(options, rest));
  return beginningWith(typed, command.arguments?.() ?? []);
}

function flagsLeft(options: OptionTable, given: readonly string[]): string[] {
  return Object.entries(options)
    .filter(([flag, { kind }]) => kind === "list" || !given.slice(0, -1).includes(`--${flag}`))
    .map(([flag]) => `--${flag}`);
}

function wordsFor(option: Option | undefined, typed: string): string[] {
  return option ? beginningWith(typed, wordsOf(option)) : [];
}

function beginningWith(start: string, words: readonly string[]): string[] {
  return words.filter((word) => word.startsWith(start));
}
