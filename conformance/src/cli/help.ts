import { type PlainText, say } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import { displayWidth, padColumns, wrapToWidth } from "../report/width.ts";
import type { Command } from "./command.ts";
import { commonOptions, type Option, type OptionTable, variableOf, wordsOf } from "./options.ts";

export const exitCodes = "Exit codes: 0 conformant, 1 not conformant, 2 could not run, 130 interrupted." satisfies PlainText;

/** Help of the whole program. */
export function programHelp(commands: readonly Pick<Command, "name" | "summary">[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    say("kubelet-conformance tells whether a kubelet's node API keeps its promises."),
    "",
    say("Usage: {command}", { command: "kubelet-conformance COMMAND [options]" }),
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${say(summary)}`),
    "",
    say("kubelet-conformance COMMAND --help shows a command's options; kubelet-conformance --version the version."),
    say(exitCodes),
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
  const width = Math.min(31, Math.max(...rows.map(([left]) => left.length)));
  const notes = command.notes ?? [exitCodes];
  const examples = all ? command.examples : command.examples.slice(0, 2);
  return [
    ...wrapToWidth(say(command.summary), columns),
    "",
    say("Usage: {command}", { command: `kubelet-conformance ${command.name} ${command.usage}`.trimEnd() }),
    "",
    ...rows.flatMap(([left, right]) => row(left, right, width, columns)),
    "",
    ...(all ? [...wrapToWidth(precedence(command.options), columns), ""] : []),
    say("Examples:"),
    ...examples.map((example) => `  ${example}`),
    "",
    ...(all ? notes : notes.slice(-1)).flatMap((note) => (typeof note === "function" ? note() : note === "" ? [""] : [say(note)])),
    "",
  ].join("\n");
}

/** With an option of the command as the example. */
function precedence(options: OptionTable): string {
  const [first = "lang"] = Object.keys(options);
  return say(
    "Every option is also a variable ({variable} for --{flag}) and a key of the --config file; a flag beats a variable, a variable the file.",
    { variable: variableOf(first), flag: first },
  );
}

function helpOf(option: Option): string {
  const { help, kind, default: standard } = option;
  const shown = standard === undefined || wordsOf(option).includes(standard) ? standard : translated(standard);
  const values = shown === undefined ? "" : say("default {value}", { value: shown });
  const more = [kind === "list" ? say("repeatable") : "", values].filter(Boolean).join(", ");
  return more === "" ? say(help) : `${say(help)} (${more})`;
}

function row(left: string, right: string, width: number, columns: number): string[] {
  const lines = wrapToWidth(right, Math.max(30, columns - width - 4));
  const indent = " ".repeat(width + 4);
  if (displayWidth(left) > width) return [`  ${left}`, ...lines.map((line) => indent + line)];
  return lines.map((line, index) => (index === 0 ? `  ${padColumns(left, width)}  ${line}` : indent + line));
}
