type Pair = readonly [name: string, value: string];

/** Name and value pairs of a flat list. */
export function pairs(flat: readonly string[]): Pair[] {
  const result: Pair[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) result.push([flat[index] ?? "", flat[index + 1] ?? ""]);
  return result;
}

/** First value of a header in a flat list, any case. */
export function firstHeader(flat: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const candidate = flat[index];
    if (candidate?.length === wanted.length && candidate.toLowerCase() === wanted) return flat[index + 1];
  }
  return undefined;
}

/** All values of a header in a flat list, any case, in order. */
export function allHeaders(flat: readonly string[], name: string): string[] {
  const wanted = name.toLowerCase();
  return flat.filter((_, index) => index % 2 === 1 && flat[index - 1]?.toLowerCase() === wanted);
}

/** Whether one of the comma-separated lists holds the token, any case. */
export function hasToken(values: readonly string[], token: string): boolean {
  return values.some((value) => value.split(",").some((item) => item.trim().toLowerCase() === token));
}
