import { NodeFlagError } from "./flag-error.ts";
import { keyProblems, valueProblems } from "./label-syntax.ts";

export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** The value of --register-with-taints: `key=value:effect`, comma-separated. Throws NodeFlagError with the kubelet's words. */
export function parseTaints(text: string): Taint[] {
  const taints: Taint[] = [];
  const refuse = (reason: string) =>
    new NodeFlagError(`failed to parse kubelet flag: invalid argument "${text}" for "--register-with-taints" flag: ${reason}`);
  for (const spec of text.split(",")) {
    const taint = parseTaint(spec, refuse);
    if (taints.some(({ key, effect }) => key === taint.key && effect === taint.effect)) {
      throw refuse(`duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ""} ${taint.effect} <nil>}`);
    }
    taints.push(taint);
  }
  return taints;
}

function parseTaint(spec: string, refuse: (reason: string) => NodeFlagError): Taint {
  const [pair = "", effect, ...more] = spec.split(":");
  const [key = "", value, ...others] = pair.split("=");
  if (effect === undefined || more.length + others.length > 0) throw refuse(`invalid taint spec: ${spec}`);
  if (!["NoSchedule", "PreferNoSchedule", "NoExecute"].includes(effect)) {
    throw refuse(`invalid taint effect: ${effect}, unsupported taint effect`);
  }
  const problems = [...keyProblems(key), ...valueProblems(value ?? "")];
  if (problems.length > 0) throw refuse(`invalid taint spec: ${spec}, ${problems.join("; ")}`);
  return { key, ...(value === undefined || value === "" ? {} : { value }), effect };
}

/** The taints of `registerWithTaints`; what is no taint there is left out, which the check of the configuration's shape has let pass. */
export function configuredTaints(value: unknown): Taint[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("key" in entry) || !("effect" in entry)) return [];
    const given = "value" in entry && typeof entry.value === "string" && entry.value !== "" ? { value: entry.value } : {};
    return [{ key: String(entry.key), ...given, effect: String(entry.effect) }];
  });
}
