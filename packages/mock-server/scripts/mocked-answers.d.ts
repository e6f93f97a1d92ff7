import type { OperationId } from "@kubelet-conformance/types";
import type { Minor } from "@kubelet-conformance/spec";
export interface MockedAnswers {
  operationId: OperationId;
  method: string;
  path: string;
  examples: {
    code: number;
    name?: string;
    headers: [string, string][];
    body: string;
  }[];
}
/** What the mock would send, for each example of a minor. */
export declare function mockedAnswers(minor: Minor): Promise<MockedAnswers[]>;
//# sourceMappingURL=mocked-answers.d.ts.map
