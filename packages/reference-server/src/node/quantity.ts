/** How a quantity is written: powers of 1024, or of 1000. It keeps its form through arithmetic. */
export type QuantityForm = "binary" | "decimal";

/** A resource quantity, in thousandths, which is as fine as a kubelet counts. */
export interface Quantity {
  milli: bigint;
  form: QuantityForm;
}

const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimal = ["m", "", "k", "M", "G", "T", "P", "E"];

export function quantity(units: number, form: QuantityForm = "decimal"): Quantity {
  return { milli: BigInt(Math.trunc(units)) * 1000n, form };
}

/** `a - b`, at least nothing. */
export function minus(a: Quantity, b: Quantity): Quantity {
  const milli = a.milli - b.milli;
  return { milli: milli < 0n ? 0n : milli, form: a.form };
}

/** Whole units, rounded up. */
export function unitsOf({ milli }: Quantity): number {
  return Number((milli + 999n) / 1000n);
}

/** The canonical text: no fraction, the largest suffix that allows it (Quantity.CanonicalizeBytes). */
export function formatQuantity({ milli, form }: Quantity): string {
  if (form === "binary" && milli % 1000n === 0n && milli >= 1_024_000n) return withSuffix(milli / 1000n, 1024n, binary);
  return milli === 0n ? "0" : withSuffix(milli, 1000n, decimal);
}

function withSuffix(value: bigint, base: bigint, suffixes: readonly string[]): string {
  let [rest, power] = [value, 0];
  while (rest % base === 0n && power < suffixes.length - 1) {
    rest /= base;
    power++;
  }
  return `${rest}${suffixes[power] ?? ""}`;
}

/** `500m`, `1.5Gi`, `1e3`; undefined: it is no quantity. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^\+?(\d+(?:\.\d*)?|\.\d+)(m|k|[MGTPE]i?|Ki|[eE][+-]?\d+)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = "0", suffix = ""] = match;
  const form: QuantityForm = suffix.endsWith("i") ? "binary" : "decimal";
  const power = form === "binary" ? binary.indexOf(suffix) : decimal.indexOf(suffix);
  const factor = power < 0 ? 10 ** Number(suffix.slice(1)) : form === "binary" ? 1024 ** power : 1000 ** (power - 1);
  const exact = /^\d+$/.test(digits) && Number.isInteger(factor);
  return { milli: exact ? BigInt(digits) * BigInt(factor) * 1000n : BigInt(Math.ceil(Number(digits) * factor * 1000)), form };
}
