import { setupServer } from "msw/node";
import { minors } from "@kubelet-conformance/spec";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { operationsAt } from "./choose.ts";
import { KubeletHandlerError, kubeletHandlers, kubeletOverrides, type Wish } from "./index.ts";
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
  const old = { baseUrl, kubernetesVersion: "1.25" };
  expect(() => kubeletOverrides(old).getStatusz()).toThrow("this minor's kubelets have no operation getStatusz");
  expect(() => kubeletHandlers({ ...old, prefer: { getStatusz: { code: 403 } } })).toThrow("have no operation getStatusz");
  const misspelled: object = { getPodz: { code: 403 } };
  expect(() => kubeletHandlers({ baseUrl, prefer: misspelled })).toThrow("have no operation getPodz");
});

test.each([
  null,
  "no-pods",
  { exmaple: "no-pods" },
  { code: "404" },
  { delay: "5" },
  { delay: -1 },
  { delay: Number.NaN },
  { delay: Infinity },
])("%j is no wish", (wish) => {
  // As plain JavaScript calls it.
  expect(() => kubelet.getPods(wish as Wish<"getPods">)).toThrow(
    `getPods cannot be given ${JSON.stringify(wish)}; write { code: 404, example: "NAME", delay: MILLISECONDS }, any or none of them`,
  );
});

test("overrides are an object like any other, which test runners print and compare", () => {
  expect(() => expect(kubelet).toEqual({})).toThrow("to deeply equal");
  expect(JSON.stringify(kubelet)).toBe("{}");
  expect(Object.keys(kubelet)).toContain("getStatusz");
});

describe("baseUrl", () => {
  test.each([
    [`${baseUrl}//`, `${baseUrl}/pods`],
    ["https://api.example:443/api/v1/nodes/node-1/proxy/", "https://api.example/api/v1/nodes/node-1/proxy/pods"],
    ["http://api.example:80", "http://api.example/pods"],
    ["http://api.example:8080", "http://api.example:8080/pods"],
    ["https://[::1]:10250", "https://[::1]:10250/pods"],
    ["*", "https://anywhere.example/pods"],
  ])("%s answers %s", async (given, url) => {
    server.use(...kubeletHandlers({ baseUrl: given, prefer: { getPods: { code: 403 } } }));
    expect((await fetch(url)).status).toBe(403);
  });

  test.each([
    ["https://api.example/api/v1/nodes/https:worker:10250/proxy", "https://api.example/api/v1/nodes/https:master:10250/proxy"],
    ["https://api.example/api/v1/nodes/https:worker-a:/proxy", "https://api.example/api/v1/nodes/https:master-a:/proxy"],
  ])("%s is not %s", async (one, other) => {
    server.use(...kubeletHandlers({ baseUrl: other, prefer: { getPods: { code: 401 } } }));
    server.use(...kubeletHandlers({ baseUrl: one, prefer: { getPods: { code: 403 } } }));
    expect([(await fetch(`${one}/pods`)).status, (await fetch(`${other}/pods`)).status]).toEqual([403, 401]);
  });

  test("a path is one of the page", async () => {
    vi.stubGlobal("location", new URL("http://localhost:5173/nodes/index.html"));
    onTestFinished(() => void vi.unstubAllGlobals());
    const path = "/api/v1/nodes/https:worker:10250/proxy";
    server.use(...kubeletHandlers({ baseUrl: path, prefer: { getPods: { code: 403 } } }));
    expect((await fetch(`http://localhost:5173${path}/pods`)).status).toBe(403);
  });

  test.each(["api/v1", "node-1:10250", "https://node-1/?x=1", "/proxy#a", undefined])("%s is refused", (given) => {
    // As plain JavaScript calls it.
    expect(() => kubeletOverrides({ baseUrl: given as string })).toThrow(
      `baseUrl "${given}" is neither an address nor a path; write https://`,
    );
  });
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
