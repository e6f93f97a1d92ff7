/** Kubelet answers are untrusted: control characters in them would reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    if (character === "\r") return "\\r";
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** A text in double quotes, cut to a length that a reader takes in; default 160 characters. */
export function quoted(text: string, limit = 160): string {
  return text.length <= limit ? `"${printable(text)}"` : `"${printable(text.slice(0, limit))}" and ${text.length - limit} characters more`;
}

/** So much of a text that a terminal shows no more of one value than a screen; default 1000 characters. */
export function shortened(text: string, limit = 1000): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}... and ${text.length - limit} characters more`;
}
