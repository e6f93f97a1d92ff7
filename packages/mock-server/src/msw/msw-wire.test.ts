import { setupServer } from "msw/node";
import { expect, test } from "vitest";
import { createMockKubelet } from "../mock-kubelet.ts";
import { operationsAt } from "./choose.ts";
import type { TableExample, TableOperation } from "./example-table.ts";
import { kubeletHandlers } from "./index.ts";

const handled = "https://node-1.example:10250";

/** About one connection or one moment. */
const passing = new Set(["connection", "content-length", "date", "keep-alive", "mock-violations", "transfer-encoding"]);

async function ask(baseUrl: string, { method, path }: TableOperation, headers: Record<string, string> = {}): Promise<unknown> {
  const url = baseUrl + path.replaceAll(/\{\w+\}/g, "x");
  const response = await fetch(url, { method, headers, redirect: "manual" });
  const body = await response.bytes();
  return { status: response.status, headers: [...response.headers].filter(([name]) => !passing.has(name)), body };
}

function preference({ code, name }: TableExample): Record<string, string> {
  return { Prefer: name === undefined ? `code=${code}` : `code=${code}, example=${name}` };
}

test("each handler sends what the mock sends over HTTP, for each example", async () => {
  await using mock = await createMockKubelet({ tls: false, cors: false });
  const server = setupServer();
  server.listen({ onUnhandledFrame: "bypass" });
  let compared = 0;
  for (const operation of operationsAt()) {
    for (const example of operation.examples) {
      const { code, name } = example;
      const wish = { code, ...(name === undefined ? {} : { example: name }) };
      // The table's names are those of the types, without which operation each belongs to.
      const prefer: object = { [operation.operationId]: wish };
      server.resetHandlers(...kubeletHandlers({ baseUrl: handled, prefer }));
      const [here, there] = [await ask(handled, operation), await ask(mock.url, operation, preference(example))];
      expect(here, `${operation.operationId} ${code} ${name}`).toEqual(there);
      compared++;
    }
  }
  server.close();
  expect(compared).toBeGreaterThan(500);
});
