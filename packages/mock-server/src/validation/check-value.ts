import type { JsonSchema } from "@kubelet-conformance/spec";

/** What a value has against its schema. */
export interface Objection {
  kind: "type" | "range";
  message: string;
}

/** Holds the text of a parameter against its schema, as far as the spec's parameters go: OpenAPI's texts have no types but the one that is expected. */
export function checkValue(schema: JsonSchema, text: string, options: { ignoreCase?: boolean } = {}): Objection | undefined {
  const { type, enum: listed, const: constant, pattern, format } = schema;
  const is = `is "${text.length > 60 ? `${text.slice(0, 60)}...` : text}"`;
  const wrong = (kind: Objection["kind"], wanted: string): Objection => ({ kind, message: `must be ${wanted}, ${is}` });
  if (type === "integer") return checkInteger(schema, text, wrong);
  if (type === "boolean") return text === "true" || text === "false" ? undefined : wrong("type", "true or false");
  const choices: unknown[] = Array.isArray(listed) ? listed : constant === undefined ? [] : [constant];
  const folded = (value: unknown): string => (options.ignoreCase ? String(value).toLowerCase() : String(value));
  if (choices.length > 0 && !choices.some((choice) => folded(choice) === folded(text)))
    return wrong("range", choices.map((choice) => `"${String(choice)}"`).join(" or "));
  if (typeof pattern === "string" && !new RegExp(pattern, "u").test(text)) return wrong("type", `of the form ${pattern}`);
  if (format === "date-time" && !isTime(text)) return wrong("type", "a time as in RFC 3339");
  return undefined;
}

function checkInteger(
  schema: JsonSchema,
  text: string,
  wrong: (kind: Objection["kind"], wanted: string) => Objection,
): Objection | undefined {
  if (!/^[+-]?\d+$/.test(text)) return wrong("type", "a whole number");
  const number = BigInt(text.replace("+", ""));
  if (schema["format"] === "int64" && BigInt.asIntN(64, number) !== number) return wrong("type", "a whole number of 64 bits");
  const { minimum, maximum } = schema;
  if (typeof minimum === "number" && number < minimum) return wrong("range", `${minimum} or more`);
  if (typeof maximum === "number" && number > maximum) return wrong("range", `${maximum} or less`);
  return undefined;
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
