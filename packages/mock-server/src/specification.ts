import { type Minor, openapi, type OpenApiDocument, specAt } from "@kubelet-conformance/spec";
import { type MockedOperation, mockedOperations } from "./examples.ts";
import { createRouter, type Router } from "./routes.ts";

/** The spec of one minor, as the mock uses it. */
export interface Specification {
  minor: Minor;
  /** Plain OpenAPI 3.1. */
  document: OpenApiDocument;
  operations: readonly MockedOperation[];
  route: Router;
}

/** Prepares a minor of a document that holds all minors. Default: the spec that comes with this package. */
export function createSpecification(minor: Minor, whole: OpenApiDocument = openapi()): Specification {
  const document = specAt(minor, whole);
  const operations = mockedOperations(document, whole);
  return { minor, document, operations, route: createRouter(operations, minor) };
}
