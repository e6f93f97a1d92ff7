import { headDifference, responseOf, schemaDifference } from "@kubelet-conformance/exchange";
import type { OperationId } from "@kubelet-conformance/types";
import type { MockRequest } from "../exchange.ts";
import { decode } from "../har/decode.ts";
import { headerOf, type ProxiedAnswer } from "../har/exchange.ts";
import { plainPath, type Route } from "../routes.ts";
import type { Specification } from "../specification.ts";
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

/** What a request is for: something that the spec may have, or the server as a whole (`OPTIONS *`), of which it says nothing. */
export type Target = Route | { kind: "server" };

/** What the spec makes of a request line. */
export function routed({ route }: Pick<Specification, "route">, method: string, path: string): Target {
  if (path === "*") return { kind: "server" };
  return route(method, plainPath(path));
}

/** What the request's path and method have against the spec; its parameters are another matter. */
export function routeFindings(route: Target, method: string, minor: string): Finding[] {
  const wrong = (text: string): Finding[] => [{ direction: "request", operationId: undefined, text }];
  switch (route.kind) {
    case "operation":
    case "server":
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
export async function requestFindings(route: Target, request: MockRequest): Promise<Finding[]> {
  if (route.kind !== "operation") return [];
  const { operation } = route;
  const violations = await validateRequest(operation, request);
  return violations.map((violation) => ({ direction: "request", operationId: operation.operationId, text: violationText(violation) }));
}

/** What the head of an answer has against the spec: before the body has come. */
export function headFindings(route: Target, minor: string, answer: Head): Finding[] {
  const { status } = answer;
  if (route.kind !== "operation") {
    // Kubelets refuse or redirect what the spec has no operation for, each path in its own way.
    if ((status >= 300 && status < 500) || route.kind === "server") return [];
    return [{ direction: "response", operationId: undefined, text: `status is ${status} to a request that the spec has not` }];
  }
  const { operationId } = route.operation;
  if (!responseOf(operationId, minor, status))
    return [{ direction: "response", operationId, text: `status is ${status}, none that the spec has` }];
  const contentType = headerOf(answer.headers, "content-type");
  // Files have whatever type they are of. Where there is none, it depends on the body whether one is missing.
  if (contentType === undefined || operationId === "getNodeLog" || !headDifference(operationId, minor, { status, contentType })) return [];
  return [{ direction: "response", operationId, text: `media type of ${status} is ${contentType}, none that the spec has` }];
}

type Head = Pick<ProxiedAnswer, "status" | "headers">;

/** What a body has against the spec; `undefined`: it could not be looked at, being too long or in an unknown encoding. */
export async function bodyFindings(route: Target, minor: string, answer: ProxiedAnswer): Promise<Finding[] | undefined> {
  if (route.kind !== "operation") return [];
  const { operationId } = route.operation;
  if (!responseOf(operationId, minor, answer.status)) return [];
  const contentType = headerOf(answer.headers, "content-type");
  if (headDifference(operationId, minor, { status: answer.status, contentType })) {
    // Nothing has no type; and a log comes without one over HTTP/1.1, as its description says. All else was told with the head.
    const isMissing = contentType === undefined && answer.body.total > 0 && operationId !== "getContainerLogs";
    return isMissing ? [{ direction: "response", operationId, text: `body of ${answer.status} comes without a Content-Type` }] : [];
  }
  const decoded = decode(answer.body, headerOf(answer.headers, "content-encoding"));
  if (!decoded || decoded.isCut) return undefined;
  const different = await schemaDifference(operationId, minor, { status: answer.status, contentType, body: decoded.bytes });
  if (!different) return [];
  return [{ direction: "response", operationId, text: `body of ${answer.status}: ${different.actual ?? "is no JSON"}` }];
}
