import { say } from "../messages/say.ts";
import type { Command } from "./command.ts";
import { commonOptions, type Option, type OptionTable, variableOf } from "./options.ts";

export const exitCodes = "Exit codes: 0 conformant, 1 not conformant, 2 could not run, 130 interrupted.";

/** Help of the whole program. */
export function programHelp(commands: readonly { name: string; summary: string }[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    say("kubelet-conformance tells whether a kubelet's node API keeps its promises."),
    "",
    "Usage: kubelet-conformance COMMAND [options]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "kubelet-conformance COMMAND --help shows a command's options; kubelet-conformance --version the version.",
    exitCodes,
    "",
  ].join("\n");
}

export interface HelpOptions {
  /** Every option and all notes, instead of what fits a screen. */
  all: boolean;
  /** Width of the terminal. Default 100. */
  columns?: number | undefined;
}

/** Help of one command. */
export function commandHelp(
  command: Pick<Command, "name" | "summary" | "usage" | "examples" | "notes"> & { options: OptionTable },
  { all, columns = 100 }: HelpOptions,
): string {
  const known = Object.entries<Option>({ ...command.options, ...commonOptions });
  const hidden = known.some(([, { advanced }]) => advanced);
  const options = known.filter(([flag, { advanced }]) => (all || !advanced) && (hidden || flag !== "help-all"));
  const rows = options.map(
    ([flag, option]) => [`--${flag}${option.value === undefined ? "" : ` ${option.value}`}`, helpOf(option)] as const,
  );
  // A name that is longer has the line to itself.
  const width = Math.min(38, Math.max(...rows.map(([left]) => left.length)));
  const examples = all ? command.examples : command.examples.slice(0, 3);
  return [
    ...wrap(command.summary, columns),
    "",
    `Usage: kubelet-conformance ${command.name} ${command.usage}`.trimEnd(),
    "",
    ...rows.flatMap(([left, right]) => row(left, right, width, columns)),
    "",
    ...(all ? [...wrap(precedence, columns), ""] : []),
    "Examples:",
    ...examples.map((example) => `  ${example}`),
    "",
    ...(all ? (command.notes ?? [exitCodes]) : (command.notes ?? [exitCodes]).slice(-1)),
    "",
  ].join("\n");
}

const precedence = `Every option is also a variable (${variableOf("server")} for --server) and a key of the --config file; a flag beats a variable, a variable the file.`;

function helpOf({ help, kind, default: standard }: Option): string {
  const more = [kind === "list" ? "repeatable" : "", standard === undefined ? "" : `default ${standard}`].filter(Boolean).join(", ");
  return more === "" ? help : `${help} (${more})`;
}

function row(left: string, right: string, width: number, columns: number): string[] {
  const lines = wrap(right, Math.max(30, columns - width - 4));
  const indent = " ".repeat(width + 4);
  if (left.length > width) return [`  ${left}`, ...lines.map((line) => indent + line)];
  return lines.map((line, index) => (index === 0 ? `  ${left.padEnd(width)}  ${line}` : indent + line));
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
