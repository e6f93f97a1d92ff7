import { mediaTypeOf } from "@kubelet-conformance/exchange";
import type { JsonSchema } from "@kubelet-conformance/spec";
import type { MockedOperation } from "../examples.ts";
import type { MockRequest } from "../exchange.ts";
import { checkValue } from "./check-value.ts";
import type { Violation } from "./violation.ts";

/** What a request's body has against the spec. It is read only where the spec has one. */
export async function validateBody({ requestBody }: MockedOperation, request: MockRequest): Promise<Violation[]> {
  const { headers } = request;
  const isEmpty = (headers["content-length"] ?? "0") === "0" && headers["transfer-encoding"] === undefined;
  const wrong = (kind: Violation["kind"], message: string): Violation[] => [{ in: "body", kind, message }];
  if (requestBody === undefined) return isEmpty ? [] : wrong("unknown", "is not expected by this operation and ignored");
  if (isEmpty) return requestBody.required ? wrong("missing", "is required") : [];
  const types = Object.keys(requestBody.content);
  const type = mediaTypeOf(headers["content-type"]) ?? "";
  const schema = requestBody.content[type]?.schema;
  // Whatever its type, the kubelet reads it as what it expects.
  const message = type === "" ? `is missing; send ${types.join(" or ")}` : `must be ${types.join(" or ")}, is ${type}`;
  const named: Violation[] = schema ? [] : [{ in: "header", name: "Content-Type", kind: "type", message }];
  const expected = schema ?? requestBody.content[types[0] ?? ""]?.schema ?? {};
  const text = (await request.body()).toString();
  if (expected["type"] !== "object") {
    const objection = checkValue(expected, text);
    return objection ? [...named, { in: "body", ...objection }] : named;
  }
  return [...named, ...validateForm(expected, text)];
}

function validateForm({ properties }: JsonSchema, text: string): Violation[] {
  // Properties of a schema are schemas.
  const known = (properties ?? {}) as Record<string, JsonSchema>;
  return [...new URLSearchParams(text)].flatMap(([name, value]): Violation[] => {
    const objection = checkValue(known[name] ?? {}, value);
    return objection ? [{ in: "body", name, ...objection }] : [];
  });
}
