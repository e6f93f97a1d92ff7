import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "./main.ts";

export interface CliResult {
  code: number;
  out: string;
  err: string;
}

/** Runs the command line in this process. */
export async function cli(args: readonly string[], environment: Record<string, string> = {}): Promise<CliResult> {
  const result: CliResult = { code: 0, out: "", err: "" };
  const collect = (member: "out" | "err") => ({ write: (text: string) => (result[member] += text) });
  result.code = await main(args, { out: collect("out"), err: collect("err"), environment });
  return result;
}

/** A private directory with helpers to fill it; remove it when the tests are over. */
export async function scratch(): Promise<{
  directory: string;
  file(name: string, content: string): Promise<string>;
  remove(): Promise<void>;
}> {
  const directory = await mkdtemp(join(tmpdir(), "conformance-test-"));
  return {
    directory,
    file: async (name, content) => {
      const path = join(directory, name);
      await writeFile(path, content);
      return path;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
