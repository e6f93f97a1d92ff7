import type { BehaviourValues } from "@kubelet-conformance/types";

/** In which form metrics are written, and the Content-Type that says so. */
export interface MetricsFormat {
  form: "text" | "delimited" | "protobuf-text" | "compact-text";
  contentType: string;
}

interface Clause {
  type: string;
  quality: number;
  parameters: ReadonlyMap<string, string>;
}

const protobufForms: ReadonlyMap<string | undefined, MetricsFormat["form"]> = new Map([
  ["delimited", "delimited"],
  ["text", "protobuf-text"],
  ["compact-text", "compact-text"],
]);

const escapings: ReadonlySet<string> = new Set(["allow-utf-8", "underscores", "dots", "values"]);

/**
 * expfmt.Negotiate: the first acceptable clause by quality decides, text 0.0.4 when there is none, and OpenMetrics is never offered. Where the type names
 * a way of escaping, any clause on the way may choose another.
 */
export function negotiateFormat(accept: string | undefined, textType: string): MetricsFormat {
  const [base = "", standard] = textType.split("; escaping=");
  let escaping = standard;
  const typed = (form: MetricsFormat["form"], type: string): MetricsFormat => ({
    form,
    contentType: escaping === undefined ? type : `${type}; escaping=${escaping}`,
  });
  for (const { type, parameters } of clausesOf(accept ?? "")) {
    const wanted = parameters.get("escaping");
    if (standard !== undefined && wanted !== undefined && escapings.has(wanted)) escaping = wanted;
    const encoding = parameters.get("encoding");
    const form = protobufForms.get(encoding);
    if (
      form !== undefined &&
      type === "application/vnd.google.protobuf" &&
      parameters.get("proto") === "io.prometheus.client.MetricFamily"
    ) {
      return typed(form, `${type}; proto=io.prometheus.client.MetricFamily; encoding=${encoding}`);
    }
    if (type === "text/plain" && ["", "0.0.4"].includes(parameters.get("version") ?? "")) break;
  }
  return typed("text", base);
}

/** goautoneg.ParseAccept: by quality, else as they came. */
function clausesOf(accept: string): Clause[] {
  return accept
    .split(",")
    .map((text): Clause => {
      const [type = "", ...parameters] = text.split(";").map((part) => part.trim());
      const pairs = parameters.map((part): [string, string] => {
        const [name = "", ...value] = part.split("=");
        return [name.trim(), value.join("=").trim()];
      });
      const values = new Map(pairs);
      return { type, quality: Number(values.get("q") ?? 1), parameters: values };
    })
    .toSorted((a, b) => b.quality - a.quality);
}

/** Whether the body is compressed: older kubelets look for the word in the first header, newer ones for the best quality, where no compression wins a draw. */
export function takesGzip(acceptEncoding: readonly string[], rule: BehaviourValues["metrics-compression"]): boolean {
  if (rule === "named") {
    const parts = (acceptEncoding[0] ?? "").split(",").map((part) => part.trim());
    return parts.some((part) => part === "gzip" || part.startsWith("gzip;"));
  }
  const codings = acceptEncoding.flatMap(codingsOf);
  let best = { offer: "identity", quality: -1 };
  for (const offer of ["identity", "gzip"]) {
    for (const { name, quality } of codings) {
      if (quality > best.quality && (name === "*" || name === offer)) best = { offer, quality };
    }
  }
  return best.offer === "gzip" && best.quality > 0;
}

const coding = /^([!#$%&'*+./^_`|~0-9A-Za-z-]+)[ \t]*(?:;[ \t]*q=([01](?:\.\d*)?))?[ \t]*/;

/** ParseAccept of golang/gddo: one header up to the first place that it does not understand; of a coding with any parameter but `q` it takes nothing. */
function codingsOf(header: string): { name: string; quality: number }[] {
  const found: { name: string; quality: number }[] = [];
  for (let rest = header; ;) {
    const [whole = "", name, quality = "1"] = coding.exec(rest) ?? [];
    rest = rest.slice(whole.length);
    if (name === undefined || rest.startsWith(";")) return found;
    found.push({ name, quality: Number(quality) });
    if (!rest.startsWith(",")) return found;
    rest = rest.slice(1).trimStart();
  }
}
