import { basename } from "node:path";
import type { BehaviourTable } from "../src/behaviours.ts";
import { inRange, minors } from "../src/version.ts";
import { checkRange } from "./ranges.ts";
import { hasShape } from "./shapes.ts";
import { listSources, type Problems, readSource } from "../src/sources/source-file.ts";

/** A table as built: with the TypeScript type of its values, from which `packages/types` is generated. */
export interface TypedTable extends BehaviourTable {
  type: string;
}

/** Reads `behaviours/`; a table must say something about every minor. */
export function readBehaviours(root: string, problems: Problems): Record<string, TypedTable> {
  const tables: Record<string, TypedTable> = {};
  for (const path of listSources(root, "behaviours")) {
    const name = basename(path, ".yaml");
    const file = readSource(root, path, problems);
    if (!hasShape(file, "behaviour", problems)) continue;
    const table = file.value as TypedTable; // the schema says the same
    tables[name] = table;
    table.values.forEach((row, index) => checkRange(row, file, ["values", index], name, problems));
    const silent = minors.filter((minor) => !table.values.some((row) => inRange(minor, row)));
    if (silent.length > 0) problems.push(`${file.at(["values"])}: ${name}: no row for ${silent.join(", ")}; add one`);
  }
  return tables;
}
