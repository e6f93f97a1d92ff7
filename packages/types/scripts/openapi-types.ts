import openapiTS, { astToString } from "openapi-typescript";
import type { OpenApiDocument } from "@kubelet-conformance/spec";

/** The types `paths`, `operations` and `components` of a document, of all minors together. */
export async function openapiTypes(document: OpenApiDocument): Promise<string> {
  // The two packages name the same JSON by types of their own.
  const nodes = await openapiTS(document as unknown as Parameters<typeof openapiTS>[0], { silent: true });
  // The generator always writes these two; the spec has neither, so they would be empty exports.
  const text = astToString(nodes).replace(/^export type (webhooks|\$defs) = .*$/gm, "");
  return `// Generated from the spec by "npm run generate"; do not edit.\n${text}`;
}
