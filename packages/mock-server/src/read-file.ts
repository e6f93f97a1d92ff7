import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/** The text of a file that an option names. Throws UsageError. */
export function readNamed(path: string, flag: string, kind = "a PEM file"): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause && cause.code === "ENOENT" ? "does not exist" : "cannot be read";
    throw new UsageError(`${flag} ${path} ${reason}; give ${kind}`, { cause });
  }
}
