import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import type { OpenApiDocument } from "../document.ts";
import { at, parts } from "../pointer.ts";
import { type Problems, readSource, type SourceFile } from "./source-file.ts";

/** The spec's own root file, as `root` sees it. */
const ownRootFile = "openapi/openapi.yaml";

/**
 * One document from the files around a root file, `openapi/openapi.yaml` by default: a reference into another file is replaced by what it points at, and a reference into the root file
 * becomes an internal one (`#/components/…`). So components are named once, in the root file, and stay shared.
 */
export function bundle(
  root: string,
  version: string,
  problems: Problems,
  { rootFile = ownRootFile, files = new Map<string, SourceFile>() } = {},
): OpenApiDocument | undefined {
  const open = (path: string): SourceFile => {
    const file = files.get(path) ?? readSource(root, path, problems);
    files.set(path, file);
    return file;
  };

  const inline = (node: unknown, file: string, place: (string | number)[], trail: string[]): unknown => {
    if (Array.isArray(node)) return node.map((item, index) => inline(item, file, [...place, index], trail));
    if (typeof node !== "object" || node === null) return node;
    if ("$ref" in node && typeof node.$ref === "string") return follow(node.$ref, file, place, trail);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value, file, [...place, key], trail)]));
  };

  const follow = (reference: string, file: string, place: (string | number)[], trail: string[]): unknown => {
    const [name = "", pointer = ""] = reference.split("#");
    const target = name === "" ? file : normalize(join(dirname(file), name));
    const complain = (text: string): undefined => void problems.push(`${open(file).at([...place, "$ref"])}: ${reference} ${text}`);
    if (target === rootFile && file !== rootFile) return { $ref: `#${pointer}` };
    if (target === rootFile) return { $ref: reference };
    if (!existsSync(join(root, target))) return complain("names a file that does not exist; correct it");
    if (trail.includes(`${target}#${pointer}`))
      return complain("leads back to itself; name the component in openapi.yaml and refer to it there");
    const path = parts(pointer);
    const found = at(open(target).value, path);
    if (found === undefined) return complain("points at nothing; correct it");
    return inline(found, target, path, [...trail, `${target}#${pointer}`]);
  };

  const before = problems.length;
  const document = inline(open(rootFile).value, rootFile, [], []);
  if (problems.length > before || typeof document !== "object" || document === null) return undefined;
  // Redocly checks the rest of the shape in lint, the tests compile every schema.
  const whole = document as OpenApiDocument;
  return { ...whole, info: { ...whole.info, version } };
}
