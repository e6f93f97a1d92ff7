/**
 * Writes `src/generated/` from what the spec's build wrote. With `--check` it writes nothing and exits 1 when a file is stale.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "oxfmt";
import { behaviourTables, englishMessages, openapi, operations, requirements, vocabulary } from "@kubelet-conformance/spec";
import { names } from "./names.ts";
import { openapiTypes } from "./openapi-types.ts";

const workspace = fileURLToPath(new URL("../../../", import.meta.url));
const files = {
  "src/generated/openapi.ts": await openapiTypes(openapi()),
  "src/generated/names.ts": names({
    requirements: requirements(),
    vocabulary: vocabulary(),
    operations: operations(),
    texts: englishMessages().texts,
    tables: behaviourTables(),
  }),
};

const stale: string[] = [];
for (const [name, text] of Object.entries(files)) {
  const path = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const code = await formatted(path, text);
  if (read(path) === code) continue;
  stale.push(relative(workspace, path));
  if (!process.argv.includes("--check")) write(path, code);
}

if (process.argv.includes("--check") && stale.length > 0) {
  console.error(`stale: ${stale.join(", ")}; run "npm run generate" and commit the result`);
  process.exit(1);
}
console.log(stale.length === 0 ? "types: up to date" : `types: wrote ${stale.join(", ")}`);

async function formatted(path: string, text: string): Promise<string> {
  const options: unknown = JSON.parse(readFileSync(`${workspace}.oxfmtrc.json`, "utf8"));
  // The formatter checks its own configuration.
  const { code, errors } = await format(path, text, options as Parameters<typeof format>[2]);
  if (errors[0]) throw new Error(`the text made for ${path} is no TypeScript: ${errors[0].message}`);
  return code;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}
