export { type BehaviourTable, behaviourAt, behaviourTables } from "./behaviours.ts";
export { holdsFor, requirementById, requirements } from "./catalogue.ts";
export type {
  Authorization,
  Example,
  Header,
  JsonSchema,
  MediaType,
  Method,
  OpenApiDocument,
  Operation,
  Parameter,
  PathItem,
  Reference,
  RequestBody,
  Response,
  Server,
  VersionFacts,
} from "./document.ts";
export { englishMessages, type Language, languages, type Translation, translation } from "./messages.ts";
export { nearest } from "./nearest.ts";
export { openapi, operations, resolve, specAt, summarize, type OperationSummary } from "./openapi.ts";
export { type CheckpointAnswer, classifyCheckpoint, type Outcome } from "./outcome.ts";
export { type ExchangeMatch, type ProxyChange, proxyChangeOf, proxyChanges, proxyObstacle } from "./proxy-changes.ts";
export type {
  Behavioural,
  Condition,
  Draft,
  Exchange,
  ExchangeClient,
  ExchangeRequest,
  Expectation,
  Level,
  Provenance,
  Requirement,
  Source,
} from "./requirement.ts";
export { isScorable, type RequirementSet, requirementSet, whyNotScored } from "./requirement-set.ts";
export { compareVersions, inRange, type Minor, minorOf, minors, type Range } from "./version.ts";
export {
  type AnswerClass,
  type Need,
  type OutcomeOwner,
  type OutcomeRule,
  type Profile,
  type Term,
  type Vocabulary,
  vocabulary,
} from "./vocabulary.ts";
