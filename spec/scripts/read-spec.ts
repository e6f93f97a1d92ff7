import { readFileSync } from "node:fs";
import type { OpenApiDocument } from "../src/document.ts";
import { summarize } from "../src/openapi.ts";
import type { Requirement } from "../src/requirement.ts";
import type { Vocabulary } from "../src/vocabulary.ts";
import { readBehaviours, type TypedTable } from "./behaviour-tables.ts";
import { bundle } from "./bundle.ts";
import { readRequirements } from "./catalogue.ts";
import { checkFacts } from "./facts.ts";
import { type Messages, readMessages } from "./messages.ts";
import type { Problems } from "./source-file.ts";
import { readVocabulary } from "./terms.ts";

/** Everything that the spec says, checked. */
export interface Spec {
  words: Vocabulary;
  behaviours: Record<string, TypedTable>;
  document: OpenApiDocument;
  requirements: Requirement[];
  messages: Messages;
}

/** Reads a spec's directory. With problems the result is incomplete and must not be used. */
export function readSpec(root: string): { spec: Spec | undefined; problems: Problems } {
  const problems: Problems = [];
  const words = readVocabulary(root, problems);
  const behaviours = readBehaviours(root, problems);
  const document = bundle(root, packageVersion(), problems);
  if (document) checkFacts(document, problems);
  const requirements = readRequirements(root, words, document && summarize(document), Object.keys(behaviours), problems);
  const messages = readMessages(root, problems);
  return { spec: document && { words, behaviours, document, requirements, messages }, problems };
}

function packageVersion(): string {
  // npm requires the member.
  return (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;
}
