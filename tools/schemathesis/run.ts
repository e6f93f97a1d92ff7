import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningServer } from "./options.ts";
import { readReport, type Report } from "./report.ts";

export interface Run {
  /** Path of schemathesis. */
  program: string;
  minor: string;
  url: string;
  token: string | undefined;
  certificate: RunningServer | undefined;
  seed: number;
  maxExamples: number;
  /** For schemathesis's own files; `report.ndjson` is its report. */
  directory: string;
  /** Ends it early. */
  signal: AbortSignal;
}

/** Runs schemathesis on one server with the document of one minor. */
export async function run({ program, minor, url, token, certificate, seed, maxExamples, directory, signal }: Run): Promise<Report> {
  const here = import.meta.dirname;
  const configuration = join(directory, "schemathesis.toml");
  const settings = await readFile(join(here, "schemathesis.toml"), "utf8");
  await writeFile(configuration, token === undefined ? settings : `${settings}${withToken(token)}`, { mode: 0o600 });
  const report = join(directory, "report.ndjson");
  const flags: Readonly<Record<string, string>> = {
    url,
    "tls-verify": "false",
    seed: String(seed),
    "max-examples": String(maxExamples),
    phases: "examples,coverage,fuzzing",
    "report-ndjson-path": report,
    ...(certificate && { "request-cert": certificate.certificateFile, "request-cert-key": certificate.keyFile }),
  };
  const document = join(here, `../../spec/dist/openapi/kubelet-${minor}.json`);
  const args = ["--config-file", configuration, "run", document, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)];
  const env = { ...process.env, PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: "1", SCHEMATHESIS_HOOKS: "hooks" };
  const child = spawn(program, args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"], env, signal });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code]: unknown[] = await once(child, "close");
  // 1: it has findings, which are in its report.
  if (code !== 0 && code !== 1) throw new Error(`schemathesis ended with exit code ${String(code)}:\n${output.trim()}`);
  const found = await readReport(report);
  if (code === 1 && found.failures.length === 0) throw new Error(`schemathesis found what its report does not tell:\n${output.trim()}`);
  return found;
}

/** Where a token lets a request in, none and a wrong one must not. */
function withToken(token: string): string {
  return `\n[checks.ignored_auth]\nenabled = true\n\n[auth.openapi]\nbearerToken = { bearer = "${token}" }\n`;
}
