import { setupServer } from "msw/node";
import { minors } from "@kubelet-conformance/spec";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { operationsAt } from "./choose.ts";
import { KubeletHandlerError, kubeletHandlers, kubeletOverrides } from "./index.ts";
import { mockedAnswers } from "./mocked-answers.ts";

const baseUrl = "https://node-1.example:10250";
const kubelet = kubeletOverrides({ baseUrl });
const server = setupServer(...kubeletHandlers({ baseUrl, prefer: { getConfigz: { code: 401 } } }));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function ask(path: string, method = "GET"): Promise<[status: number, type: string | null, body: string]> {
  const response = await fetch(`${baseUrl}${path}`, { method });
  return [response.status, response.headers.get("content-type"), await response.text()];
}

describe("handlers of a kubelet", () => {
  test("answer as where all is well", async () => {
    const [status, type, body] = await ask("/pods");
    expect([status, type, JSON.parse(body)]).toMatchObject([200, "application/json", { kind: "PodList" }]);
    expect(await ask("/checkpoint/default/p/c?timeout=3", "POST")).toMatchObject([
      200,
      "application/json",
      expect.stringContaining('{"items":["'),
    ]);
    expect((await ask("/logs/pods/a/b.log"))[0]).toBe(200);
    expect((await ask("/logs/"))[0]).toBe(200);
    expect((await ask("/exec/default/p/c?command=ls"))[2]).toBe("Upgrade request required\n");
  });

  test("answer as preferred", async () => expect((await ask("/configz"))[0]).toBe(401));

  test("are overridden for one test, or one request", async () => {
    server.use(kubelet.checkpointContainer({ example: "unknown-pod" }, { once: true }));
    expect(await ask("/checkpoint/default/p/c", "POST")).toEqual([404, "text/plain; charset=utf-8", "pod does not exist"]);
    expect((await ask("/checkpoint/default/p/c", "POST"))[0]).toBe(200);
    server.use(kubelet.getPods({ code: 403, delay: 1 }));
    expect((await ask("/pods"))[0]).toBe(403);
  });
});

test("what there is not is named", () => {
  expect(() => kubelet.getPods({ code: 418 })).toThrow(/^getPods has no answer 418 in this minor; it has static-pod \(200\), /);
  expect(() => kubeletHandlers({ baseUrl, kubernetesVersion: "1.20" })).toThrow(KubeletHandlerError);
  expect(() => kubeletOverrides({ baseUrl, kubernetesVersion: "1.25" }).getStatusz()).toThrow(
    "this minor's kubelets have no operation getStatusz",
  );
});

test("one handler stands for another kubelet than the next", async () => {
  const other = "https://node-2.example:10250";
  server.use(...kubeletHandlers({ baseUrl: other, kubernetesVersion: "1.30", prefer: { getPods: { example: "no-pods" } } }));
  const both = await Promise.all([fetch(`${other}/pods`), fetch(`${baseUrl}/pods`)]);
  expect(await Promise.all(both.map(async (one) => ((await one.json()) as { items: unknown }).items))).toEqual([null, expect.any(Array)]);
});

test.each(minors)("the table has all that the mock of %s sends", (minor) => {
  const shown = operationsAt(minor).map(({ examples, ...operation }) => ({
    ...operation,
    examples: examples.map(({ from: _from, to: _to, ...example }) => example),
  }));
  expect(shown).toEqual(mockedAnswers(minor));
});
