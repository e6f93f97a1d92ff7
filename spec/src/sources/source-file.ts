import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { isNode, LineCounter, parseDocument } from "yaml";

/** Where something is in a YAML file: member names and array positions from the root. */
export type Place = readonly (string | number)[];

/** A parsed YAML file that still knows its lines. */
export interface SourceFile {
  /** Relative to the spec's directory, with slashes: how problems name it. */
  path: string;
  value: unknown;
  /** `path:line` of the deepest node on the way to a place that exists. */
  at(place: Place): string;
}

/** Everything that is wrong, in the order it was found; the build reports all of it at once. */
export type Problems = string[];

/** Reads one YAML file; syntax errors become problems and the value undefined. */
export function readSource(root: string, file: string, problems: Problems): SourceFile {
  const path = relative(root, join(root, file)).replaceAll("\\", "/");
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(root, file), "utf8"), { lineCounter: lines, uniqueKeys: true });
  for (const error of document.errors) {
    problems.push(`${path}:${lines.linePos(error.pos[0]).line}: ${error.message.split("\n")[0]?.replace(/ at line.*$/, "")}`);
  }
  const at = (place: Place): string => {
    for (let depth = place.length; depth >= 0; depth--) {
      const node = document.getIn(place.slice(0, depth), true);
      if (isNode(node) && node.range) return `${path}:${lines.linePos(node.range[0]).line}`;
    }
    return `${path}:1`;
  };
  const value: unknown = document.errors.length === 0 ? document.toJS({ maxAliasCount: -1 }) : undefined;
  return { path, value, at };
}

/** The YAML files of a folder, by name. */
export function listSources(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => `${folder}/${entry.name}`)
    .toSorted();
}
