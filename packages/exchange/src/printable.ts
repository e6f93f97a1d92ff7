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
