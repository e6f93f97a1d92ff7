import { printable } from "../../engine/text.ts";

/** Text within a line, as it is: nothing in it is markup, a link or a reference. */
export function plain(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]|~$#]/g, "\\$&")
    .replace(/[&<>@]|:(?=\/\/)/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A code span, also within a table. */
export function code(text: string): string {
  const shown = printable(text).replaceAll("|", "\\|");
  if (shown === "") return "";
  const fence = "`".repeat(longestRun(shown) + 1);
  const padding = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A block of code whose fence no line of it ends. */
export function block(lines: readonly string[]): string {
  const content = lines.map(printable).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}text\n${content}\n${fence}`;
}

export function table(head: readonly string[], alignments: readonly ("left" | "right")[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(alignments.map((alignment) => (alignment === "right" ? "--:" : ":--"))), ...rows.map(line)].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
