export { hidden, looksLikeJson, maskedValue, maskText, recordingRules } from "./mask-json.ts";
export { printable, printableJson, printableLines } from "./printable.ts";
export { createRedactor, type Redactor } from "./redact.ts";
export { type Answer, headDifference, mediaTypeOf, responseOf, type SchemaDifference, schemaDifference, schemaProblem } from "./schema.ts";
