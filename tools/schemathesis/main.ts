import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { help, type Options, readOptions, UsageError } from "./options.ts";
import { schemathesis } from "./program.ts";
import { run } from "./run.ts";
import { startServer, type Server } from "./servers.ts";

const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interrupted.abort());

process.exitCode = await main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  console.error(`schemathesis: ${text}${error instanceof UsageError ? "; see --help" : ""}`);
  return 2;
});

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(help);
    return 0;
  }
  for (const minor of options.minors) await operationsOf(minor);
  const program = await schemathesis();
  console.log(`schemathesis ${program.version}, seed ${options.seed}, ${options.maxExamples} generated cases to an operation`);
  let failures = 0;
  for (const target of options.server ? (["server"] as const) : options.targets)
    for (const minor of options.minors) failures += await runOne(program.path, target, minor, options);
  return failures > 0 ? 1 : 0;
}

/** Prints what came of it; resolves with the number of failures. */
async function runOne(program: string, target: Options["targets"][number] | "server", minor: string, options: Options): Promise<number> {
  const { seed, maxExamples, server: running, reportDirectory } = options;
  const directory = await mkdtemp(join(tmpdir(), "kubelet-schemathesis-"));
  let server: Server | undefined;
  try {
    if (target !== "server") server = await startServer(target, minor, directory);
    const url = server?.url ?? running?.url ?? "";
    const { cases, operations, failures } = await run({
      program,
      minor,
      url,
      seed,
      maxExamples,
      directory,
      token: server?.token,
      certificate: running,
      signal: interrupted.signal,
    });
    const all = await operationsOf(minor);
    const missed = operations < all ? [`${all - operations} operations were not called`] : [];
    for (const failure of [...failures, ...missed]) console.log(`  ${failure}`);
    const count = failures.length + missed.length;
    console.log(
      `${count > 0 ? "FAILED" : "ok    "}  ${target} ${minor}: ${cases} cases, ${operations} of ${all} operations, ${count} failures`,
    );
    return count;
  } finally {
    await server?.stop();
    if (reportDirectory !== undefined) {
      await mkdir(reportDirectory, { recursive: true });
      await copyFile(join(directory, "report.ndjson"), join(reportDirectory, `${target}-${minor}.ndjson`)).catch(() => {}); // There is none when it did not start.
    }
    await rm(directory, { recursive: true, force: true });
  }
}

/** How many operations the document of a minor has. */
async function operationsOf(minor: string): Promise<number> {
  const file = join(import.meta.dirname, `../../spec/dist/openapi/kubelet-${minor}.json`);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UsageError(`--minor ${minor}: there is no document of it (${file}); give a minor of the spec, or run "npm run build"`, {
      cause,
    });
  });
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, { operationId?: string }>> }; // Built from the spec.
  return Object.values(paths)
    .flatMap((item) => Object.values(item))
    .filter(({ operationId }) => operationId !== undefined).length;
}
