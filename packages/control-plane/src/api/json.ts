export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Read-only: what the store hands out is shared. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export interface ObjectMeta extends JsonObject {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  /** A growing integer as text, one sequence for the whole cluster. */
  readonly resourceVersion?: string;
}

/** A Kubernetes object as the API server holds it. */
export interface KubeObject extends JsonObject {
  readonly metadata: ObjectMeta;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The member as an object, or an empty one. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const member = value[name];
  return isObject(member) ? member : {};
}

/** The objects among the members of a list, none when it is absent. */
export function objectsAt(value: JsonObject, name: string): readonly JsonObject[] {
  const member = value[name];
  return isList(member) ? member.filter(isObject) : [];
}

/** The text at a dotted path; empty when there is none, as field selectors see it. */
export function textAt(value: JsonObject, path: string): string {
  let here: Json | undefined = value;
  for (const name of path.split(".")) here = isObject(here) ? here[name] : undefined;
  return textOf(here);
}

/** A plain value as text; empty for anything else. */
export function textOf(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}

/** A copy without some members. */
export function without(value: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Now, with the precision of metav1.Time. */
export function timestamp(milliseconds: number = Date.now()): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
