import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";

/** Writes a value below `dist/` as JSON. */
export function writeJson(root: string, name: string, value: unknown): void {
  writeWhole(join(root, "dist", name), `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes a value below `dist/` as YAML for people to read: no aliases, no folded lines. */
export function writeYaml(root: string, name: string, value: unknown): void {
  writeWhole(join(root, "dist", name), stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 }));
}

/** Writes a file whole or not at all: readers of a running build see the old one or the new one. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
