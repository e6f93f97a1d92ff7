import { minors } from "@kubelet-conformance/spec";
import { mockedAnswers } from "./mocked-answers.ts";
import type { ExampleTable, TableExample, TableOperation } from "../src/msw/example-table.ts";

interface Growing extends TableExample {
  /** Its place among the examples of the first minor that has it. */
  place: number;
}

/** The examples of all minors, each once with the range of minors that have it. */
export async function exampleTable(): Promise<ExampleTable> {
  const operations = new Map<string, Omit<TableOperation, "examples"> & { examples: Growing[] }>();
  for (const [at, minor] of minors.entries()) {
    for (const { operationId, method, path, examples } of await mockedAnswers(minor)) {
      const operation = operations.get(operationId) ?? { operationId, method, path, examples: [] };
      operations.set(operationId, operation);
      for (const [place, example] of examples.entries()) {
        const known = operation.examples.find((other) => other.to === at - 1 && isSame(other, example));
        if (known) known.to = at;
        else operation.examples.push({ ...example, from: at, to: at, place });
      }
    }
  }
  return {
    minors,
    operations: [...operations.values()].map(({ examples, ...operation }) => ({
      ...operation,
      examples: examples.toSorted((a, b) => a.place - b.place || a.from - b.from).map(({ place: _place, ...example }) => example),
    })),
  };
}

function isSame(a: object, b: { code: number; name?: string; headers: unknown; body: string }): boolean {
  const { code, name, headers, body } = a as typeof b; // A growing example has these, too.
  return JSON.stringify([code, name, headers, body]) === JSON.stringify([b.code, b.name, b.headers, b.body]);
}

/** The module that holds the table, and types for the names in it. One line for each example: differences are to be seen. */
export function tableModule(table: ExampleTable): string {
  const names = table.operations.map(({ operationId, examples }) => {
    const all = [...new Set(examples.flatMap(({ name }) => (name === undefined ? [] : [JSON.stringify(name)])))];
    return `  ${operationId}: ${all.length === 0 ? "never" : all.join(" | ")};`;
  });
  const operations = table.operations.map(({ examples, ...operation }) => {
    const rows = examples.map((example) => `      ${JSON.stringify(example)},`);
    return `    {\n      ...${JSON.stringify(operation)},\n      examples: [\n${rows.join("\n")}\n      ],\n    },`;
  });
  return `// Written by scripts/generate.ts from the spec; "npm run generate" writes it anew.
import type { ExampleTable } from "../msw/example-table.ts";

/** Names of each operation's examples, in any minor. */
export interface ExampleNames {
${names.join("\n")}
}

export const table: ExampleTable = {
  minors: ${JSON.stringify(table.minors)},
  operations: [
${operations.join("\n")}
  ],
};
`;
}
