import type { OperationId } from "@kubelet-conformance/types";
import type { Answer } from "../exchange.ts";
import { type Violation, violationText } from "./violation.ts";

/** What `--strict` answers: a problem of RFC 9457 that explains each violation. */
export function problemAnswer(operationId: OperationId, violations: readonly Violation[]): Answer {
  const problem = {
    type: "about:blank",
    title: "The request breaks the spec",
    status: 422,
    detail: violations.map(violationText).join("; "),
    operationId,
    violations,
  };
  return { status: 422, headers: [["Content-Type", "application/problem+json"]], body: `${JSON.stringify(problem, null, 2)}\n` };
}
