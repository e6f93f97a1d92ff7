import type { OperationSummary, Requirement, Vocabulary } from "@kubelet-conformance/spec";

interface Sources {
  requirements: readonly Requirement[];
  vocabulary: Vocabulary;
  operations: readonly OperationSummary[];
  /** With the TypeScript type of the values, which the spec's build keeps beside them. */
  texts: readonly string[];
  tables: Record<string, { description: string; type?: string }>;
}

/** The unions of names, and the types of the behaviour tables. */
export function names({ requirements, vocabulary, operations, texts, tables }: Sources): string {
  const coded = requirements.filter((entry) => !entry.exchange && entry.unobservable === undefined);
  const observable = requirements.filter((entry) => entry.unobservable === undefined);
  return [
    '// Generated from the spec by "npm run generate"; do not edit.',
    union("RequirementId", "Every requirement of the catalogue.", ids(requirements)),
    union("Area", "The areas of the node API.", ids(vocabulary.areas)),
    union("ProfileId", "What a target may claim. `kubelet` is all of them together.", [...ids(vocabulary.profiles), "kubelet"]),
    union("NeedId", "What a target must offer before a check can run.", ids(vocabulary.needs)),
    union("AnswerClassId", "Answers that share a status but not a meaning.", ids(vocabulary.answers)),
    union(
      "OutcomeClass",
      "What the answer to a checkpoint means.",
      vocabulary.outcomes.map((rule) => rule.class),
    ),
    union(
      "OperationId",
      "Every operation of the OpenAPI document, of any minor.",
      operations.map(({ operationId }) => operationId),
    ),
    union("Text", "What the runner says, in English; `{name}` stands for a value.", texts),
    byArea(
      "CodedRequirementId",
      "By area, the requirements whose check is TypeScript: no exchange in the catalogue decides them.",
      coded,
      vocabulary,
    ),
    byArea("ObservableRequirementId", "By area, the requirements that have a check, as data or as TypeScript.", observable, vocabulary),
    "/** The tables of `behaviours/`: what a wire fact is at a minor. */",
    "export interface BehaviourValues {",
    ...Object.entries(tables).flatMap(([name, { description, type = "unknown" }]) => [
      comment(description),
      `  ${JSON.stringify(name)}: ${type};`,
    ]),
    "}",
  ].join("\n");
}

function ids(entries: readonly { id: string }[]): string[] {
  return entries.map(({ id }) => id);
}

function union(name: string, description: string, members: readonly string[]): string {
  return `${comment(description)}\nexport type ${name} = ${alternatives(members)};\n`;
}

function byArea(name: string, description: string, entries: readonly Requirement[], { areas }: Vocabulary): string {
  const members = areas.map(({ id }) => `  ${JSON.stringify(id)}: ${alternatives(ids(entries.filter(({ area }) => area === id)))};`);
  return [comment(description), `export interface ${name} {`, ...members, "}", ""].join("\n");
}

function alternatives(members: readonly string[]): string {
  return members.length === 0 ? "never" : [...new Set(members)].map((member) => JSON.stringify(member)).join(" | ");
}

function comment(text: string): string {
  return `/** ${text.replaceAll("*/", "* /")} */`;
}
