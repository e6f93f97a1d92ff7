import { readFileSync } from "node:fs";

let version: string | undefined;

/** The version of this package. */
export function suiteVersion(): string {
  if (version === undefined) {
    // package.json of this very package: its shape is known.
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
    version = manifest.version;
  }
  return version;
}
