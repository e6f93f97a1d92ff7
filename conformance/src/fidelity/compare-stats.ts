import { compareText } from "./compare-body.ts";
import type { Difference } from "./difference.ts";
import { normalize, type Places } from "./volatile.ts";

/** Compares two answers of /stats/summary: indentation, members and their order, with figures and times reduced. */
export function compareStats(recorded: string, answered: string, places: Places): readonly Difference[] {
  return compareText(comparable(recorded), comparable(answered), places);
}

/** Containers come in the order of a Go map, and the interfaces are the machine's own: one of them stands for all. */
function comparable(text: string): string {
  const summary = parse(normalize(text));
  // Only what is indented as Go does it can be written again as it was.
  if (summary === undefined || JSON.stringify(summary, null, 1) !== normalize(text)) return text;
  for (const pod of summary.pods ?? []) pod.containers?.sort((a, b) => String(a.name).localeCompare(String(b.name)));
  for (const { network } of [summary.node, ...(summary.pods ?? [])].filter((each) => each !== undefined)) {
    if (network?.interfaces !== undefined) network.interfaces = [];
  }
  return JSON.stringify(summary, null, 1);
}

interface Stats {
  network?: { interfaces?: unknown[] };
  containers?: { name?: unknown }[];
}

function parse(text: string): { node?: Stats; pods?: Stats[] } | undefined {
  try {
    // The members that are read here are optional, whatever was answered.
    return JSON.parse(text) as { node?: Stats; pods?: Stats[] };
  } catch {
    return undefined;
  }
}
