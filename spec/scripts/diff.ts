/**
 * Compares the built document with the one of the last release and asks for a changeset that tells as much. `node scripts/diff.ts [--release]`; with
 * --release it freezes the built document as that of the last release.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import type { OpenApiDocument } from "../src/document.ts";
import { announced, missingChangeset } from "./changesets.ts";
import { compare, highest } from "./compare.ts";

const root = join(import.meta.dirname, "..");
const released = join(root, "released/openapi.json.gz");
// Written by the build, which checked it.
const built = JSON.parse(readFileSync(join(root, "dist/openapi/openapi.json"), "utf8")) as OpenApiDocument;

try {
  if (parseArgs({ options: { release: { type: "boolean" } } }).values.release === true) freeze();
  else await check();
} catch (error) {
  console.error(`spec:diff: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

function freeze(): void {
  writeFileSync(released, gzipSync(JSON.stringify(built), { level: 9 }));
  console.log(`spec:diff: ${built.info.version} is the last release from now on`);
}

async function check(): Promise<void> {
  if (!existsSync(released)) throw new Error('there is no document of a last release; write it with "npm run spec:diff -- --release"');
  const base = JSON.parse(gunzipSync(readFileSync(released)).toString()) as OpenApiDocument; // frozen from a built one
  const found = await compare(base, built);
  for (const { level, text, minors } of found) console.log(`${level}: ${text} [${minors.join(", ")}]`);
  const level = highest(found);
  const missing = missingChangeset(level, base.info.version, announced(join(root, "../.changeset"), "@kubelet-conformance/spec"));
  if (missing !== undefined) {
    console.error(`spec:diff: since ${base.info.version} the spec changed at level ${level}: add ${missing} ("npx changeset")`);
    process.exitCode = 1;
  } else console.log(`spec:diff: ${found.length} differences from ${base.info.version}${level === undefined ? "" : `, level ${level}`}`);
}
