import type { FileHandle } from "node:fs/promises";
import { openLogFile } from "./log-files.ts";
import { hasOptions, type NodeLogQuery, type QueryRules } from "./node-log-query.ts";

/**
 * The logs of services: those of a node without a journal, where they are looked for in files. Options are for the journal only, so that
 * nothing is read with them.
 */
export async function* serviceLogs(query: NodeLogQuery, rules: QueryRules, directory: string): AsyncGenerator<Buffer> {
  if (hasOptions(query)) {
    const names = query.services.join(" ");
    yield Buffer.from(`\noptions present and query resolved to log files for [${names}]\ntry without specifying options\n`);
    return;
  }
  for (const service of query.services) yield* serviceLog(service, rules, directory);
}

/** heuristicsCopyFileLogs: the first of three names that is a file. */
async function* serviceLog(service: string, { files }: QueryRules, directory: string): AsyncGenerator<Buffer> {
  for (const name of [service, `${service}.log`, `${service}/${service}.log`]) {
    const opened = await openLogFile(directory, name, files);
    if (opened === "absent") continue;
    if ("problem" in opened) yield Buffer.from(`\nerror getting log for ${service}: ${opened.problem}\n`);
    else yield* contentOf(opened);
    return;
  }
  yield Buffer.from(`\nlog not found for ${service}\n`);
}

async function* contentOf(file: FileHandle): AsyncGenerator<Buffer> {
  const stream = file.createReadStream();
  // A stream without an encoding yields Buffers.
  for await (const piece of stream) yield piece as Buffer;
}
