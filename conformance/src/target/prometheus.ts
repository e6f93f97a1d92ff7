/** One sample of the Prometheus text format. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** All samples of one metric family. Names are matched whole; malformed lines are left out. */
export function samples(text: string, family: string): Sample[] {
  const found: Sample[] = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith(family)) continue;
    const match = /^([\w:]+)(?:\{(.*)\})?\s+(\S+)/.exec(line);
    if (match?.[1] !== family) continue;
    found.push({ labels: labelsOf(match[2] ?? ""), value: Number(match[3]) });
  }
  return found;
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
    labels[name] = value.replace(/\\(["\\n])/g, (_whole, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}
