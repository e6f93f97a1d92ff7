/** The Kubernetes minors this project covers, oldest first. */
export const minors = ["1.25", "1.26", "1.27", "1.28", "1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37"] as const;

/** A Kubernetes minor, written `"1.36"`. */
export type Minor = (typeof minors)[number];

/** Both ends inclusive; an absent end is open. */
export interface Range {
  since?: string;
  until?: string;
}

/** The minor of `"v1.36.4"`, `"1.36.4+k3s1"` or `"1.36"`; undefined when the text is no Kubernetes version or its minor is not covered. */
export function minorOf(version: string): Minor | undefined {
  const match = /^v?(\d+)\.(\d+)(?:[.+-].*)?$/.exec(version.trim());
  return match ? minors.find((minor) => minor === `${match[1]}.${match[2]}`) : undefined;
}

/** Orders `"1.9"` before `"1.10"`; a patch (`"1.29.14"`) counts, an absent one is 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) =>
    text
      .replace(/^v/, "")
      .replace(/[+-].*$/, "")
      .split(".")
      .map(Number),
  );
  for (let part = 0; part < 3; part++) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a minor lies within the range. */
export function inRange(minor: string, { since, until }: Range): boolean {
  return (since === undefined || compareVersions(minor, since) >= 0) && (until === undefined || compareVersions(minor, until) <= 0);
}
