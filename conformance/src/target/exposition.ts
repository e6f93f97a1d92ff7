/** One line of the Prometheus text format 0.0.4. */
export interface Sample {
  /** With its suffix: `_bucket`, `_sum`, `_count`. */
  name: string;
  labels: Readonly<Record<string, string>>;
  /** As written. */
  value: string;
  /** Milliseconds since the epoch, as written. */
  timestamp: string | undefined;
}

export interface Family {
  name: string;
  help: string;
  type: string;
  samples: readonly Sample[];
}

/** A body that is not in the text format: `code` is stable, the message names the line. */
export class ExpositionError extends Error {
  override name = "ExpositionError";
  readonly code = "exposition";
  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`);
  }
}

const types: ReadonlySet<string> = new Set(["counter", "gauge", "histogram", "summary", "untyped"]);

/**
 * Reads a whole body as strictly as Prometheus' own parser (expfmt TextToMetricFamilies): every family announced by HELP and TYPE and written in one piece, no
 * series twice, numbers as Go reads them. Throws ExpositionError.
 */
export function exposition(text: string): readonly Family[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new ExpositionError(lines.length + 1, "the last line has no end");
  const families: (Family & { samples: Sample[] })[] = [];
  const announced = new Set<string>();
  const series = new Set<string>();
  let help: { name: string; text: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const fail = (reason: string): never => {
      throw new ExpositionError(index + 1, `${reason}: ${line.slice(0, 120)}`);
    };
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*)(?: (.*))?$/.exec(line) ?? [];
    if (word === "HELP") {
      help = { name, text: unescape(rest) };
    } else if (word === "TYPE") {
      if (!types.has(rest)) fail("no such type");
      if (announced.has(name)) fail("the family was announced before");
      announced.add(name);
      families.push({ name, help: help?.name === name ? help.text : fail("no HELP in front of this TYPE"), type: rest, samples: [] });
    } else {
      const sample = parseSample(line) ?? fail("not a sample");
      const family = families.at(-1);
      if (family === undefined || !belongs(sample.name, family)) fail("the sample is not of the family announced last");
      const key = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
      if (series.has(key)) fail("the series was there before");
      series.add(key);
      family?.samples.push(sample);
    }
  }
  return families;
}

/** Undefined for a line that breaks the grammar. */
function parseSample(line: string): Sample | undefined {
  const [, name, , text = "", value = "", timestamp] =
    /^([a-zA-Z_:][\w:]*)(\{((?:[a-zA-Z_]\w*="(?:[^"\\]|\\["\\n])*",?)*)\})? ([^\s]+)(?: (-?\d+))?$/.exec(line) ?? [];
  if (name === undefined || !isNumber(value)) return undefined;
  const labels: Record<string, string> = {};
  for (const [, label = "", quoted = ""] of text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
    if (Object.hasOwn(labels, label)) return undefined;
    labels[label] = unescape(quoted);
  }
  return { name, labels, value, timestamp };
}

function isNumber(value: string): boolean {
  return /^(?:[+-]?Inf|NaN)$/.test(value) || (value.trim() !== "" && Number.isFinite(Number(value)));
}

function belongs(sample: string, { name, type }: Family): boolean {
  if (sample === name) return type !== "histogram";
  const suffixes = type === "histogram" ? ["_bucket", "_sum", "_count"] : type === "summary" ? ["_sum", "_count"] : [];
  return suffixes.some((suffix) => sample === name + suffix);
}

function unescape(text: string): string {
  return text.replace(/\\(["\\n])/g, (_whole, escaped: string) => (escaped === "n" ? "\n" : escaped));
}
