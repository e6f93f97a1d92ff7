/** The value at a JSON pointer (RFC 6901); undefined when there is none. */
export function pointer(document: unknown, path: string): unknown {
  let value = document;
  for (const part of path.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    // Arrays and records alike are read by own key here.
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
