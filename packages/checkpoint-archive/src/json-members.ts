/** An object's own member of a parsed JSON value; undefined where the value is no object or lacks it. */
export function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

/** A member that is a string; null otherwise. */
export function textMember(value: unknown, key: string): string | null {
  const found = member(value, key);
  return typeof found === "string" ? found : null;
}

/** A member that is an array; empty otherwise. */
export function listMember(value: unknown, key: string): unknown[] {
  const found = member(value, key);
  return Array.isArray(found) ? found : [];
}
