/** The spec's document from its YAML files, for those who edit them. */
export { readOpenApi, type SourceDocument } from "./read-openapi.ts";
