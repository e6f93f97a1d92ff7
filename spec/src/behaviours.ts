import { loadJson } from "./load.ts";
import { inRange, type Range } from "./version.ts";

/** One wire fact that differs between minors: rows by version range, first match wins. */
export interface BehaviourTable {
  description: string;
  sources: string[];
  values: (Range & { value: unknown })[];
}

let tables: Record<string, BehaviourTable> | undefined;

/** Every table of `behaviours/`, by name. */
export function behaviourTables(): Record<string, BehaviourTable> {
  return (tables ??= loadJson<Record<string, BehaviourTable>>("data/behaviours.json"));
}

/** The value of a table at a minor. `packages/types` gives it its type. Throws for an unknown table or a minor no row covers. */
export function behaviourAt(name: string, minor: string): unknown {
  const table = behaviourTables()[name];
  if (!table) throw new Error(`there is no behaviour table "${name}"`);
  const row = table.values.find((range) => inRange(minor, range));
  if (!row) throw new Error(`behaviour table "${name}" says nothing about Kubernetes ${minor}`);
  return row.value;
}
