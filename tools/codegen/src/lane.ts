import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRange, operations } from "@kubelet-conformance/spec";
import { type Command, missingPrograms, run } from "./command.ts";
import { startTarget } from "./kubelet.ts";
import type { Language } from "./language.ts";

export type Result =
  | { verdict: "green"; seconds: number }
  | { verdict: "red"; reason: string; log: string }
  /** Which programs are not installed. */
  | { verdict: "skipped"; missing: string[] };

export interface Places {
  /** Directory of the built documents. */
  documents: string;
  cache: string;
}

/** Takes one language through the minors, in their order. */
export async function tryLanguage(
  language: Language,
  minors: readonly string[],
  { documents, cache }: Places,
  told: (minor: string, result: Result) => void,
): Promise<void> {
  const missing = missingPrograms(language.needs);
  const base = join(cache, "work", language.id);
  let prepared: Promise<void> | undefined;
  for (const minor of minors) {
    if (missing.length > 0) {
      told(minor, { verdict: "skipped", missing });
      continue;
    }
    const directory = join(base, minor);
    const log = join(base, `${minor}.log`);
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    writeFileSync(log, "");
    const runHere = (command: Command): Promise<string> => run(command, log);
    const begun = performance.now();
    try {
      await (prepared ??= language.prepare?.({ cache, run: runHere }) ?? Promise.resolve());
      const document = join(documents, `kubelet-${minor}.json`);
      const program = await language.make({ minor, document, directory, cache, run: runHere });
      if (program) {
        checkCompleteness(language, minor, directory);
        await callKubelet(program, minor, directory, runHere);
      }
      told(minor, { verdict: "green", seconds: (performance.now() - begun) / 1000 });
    } catch (error) {
      told(minor, { verdict: "red", reason: error instanceof Error ? error.message : String(error), log });
    }
  }
}

async function callKubelet(program: Command, minor: string, directory: string, runHere: (command: Command) => Promise<string>) {
  const target = await startTarget(minor, directory);
  try {
    const output = await runHere({ ...program, variables: { ...program.variables, ...target.variables } });
    if (output !== target.expected) {
      throw new Error(`the program printed ${JSON.stringify(output)} and not ${JSON.stringify(target.expected)}`);
    }
  } finally {
    await target.stop();
  }
}

/** A generator that drops an operation says so in a warning at best. */
function checkCompleteness({ omissions = [] }: Language, minor: string, directory: string): void {
  const names = new Set(
    globSync("**/*.{ts,go,py,rs,java}", { cwd: directory, exclude: ["**/node_modules/**"] })
      // A file's name counts: Python's modules are named by operation, and what is in them is not.
      .flatMap((name) => `${name}\n${readFileSync(join(directory, name), "utf8")}`.match(/\w+/g) ?? [])
      .map(plain),
  );
  const lost = operations()
    .filter((operation) => inRange(minor, operation))
    .map(({ operationId }) => operationId)
    .filter((id) => !omissions.some(({ operations: left }) => left.test(id)) && !names.has(plain(id)));
  if (lost.length > 0) throw new Error(`the generated code lacks ${lost.join(", ")}`);
}

/** Without what generators change in a name: case and underscores. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}
