import type { OpenApiDocument } from "../src/document.ts";
import { summarize } from "../src/openapi.ts";
import type { BehaviourChange, Change, MinorChanges } from "./changes.ts";

const head = `# What changed in each minor

Generated from the documents and behaviour tables by \`npm run generate\`; do not edit. \`@kubelet-conformance/spec/data/changes.json\` is the same as data.
`;

/** The feature gate of an operation, by method and path. */
type Gates = ReadonlyMap<string, string | undefined>;

/** The changes of all minors as Markdown. */
export function changesPage(all: readonly MinorChanges[], document: OpenApiDocument): string {
  const gates = new Map(summarize(document).map(({ method, path, gate }) => [`${method} ${path}`, gate]));
  return `${head}${all.map((changes) => section(changes, gates)).join("")}`;
}

function section({ minor, added, removed, behaviours }: MinorChanges, gates: Gates): string {
  const isGate = ({ table }: BehaviourChange): boolean => table.endsWith("gate-default");
  const parts: [string, string[]][] = [
    ["New", added.map((change) => line(change, gates))],
    ["Gone", removed.map((change) => line(change, gates))],
    ["Feature gates", behaviours.filter(isGate).map(behaviourLine)],
    ["Other behaviour", behaviours.filter((change) => !isGate(change)).map(behaviourLine)],
  ];
  const text = parts.map(([title, lines]) => part(title, lines)).join("");
  return `\n## ${minor}\n${text || "\nNothing.\n"}`;
}

function part(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n### ${title}\n\n${lines.map((text) => `- ${text}\n`).join("")}`;
}

function line({ what, where }: Change, gates: Gates): string {
  const gate = gates.get(what);
  const subject = /^[A-Z]+ \//.test(what) ? `\`${what}\`` : what;
  return `${subject}${gate === undefined ? "" : ` (gate ${gate})`}${where.length === 0 ? "" : `: ${places(where)}`}`;
}

/** More than that are no reading matter; the data has them all. */
const most = 8;

function places(where: readonly string[]): string {
  if (where.length > most) return `${where.length} operations`;
  return where.map((place) => (place.startsWith("schema ") ? place : `\`${place}\``)).join(", ");
}

function behaviourLine({ table, description, before, after }: BehaviourChange): string {
  return `${table}: ${description} ${value(before)} → ${value(after)}`;
}

function value(each: unknown): string {
  const text = JSON.stringify(each) ?? "nothing";
  // A text may hold backticks.
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text}${fence}`;
}
