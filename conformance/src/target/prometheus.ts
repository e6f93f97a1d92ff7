/** One sample of the Prometheus text format. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** All samples of one metric family. Names are matched whole; malformed lines are left out. */
export function samples(text: string, family: string): Sample[] {
  const found: Sample[] = [];
  // A scrape has thousands of lines, and few of them are of the family: only those are looked at.
  for (let start = lineOf(text, family, 0); start !== -1; start = lineOf(text, family, start + 1)) {
    const end = text.indexOf("\n", start);
    const match = /^([\w:]+)(?:\{(.*)\})?\s+(\S+)/.exec(text.slice(start, end === -1 ? undefined : end));
    if (match?.[1] !== family) continue;
    found.push({ labels: labelsOf(match[2] ?? ""), value: Number(match[3]) });
  }
  return found;
}

/** Where the next line begins that starts with this; -1: nowhere. */
function lineOf(text: string, beginning: string, from: number): number {
  if (from === 0 && text.startsWith(beginning)) return 0;
  const before = text.indexOf(`\n${beginning}`, Math.max(0, from - 1));
  return before === -1 ? -1 : before + 1;
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
    labels[name] = value.replace(/\\(["\\n])/g, (_whole, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}
