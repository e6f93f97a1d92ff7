import { type Deviation, deviations } from "@kubelet-conformance/reference-server";

/** The deviation of the reference kubelet that breaks this requirement; undefined: there is none. */
export function deviationOf(id: string): Deviation | undefined {
  // The table is keyed by the generated union of ids; any id of the catalogue may be looked up in it.
  const byId: Readonly<Partial<Record<string, Deviation>>> = deviations;
  return byId[id];
}
