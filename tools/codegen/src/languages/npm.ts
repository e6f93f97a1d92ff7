import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../command.ts";

/** Installs packages into a directory of the cache; without their scripts, one of which reports to its maker. */
export function npmInstall(cache: string, name: string, packages: readonly string[]): Command {
  const directory = join(cache, "npm", name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), '{ "private": true }\n');
  const flags = ["--ignore-scripts", "--save-exact", "--no-audit", "--no-fund", "--loglevel=error"];
  return { program: "npm", arguments: ["install", ...flags, ...packages], directory };
}

/** Runs a file of what was installed. */
export function installed(cache: string, name: string, file: string, ...words: string[]): Command {
  return { program: process.execPath, arguments: [join(cache, "npm", name, "node_modules", file), ...words] };
}
