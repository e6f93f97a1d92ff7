/** Control characters, separators that end lines, and what turns the direction of text around. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Kubelet answers are untrusted: control characters in them would reach the terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    if (character === "\r") return "\\r";
    return codeUnits(character);
  });
}

/** The same for a text of several lines: line feeds and tabs stay. */
export function printableLines(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unprintable, (character) => (/[\n\t]/.test(character) ? character : codeUnits(character)));
}

/** JSON for a file or a stream that people look at: its own escapes in place of all that is unprintable. Without `indent` it is one line. */
export function printableJson(value: unknown, indent?: number): string {
  // Outside of strings, line feeds of the indentation are all that it replaces.
  return JSON.stringify(value, null, indent).replace(unprintable, (character) => (character === "\n" ? character : codeUnits(character)));
}

function codeUnits(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

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
