import { readFileSync } from "node:fs";

/** Of this package, e.g. `"0.1.0"`. */
export function programVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version; // Its shape is npm's.
}
