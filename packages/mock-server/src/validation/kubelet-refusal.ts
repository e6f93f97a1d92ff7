import type { OperationId } from "@kubelet-conformance/types";
import type { Violation } from "./violation.ts";

type Refusals = Readonly<Record<string, Partial<Record<Violation["kind"], string>>>>;

const logNumber = { type: "undecodable", range: "invalid" };

/**
 * What kubelets with default options refuse of what the spec forbids: operation, parameter (or `body`), what is wrong with it, name of the example that
 * is their answer.
 */
export const refusals: Partial<Record<OperationId, Refusals>> = {
  checkpointContainer: { timeout: { type: "bad-timeout", range: "negative-timeout" } },
  getContainerLogs: {
    sinceSeconds: logNumber,
    tailLines: logNumber,
    limitBytes: logNumber,
    tail: { type: "undecodable" },
    stream: { range: "invalid" },
  },
  putVerbosity: { body: { type: "no-number", missing: "no-number" } },
};

/** The first violation that a kubelet refuses, with the name of the example that is its answer. Others it ignores. */
export function kubeletRefusal(
  operationId: OperationId,
  violations: readonly Violation[],
): { violation: Violation; example: string } | undefined {
  // Every value is decoded before one is judged.
  const inOrder = [...violations.filter(({ kind }) => kind !== "range"), ...violations.filter(({ kind }) => kind === "range")];
  for (const violation of inOrder) {
    const example = refusals[operationId]?.[violation.name ?? violation.in]?.[violation.kind];
    if (example !== undefined) return { violation, example };
  }
  return undefined;
}
