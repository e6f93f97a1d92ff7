import { readFileSync } from "node:fs";
import type { OpenApiDocument } from "../src/document.ts";
import { summarize } from "../src/openapi.ts";
import type { ProxyChange } from "../src/proxy-changes.ts";
import type { Requirement } from "../src/requirement.ts";
import type { RequirementSet } from "../src/requirement-set.ts";
import type { Vocabulary } from "../src/vocabulary.ts";
import { readBehaviours, type TypedTable } from "./behaviour-tables.ts";
import { bundle } from "../src/sources/bundle.ts";
import { readRequirements } from "./catalogue.ts";
import { checkFacts } from "./facts.ts";
import { type Messages, readMessages } from "./messages.ts";
import { readProxyChanges } from "./proxy-changes.ts";
import { readSets } from "./sets.ts";
import type { Problems } from "../src/sources/source-file.ts";
import { readVocabulary } from "./terms.ts";

/** Everything that the spec says, checked. */
export interface Spec {
  words: Vocabulary;
  behaviours: Record<string, TypedTable>;
  document: OpenApiDocument;
  requirements: Requirement[];
  messages: Messages;
  sets: RequirementSet[];
  proxyChanges: ProxyChange[];
}

/** Reads a spec's directory. With problems the result is incomplete and must not be used. */
export function readSpec(root: string): { spec: Spec | undefined; problems: Problems } {
  const problems: Problems = [];
  const { document, ...catalogue } = readCatalogue(root, problems);
  const sets = readSets(root, catalogue.requirements, problems);
  return { spec: document && { ...catalogue, document, sets }, problems };
}

/** All but the sets, which are made from it. */
export function readCatalogue(
  root: string,
  problems: Problems,
): Omit<Spec, "sets" | "document"> & { document: OpenApiDocument | undefined } {
  const words = readVocabulary(root, problems);
  const behaviours = readBehaviours(root, problems);
  const document = bundle(root, packageVersion(), problems);
  if (document) checkFacts(document, problems);
  const requirements = readRequirements(root, words, document && summarize(document), Object.keys(behaviours), problems);
  const messages = readMessages(root, problems);
  const proxyChanges = readProxyChanges(root, words, requirements, problems);
  return { words, behaviours, document, requirements, messages, proxyChanges };
}

function packageVersion(): string {
  // npm requires the member.
  return (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;
}
