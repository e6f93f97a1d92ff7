/** The parts of a JSON pointer (`/components/schemas/Pod`), decoded. */
export function parts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What lies at a path of member names; undefined when there is nothing. */
export function at(node: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, part) => (typeof found === "object" && found !== null && Object.hasOwn(found, part) ? Reflect.get(found, part) : undefined),
    node,
  );
}
