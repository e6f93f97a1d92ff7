import { compareVersions, minors, type Range } from "../src/version.ts";
import type { Place, Problems, SourceFile } from "../src/sources/source-file.ts";

/** Checks that the ends of a range are covered minors in the right order. */
export function checkRange(range: Range, file: SourceFile, place: Place, entry: string, problems: Problems): void {
  for (const end of ["since", "until"] as const) {
    const minor = range[end];
    if (minor === undefined || minors.some((known) => known === minor)) continue;
    problems.push(
      `${file.at([...place, end])}: ${entry}: ${end} "${minor}" is not a covered minor; use one of ${minors[0]} to ${minors.at(-1)}, in quotes`,
    );
  }
  if (range.since !== undefined && range.until !== undefined && compareVersions(range.since, range.until) > 0) {
    problems.push(`${file.at([...place, "until"])}: ${entry}: until ${range.until} is before since ${range.since}; swap them`);
  }
}
