import { readFileSync } from "node:fs";
import { nearest } from "@kubelet-conformance/spec";
import type { ErrorObject } from "ajv/dist/2020.js";
import type { Place } from "../located-document.ts";

/** Something that a file must not say: where, and why. */
export interface Problem {
  place: Place;
  reason: string;
}

/** Holds a value against the published schema of scenarios; the first problem counts. */
export async function checkShape(value: unknown): Promise<Problem | undefined> {
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const schema: unknown = JSON.parse(readFileSync(new URL("../../schemas/scenarios.schema.json", import.meta.url), "utf8"));
  // A schema that is a file of this package.
  const validate = new Ajv2020({ allowUnionTypes: true, verbose: true, allErrors: true }).compile(schema as object);
  if (validate(value)) return undefined;
  const { errors } = validate;
  // A name that is wrong is why the right one is missing.
  const error = errors?.find(({ keyword }) => keyword === "additionalProperties") ?? errors?.[0];
  return error && problemOf(error);
}

function problemOf(error: ErrorObject): Problem {
  const place = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
  // Each keyword has parameters of its own.
  const { additionalProperty, missingProperty, allowedValues, limit, type, pattern } = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "additionalProperties": {
      const name = String(additionalProperty);
      const known = Object.keys((error.parentSchema?.["properties"] ?? {}) as object);
      const similar = nearest(name, known);
      return {
        place: [...place, name],
        reason: `is unknown; ${similar === undefined ? `there are ${known.join(", ")}` : `did you mean "${similar}"?`}`,
      };
    }
    case "required":
      return { place: [...place, String(missingProperty)], reason: "is missing" };
    case "enum":
      return { place, reason: `must be ${(allowedValues as unknown[]).join(" or ")}` };
    case "type":
      return { place, reason: `must be ${[type].flat().join(" or ")}` };
    case "minimum":
      return { place, reason: `must be ${String(limit)} or more` };
    case "maximum":
      return { place, reason: `must be ${String(limit)} or less` };
    case "minItems":
    case "minProperties":
      return { place, reason: "must not be empty" };
    case "pattern": {
      const name = error.propertyName;
      return name === undefined
        ? { place, reason: `must be of the form ${String(pattern)}` }
        : { place: [...place, name], reason: "is no name; use small letters, digits and hyphens" };
    }
    default:
      return { place, reason: error.message ?? "is wrong" };
  }
}
