import { readFileSync } from "node:fs";

/** Reads a file that `npm run generate` built; the same relative place serves sources and dist. */
export function loadJson<T>(name: string): T {
  const url = new URL(`../dist/${name}`, import.meta.url);
  try {
    // The build validated this file against its schema, so its shape is known.
    return JSON.parse(readFileSync(url, "utf8")) as T;
  } catch (cause) {
    throw new Error(`the spec's built file ${name} cannot be read; run "npm run generate" first`, { cause });
  }
}
