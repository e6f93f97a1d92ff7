import { UsageError } from "./flags.ts";

/** The value of a flag that was given. */
export function text(value: string | true | undefined): string | undefined {
  return value === true ? undefined : value;
}

/** Throws UsageError for what strconv.ParseBool refuses. */
export function boolean(value: string | true | undefined, name: string): boolean | undefined {
  if (value === undefined) return undefined;
  const written = String(value);
  if (/^(1|t|T|TRUE|true|True)$/.test(written)) return true;
  if (/^(0|f|F|FALSE|false|False)$/.test(written)) return false;
  throw new UsageError(`--${name}: "${written}" is neither true nor false`);
}
