import { codePath } from "../cli/source-link.ts";
import type { Result } from "../engine/verdicts.ts";
import type { SarifLocation } from "./sarif-types.ts";

/** A relative path, which is the only kind that code scanning shows: the file of Kubernetes that decides it, else the catalogue's. */
export function locationOf({ id, sources }: Pick<Result, "id" | "sources">): SarifLocation {
  const [path] = sources.flatMap(({ code }) => (code === undefined ? [] : (codePath(code) ?? [])));
  const artifactLocation =
    path === undefined
      ? { uri: `spec/requirements/${uriPart(id.split(".")[0] ?? id)}.yaml`, uriBaseId: "SUITE" }
      : { uri: encodeURI(path), uriBaseId: "KUBERNETES" };
  return {
    physicalLocation: { artifactLocation, region: { startLine: 1 } },
    logicalLocations: [{ fullyQualifiedName: id, kind: "requirement" }],
  };
}

/** Half of a character, which an answer may end with, has no form in a URI. */
export function uriPart(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
