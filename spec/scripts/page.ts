/**
 * Writes the API page: one file that shows the document of a minor and asks no network for anything. `node scripts/page.ts [MINOR [FILE]]`; without
 * a minor the newest one, as `dist/api.html`, else `dist/api-MINOR.html`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { minors } from "../src/version.ts";
import { writeWhole } from "./write.ts";

const root = join(import.meta.dirname, "..");
try {
  write();
} catch (error) {
  console.error(`docs:api: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

function write(): void {
  const [chosen, name, ...more] = parseArgs({ allowPositionals: true }).positionals;
  const minor = chosen ?? minors.at(-1);
  if (!minors.some((known) => known === minor)) throw new Error(`${minor} is not covered; use one of ${minors.join(", ")}`);
  if (more.length > 0) throw new Error(`"${more.join(" ")}" is too much; write npm run docs:api -- [MINOR [FILE]]`);
  const file = resolve(name ?? join(root, "dist", chosen === undefined ? "api.html" : `api-${chosen}.html`));
  writeWhole(file, sealed(render(join(root, `dist/openapi/kubelet-${minor}.json`))));
  console.log(`${file}: Kubernetes ${minor}`);
}

function render(document: string): string {
  const directory = mkdtempSync(join(tmpdir(), "api-page-"));
  try {
    const page = join(directory, "api.html");
    const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
    const words = ["build-docs", document, "--inlineBundle", "--openapi.disableTelemetry=true", "--output", page];
    const environment = { ...process.env, REDOCLY_TELEMETRY: "off" };
    execFileSync(process.execPath, [join(dirname(manifest), "bin/cli.js"), ...words], { cwd: directory, env: environment, stdio: "pipe" });
    return readFileSync(page, "utf8");
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Even with its scripts in the page Redoc fetches its maker's logo. The policy holds for whatever else a newer one may ask for. */
function sealed(rendered: string): string {
  const policy =
    "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data:; font-src data:";
  const page = rendered.replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-[\w-]+\.svg/g, "data:,");
  const [beginning] = /^<!DOCTYPE html>\s*<html lang="en">\s*<head>/.exec(page) ?? [];
  if (beginning === undefined) throw new Error("Redocly made a page of another form; adapt scripts/page.ts");
  return `${beginning}\n  <meta http-equiv="Content-Security-Policy" content="${policy}" />${page.slice(beginning.length)}`;
}
