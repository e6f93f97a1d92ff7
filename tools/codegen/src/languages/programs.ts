import { join } from "node:path";

/** A file of `programs/`, which has a small client per language. */
export function program(...path: string[]): string {
  return join(import.meta.dirname, "../../programs", ...path);
}

/** A file of the workspace. */
export function workspace(...path: string[]): string {
  return join(import.meta.dirname, "../../../..", ...path);
}
