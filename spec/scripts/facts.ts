import type { OpenApiDocument } from "../src/document.ts";
import { compareVersions, minors } from "../src/version.ts";
import type { Problems } from "../src/sources/source-file.ts";

const members = ["since", "until", "gate"];

/** Checks every `x-kubernetes` of the bundled document: known members, covered minors, the right order. */
export function checkFacts(document: OpenApiDocument, problems: Problems): void {
  visit(document, [], (place, facts) => {
    const where = `openapi: ${place.join("/")}/x-kubernetes`;
    if (typeof facts !== "object" || facts === null) return void problems.push(`${where}: is no map; write { since, until, gate }`);
    const known: [string, unknown][] = Object.entries(facts);
    for (const [member, value] of known) {
      if (!members.includes(member)) problems.push(`${where}: unknown member "${member}"; use ${members.join(", ")}`);
      else if (member !== "gate" && !minors.some((minor) => minor === value))
        problems.push(
          `${where}: ${member} ${JSON.stringify(value)} is not a covered minor; use one of ${minors[0]} to ${minors.at(-1)}, in quotes`,
        );
    }
    const [since, until] = ["since", "until"].map((end) => known.find(([member]) => member === end)?.[1]);
    if (typeof since === "string" && typeof until === "string" && compareVersions(since, until) > 0)
      problems.push(`${where}: until ${until} is before since ${since}; swap them`);
  });
}

function visit(node: unknown, place: string[], found: (place: string[], facts: unknown) => void): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "x-kubernetes") found(place, value);
    else visit(value, [...place, key], found);
  }
}
