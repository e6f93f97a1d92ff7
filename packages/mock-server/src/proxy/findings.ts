import { headDifference, schemaDifference } from "@kubelet-conformance/exchange";
import type { OperationId } from "@kubelet-conformance/types";
import type { MockRequest } from "../exchange.ts";
import { decode } from "../har/decode.ts";
import { headerOf, type ProxiedAnswer } from "../har/exchange.ts";
import type { Route } from "../routes.ts";
import { validateRequest } from "../validation/validate-request.ts";
import { violationText } from "../validation/violation.ts";

/** One thing in which an exchange is not as the spec says. */
export interface Finding {
  direction: "request" | "response";
  /** Undefined where the spec has no operation for the request. */
  operationId: OperationId | undefined;
  /** Where, and what: `status: 299 is none that the spec has for getPods`. */
  text: string;
}

/** What the request's path and method have against the spec; its parameters are another matter. */
export function routeFindings(route: Route, method: string, minor: string): Finding[] {
  const wrong = (text: string): Finding[] => [{ direction: "request", operationId: undefined, text }];
  switch (route.kind) {
    case "operation":
      return [];
    case "redirect":
      return wrong(`path is none of the spec's; kubelets redirect it to ${route.location}`);
    case "method-not-allowed":
      return wrong(`method ${method} is none that the spec has here; it has ${route.allow}`);
    case "wrong-shape":
    case "not-found":
      return wrong(`path is none that the spec of Kubernetes ${minor} has`);
  }
}

/** What parameters and body of a request have against the spec. Waits for the body only where the spec has one. */
export async function requestFindings(route: Route, request: MockRequest): Promise<Finding[]> {
  if (route.kind !== "operation") return [];
  const { operation } = route;
  const violations = await validateRequest(operation, request);
  return violations.map((violation) => ({ direction: "request", operationId: operation.operationId, text: violationText(violation) }));
}

/** What the head of an answer has against the spec: before the body has come. */
export function headFindings(route: Route, minor: string, { status, headers }: Pick<ProxiedAnswer, "status" | "headers">): Finding[] {
  if (route.kind !== "operation") {
    const expected = expectedStatus(route);
    // Whoever is not let in is told so before the path is looked at.
    if (status === expected || status === 401 || status === 403) return [];
    return [{ direction: "response", operationId: undefined, text: `status is ${status}; the spec has ${expected} for such a request` }];
  }
  const { operationId } = route.operation;
  const different = headDifference(operationId, minor, { status, contentType: headerOf(headers, "content-type") });
  return different
    ? [
        {
          direction: "response",
          operationId,
          text: different.expected.startsWith("a status")
            ? `status is ${status}, none that the spec has`
            : `media type of ${status} is ${different.actual ?? ""}, none that the spec has`,
        },
      ]
    : [];
}

function expectedStatus(route: Exclude<Route, { kind: "operation" }>): number {
  if (route.kind === "redirect") return route.status;
  return route.kind === "method-not-allowed" ? 405 : 404;
}

/** What a body has against the spec; `undefined`: it could not be looked at, being too long or in an unknown encoding. */
export async function bodyFindings(route: Route, minor: string, answer: ProxiedAnswer): Promise<Finding[] | undefined> {
  if (route.kind !== "operation" || headFindings(route, minor, answer).length > 0) return [];
  const decoded = decode(answer.body, headerOf(answer.headers, "content-encoding"));
  if (!decoded || decoded.isCut) return undefined;
  const { operationId } = route.operation;
  const contentType = headerOf(answer.headers, "content-type");
  const different = await schemaDifference(operationId, minor, { status: answer.status, contentType, body: decoded.bytes });
  if (!different) return [];
  return [{ direction: "response", operationId, text: `body of ${answer.status}: ${different.actual ?? "is no JSON"}` }];
}
