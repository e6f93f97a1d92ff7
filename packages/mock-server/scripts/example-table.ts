import { minors, openapi } from "@kubelet-conformance/spec";
import { mockedOperations } from "../src/examples.ts";
import type { ExampleTable, TableExample } from "../src/msw/example-table.ts";
import { mockedAnswer, mockedAnswers } from "../src/msw/mocked-answers.ts";

/** The examples of all minors, each once with the range of minors that have it, in the order of the whole document. */
export function exampleTable(): ExampleTable {
  const rows = new Map<string, TableExample[]>();
  for (const [at, minor] of minors.entries()) {
    for (const { operationId, examples } of mockedAnswers(minor)) {
      for (const example of examples) {
        const key = keyOf(operationId, example);
        const known = rows.get(key) ?? [];
        rows.set(key, known);
        const same = known.find((other) => other.to === at - 1 && isSame(other, example));
        if (same) same.to = at;
        else known.push({ ...example, from: at, to: at });
      }
    }
  }
  const whole = openapi();
  return {
    minors,
    operations: mockedOperations(whole, whole).map((operation) => {
      const { operationId, method, path, examples } = operation;
      const keys = new Set(examples.map((example) => keyOf(operationId, mockedAnswer(operation, example))));
      return { operationId, method, path, examples: [...keys].flatMap((key) => rows.get(key) ?? []) };
    }),
  };
}

/** The same name may stand under several media types. */
function keyOf(operationId: string, { code, name, headers }: Pick<TableExample, "code" | "name" | "headers">): string {
  return JSON.stringify([operationId, code, name, headers.find(([header]) => header === "Content-Type")]);
}

function isSame(a: Pick<TableExample, "headers" | "body">, b: Pick<TableExample, "headers" | "body">): boolean {
  return a.body === b.body && JSON.stringify(a.headers) === JSON.stringify(b.headers);
}

/** The module that holds the table, and types for the names in it. One line for each example: differences are to be seen. */
export function tableModule(table: ExampleTable): string {
  const names = table.operations.map(({ operationId, examples }) => {
    const all = [...new Set(examples.flatMap(({ name }) => (name === undefined ? [] : [JSON.stringify(name)])))];
    return `  ${operationId}: ${all.length === 0 ? "never" : all.join(" | ")};`;
  });
  const operations = table.operations.map(({ examples, ...operation }) => {
    const rows = examples.map((example) => `      ${JSON.stringify(example)},`);
    const members = Object.entries(operation).map(([name, value]) => `      ${name}: ${JSON.stringify(value)},\n`);
    return `    {\n${members.join("")}      examples: [\n${rows.join("\n")}\n      ],\n    },`;
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
