import { cpSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Command } from "../command.ts";
import type { Job } from "../language.ts";
import { program, workspace } from "./programs.ts";

const require = createRequire(import.meta.url);

/** A project as strict as TypeScript can be, with the program of a name; generators look at its configuration. */
export function startProject(name: string, directory: string): void {
  cpSync(program(name, "main.ts"), join(directory, "main.ts"));
  writeFileSync(join(directory, "package.json"), '{ "type": "module", "private": true }\n');
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    target: "es2024",
    module: "nodenext",
    lib: ["es2024", "dom", "dom.iterable"],
    types: ["node"],
    typeRoots: [workspace("node_modules/@types")],
    outDir: "out",
  };
  writeFileSync(join(directory, "tsconfig.json"), `${JSON.stringify({ compilerOptions, exclude: ["out"] }, null, 2)}\n`);
}

/** Compiles the project with the workspace's own compiler, and gives the command that runs its program. */
export async function compileProject({ directory, run }: Job): Promise<Command> {
  const compiler = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  await run({ program: process.execPath, arguments: [compiler, "--pretty", "false", "--project", directory] });
  return { program: process.execPath, arguments: [join(directory, "out/main.js")] };
}
