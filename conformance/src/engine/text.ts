import { printable } from "@kubelet-conformance/exchange";

export { printable, printableJson, printableLines } from "@kubelet-conformance/exchange";

/** A text in double quotes, cut to a length that a reader takes in; default 160 characters. */
export function quoted(text: string, limit = 160): string {
  return text.length <= limit ? `"${printable(text)}"` : `"${printable(text.slice(0, limit))}" and ${text.length - limit} characters more`;
}

/** So much of a text that a terminal shows no more of one value than a screen; default 1000 characters. */
export function shortened(text: string, limit = 1000): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}... and ${text.length - limit} characters more`;
}

/** What stands for a text that may hold anybody's secrets, such as a container's output: how long it is, and how far it is as expected. */
export function outlined(text: string, expected?: string): string {
  const lines = text.split("\n").length - 1;
  const size = `${text.length} characters with ${lines} line ${lines === 1 ? "end" : "ends"}`;
  if (expected === undefined) return size;
  let same = 0;
  while (same < text.length && text[same] === expected[same]) same++;
  return `${size}, the first ${same} as expected`;
}
