import { schemaDifference as differenceOf } from "@kubelet-conformance/exchange";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { type Difference, quotedBody } from "./expectation.ts";

/** Validates an answer against the spec's schema for this operation, status and media type. */
export async function schemaDifference(operationId: string, minor: string, response: WireResponse): Promise<Difference | undefined> {
  const found = await differenceOf(operationId, minor, {
    status: response.status,
    contentType: headerOf(response, "content-type"),
    body: response.body,
  });
  return found && { expected: found.expected, actual: found.actual ?? quotedBody(response) };
}
