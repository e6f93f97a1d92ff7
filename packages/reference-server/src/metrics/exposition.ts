export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  /** Suffix of the family's name, e.g. `_bucket`. Default none. */
  suffix?: string;
  labels: Labels;
  value: number;
  /** Milliseconds since the epoch; written behind the value. */
  timestamp?: number;
}

export interface Family {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram" | "summary";
  samples: readonly Sample[];
}

/** What a scrape shows: families sorted by name, without those that have no samples. */
export function gathered(families: readonly Family[]): Family[] {
  return families.filter(({ samples }) => samples.length > 0).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The Prometheus text format 0.0.4. */
export function expose(families: readonly Family[]): string {
  return families.map(exposeFamily).join("");
}

const written = new WeakMap<Family, string>();

function exposeFamily(family: Family): string {
  const text = written.get(family) ?? write(family);
  written.set(family, text);
  return text;
}

function write({ name, help, type, samples }: Family): string {
  const lines = samples.map(({ suffix = "", labels, value, timestamp }) => {
    const time = timestamp === undefined ? "" : ` ${timestamp}`;
    return `${name}${suffix}${exposeLabels(labels)} ${goFloat(value)}${time}\n`;
  });
  return `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function exposeLabels(labels: Labels): string {
  const entries = Object.entries(labels);
  if (entries.length === 0) return "";
  return `{${entries.map(([name, value]) => `${name}="${escapeLabel(value)}"`).join(",")}}`;
}

function escapeLabel(value: string): string {
  // Hardly a value needs it, and a scrape has thousands.
  if (!/[\\\n"]/.test(value)) return value;
  return value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}

/** A number as expfmt writes it: Go's strconv with format 'g' and the shortest precision, with an exponent below 1e-4 and from 1e6 on. */
export function goFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 6)) return String(value);
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
