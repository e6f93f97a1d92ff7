/** A runtime's version as Kubernetes reads it and writes it again (apimachinery's version.Version): `v2.1.4` is 2.1.4. */
export function readVersion(text: string): string | undefined {
  const [, numbers, rest = ""] = /^\s*v?(\d+(?:\.\d+)+)(.*?)\s*$/s.exec(text) ?? [];
  if (numbers === undefined) return undefined;
  const isSemantic = /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(numbers) && /^(-[\w.-]+)?(\+[\w.-]+)?$/.test(rest);
  if (isSemantic) return `${numbers}${rest}`;
  return /^0\d/.test(numbers) ? undefined : numbers.split(".").map(Number).join(".");
}
