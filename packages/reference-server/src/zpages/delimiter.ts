/** The pages say that they are not for machines, and draw what stands between name and value so that none gets used to it. */
const delimiters = [":", ": ", "=", " "] as const;

export function drawDelimiter(): string {
  return delimiters[Math.floor(Math.random() * delimiters.length)] ?? ":";
}

/** What both pages begin with. */
export function pageHead(title: string): string {
  return `\nkubelet ${title}\nWarning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.\n`;
}
