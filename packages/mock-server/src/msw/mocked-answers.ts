import type { OperationId } from "@kubelet-conformance/types";
import type { Minor } from "@kubelet-conformance/spec";
import { exampleAnswer } from "../answer/example-answer.ts";
import type { ExampleEntry, MockedOperation } from "../examples.ts";
import { createSpecification } from "../specification.ts";
import type { TableExample } from "./example-table.ts";

/** An operation with all that the mock sends for it. */
export interface MockedAnswers {
  operationId: OperationId;
  method: string;
  path: string;
  examples: Omit<TableExample, "from" | "to">[];
}

/** What the mock sends, for each example of a minor. Read where the table is made, and not where handlers run. */
export function mockedAnswers(minor: Minor): MockedAnswers[] {
  return createSpecification(minor).operations.map((operation) => {
    const { operationId, method, path, examples } = operation;
    return { operationId, method, path, examples: examples.map((example) => mockedAnswer(operation, example)) };
  });
}

export function mockedAnswer(operation: MockedOperation, example: ExampleEntry): MockedAnswers["examples"][number] {
  const { status: code, headers, body } = exampleAnswer(operation, example);
  return { code, ...(example.name === undefined ? {} : { name: example.name }), headers, body };
}
