import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Place, Problems, SourceFile } from "../src/sources/source-file.ts";

/** Names of the schemas in `schemas/`. */
export type ShapeName =
  | "terms"
  | "profiles"
  | "needs"
  | "answers"
  | "outcomes"
  | "behaviour"
  | "requirements"
  | "proxy-changes"
  | "set"
  | "texts"
  | "translation";

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const compiled = new Map<ShapeName, ValidateFunction>();

/** Checks a file against its schema in `schemas/`; what differs becomes problems. */
export function hasShape(file: SourceFile, name: ShapeName, problems: Problems): boolean {
  if (file.value === undefined) return false;
  const validate = compiled.get(name) ?? ajv.compile(loadSchema(name));
  compiled.set(name, validate);
  if (validate(file.value)) return true;
  for (const error of informative(validate.errors ?? [])) {
    const place = placeOf(error);
    problems.push(`${file.at(place)}: ${entryOf(file.value, place)}${describe(error)}`);
  }
  return false;
}

function loadSchema(name: ShapeName): object {
  // JSON Schema files of our own; ajv refuses what is none.
  return JSON.parse(readFileSync(new URL(`../schemas/${name}.schema.json`, import.meta.url), "utf8")) as object;
}

/** A failed alternative also reports itself ("must match exactly one schema"); its parts say more. */
function informative(errors: ErrorObject[]): ErrorObject[] {
  const leaves = errors.filter((error) => error.keyword !== "oneOf" && error.keyword !== "anyOf" && error.keyword !== "if");
  return leaves.length > 0 ? leaves : errors;
}

function placeOf({ instancePath, params }: ErrorObject): Place {
  const place = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const extra: unknown = params["additionalProperty"] ?? params["unevaluatedProperty"];
  return typeof extra === "string" ? [...place, extra] : place;
}

function describe({ instancePath, keyword, params, message }: ErrorObject): string {
  const member = instancePath.split("/").at(-1) ?? "";
  const extra: unknown = params["additionalProperty"] ?? params["unevaluatedProperty"];
  if (typeof extra === "string") return `unknown member "${extra}"; remove it or correct its name`;
  if (keyword === "required") return `member "${String(params["missingProperty"])}" is missing; add it`;
  if (keyword === "enum") return `"${member}" must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`; // ajv gives a list for this keyword
  return `"${member}" ${message ?? "is not valid"}`;
}

/** `checkpoint.response.ok: ` when the place lies in an entry that has an id. */
function entryOf(value: unknown, place: Place): string {
  let found = "";
  let node: unknown = value;
  for (const part of place) {
    if (typeof node !== "object" || node === null) break;
    node = (node as Record<string, unknown>)[part]; // any object or array of parsed YAML
    if (typeof node === "object" && node !== null && "id" in node) found = `${String(node.id)}: `;
  }
  return found;
}
