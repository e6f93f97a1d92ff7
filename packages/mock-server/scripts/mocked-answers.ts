import type { OperationId } from "@kubelet-conformance/types";
import type { Minor } from "@kubelet-conformance/spec";
import { mockedOperations } from "../src/examples.ts";
import { createPrism } from "../src/prism.ts";

export interface MockedAnswers {
  operationId: OperationId;
  method: string;
  path: string;
  examples: { code: number; name?: string; headers: [string, string][]; body: string }[];
}

/** What the mock would send, for each example of a minor. */
export async function mockedAnswers(minor: Minor): Promise<MockedAnswers[]> {
  const ask = await createPrism(minor);
  const all: MockedAnswers[] = [];
  for (const { operationId, method, path, examples } of mockedOperations(minor)) {
    const answers: MockedAnswers["examples"] = [];
    for (const { code, name, mediaType, headers } of examples) {
      const { headers: sent, body } = await ask({ method, path: path.replaceAll(/\{[^}]+\}/g, "x"), code, mediaType, example: name, dynamic: false, seed: undefined });
      const own = Object.entries(sent).filter(([header]) => headers.includes(header));
      answers.push({ code, ...(name === undefined ? {} : { name }), headers: own, body: typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body) });
      if (mediaType !== undefined) own.push(["Content-Type", mediaType]);
    }
    all.push({ operationId, method, path, examples: answers });
  }
  return all;
}
