/** The words of a problem about a name that nothing has. */
export function unknown(kind: string, name: string, names: readonly string[]): string {
  return `unknown ${kind} "${name}"; use one of ${names.join(", ")}`;
}
