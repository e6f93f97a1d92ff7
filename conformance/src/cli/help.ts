import type { Command } from "./command.ts";
import { commonOptions, type OptionTable, variableOf } from "./options.ts";

export const exitCodes = "Exit codes: 0 conformant, 1 not conformant, 2 could not run, 130 interrupted.";

/** Help of the whole program. */
export function programHelp(commands: readonly { name: string; summary: string }[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "kubelet-conformance tells whether a kubelet's node API keeps its promises.",
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

/** Help of one command. */
export function commandHelp(
  command: Pick<Command, "name" | "summary" | "usage" | "examples" | "notes"> & { options: OptionTable },
): string {
  const options: OptionTable = { ...command.options, ...commonOptions };
  const rows = Object.entries(options).map(([flag, { value, help, default: standard, kind }]) => {
    const left = `--${flag}${value === undefined ? "" : ` ${value}`}`;
    const more = [kind === "list" ? "repeatable" : "", standard === undefined ? "" : `default ${standard}`].filter(Boolean).join(", ");
    return [left, more === "" ? help : `${help} (${more})`] as const;
  });
  const width = Math.min(38, Math.max(...rows.map(([left]) => left.length)));
  return [
    command.summary,
    "",
    `Usage: kubelet-conformance ${command.name} ${command.usage}`.trimEnd(),
    "",
    ...rows.flatMap(([left, right]) =>
      left.length > width ? [`  ${left}`, `  ${" ".repeat(width)}  ${right}`] : [`  ${left.padEnd(width)}  ${right}`],
    ),
    "",
    `Every option is also a variable (${variableOf("server")} for --server) and a key of the --config file; a flag beats a variable, a variable the file.`,
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
    ...(command.notes ?? [exitCodes]),
    "",
  ].join("\n");
}
