import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMockKubelet, type MockKubelet } from "../mock-kubelet.ts";
import { send } from "../mock.test.support.ts";

const example = fileURLToPath(new URL("../../examples/scenarios.yaml", import.meta.url));
const json = { "Content-Type": "application/json" };

describe("/_mock/ for programs", () => {
  let mock: MockKubelet;
  beforeAll(async () => {
    mock = await createMockKubelet({ scenarios: example, kubernetesVersion: "1.36" });
  });
  beforeEach(() => mock.useScenario("overloaded"));
  afterAll(() => mock.close());

  test("tells the state, and switches", async () => {
    await send(mock, "POST", "/checkpoint/default/p/c");
    const state: unknown = JSON.parse((await send(mock, "GET", "/_mock/state")).text);
    expect(state).toMatchObject({
      kubernetesVersion: "1.36",
      strict: false,
      scenario: "overloaded",
      scenarios: expect.arrayContaining([
        {
          name: "overloaded",
          description: "A node under pressure, which recovers at the third try",
          rules: [
            { when: { operation: "checkpointContainer" }, answers: 3, given: 1 },
            { when: { path: "/stats/*" }, answers: 1, given: 0 },
          ],
        },
      ]),
    });
    const put = (body: string): Promise<unknown> => send(mock, "PUT", "/_mock/scenario", { headers: json, body });
    expect(await put('{"scenario":"flapping"}')).toMatchObject({ status: 200 });
    expect(mock.scenario).toBe("flapping");
    expect(await put('{"scenario":null}')).toMatchObject({ status: 200 });
    expect(mock.scenario).toBeUndefined();
    expect(await put('{"scenario":"flaping"}')).toMatchObject({
      status: 404,
      text: expect.stringContaining(String.raw`there is no scenario \"flaping\"; did you mean \"flapping\"?`),
    });
    expect(await put("flapping")).toMatchObject({ status: 400, text: expect.stringContaining("NAME") });
    expect(await send(mock, "GET", "/_mock/nothing")).toMatchObject({ status: 404 });
  });

  test("shows the last requests without their secrets, and forgets them", async () => {
    await send(mock, "GET", "/pods?access_token=s3cret&watch=1", {
      headers: {
        Authorization: "Bearer s3cret",
        Cookie: "session=s3cret",
        "X-Api-Key": "s3cret",
        "Sec-WebSocket-Protocol": "base64url.bearer.authorization.k8s.io.czNjcmV0, v4.channel.k8s.io",
        Referer: "https://page.example/?token=s3cret",
        "X-Forwarded-Access": "Bearer s3cret-of-a-page",
        "User-Agent": "test",
      },
    });
    const { text } = await send(mock, "GET", "/_mock/requests");
    expect(text).not.toMatch(/s3cret|czNjcmV0/);
    expect(JSON.parse(text)).toMatchObject({
      requests: [
        {
          method: "GET",
          path: "/pods?access_token=***&watch=1",
          headers: { authorization: "Bearer ***", cookie: "***", "x-api-key": "***", "user-agent": "test" },
          operationId: "getPods",
          status: 200,
          because: "the usual answer",
        },
        {},
      ],
    });
    expect(await send(mock, "DELETE", "/_mock/requests")).toMatchObject({ status: 204 });
    expect(mock.requests()).toEqual([]);
  });

  test("keeps no more than 200 requests", async () => {
    for (let sent = 0; sent < 203; sent++) await send(mock, "GET", "/healthz/ping");
    const requests = mock.requests();
    expect(requests).toHaveLength(200);
    expect((requests[0]?.number ?? 0) - (requests[199]?.number ?? 0)).toBe(199);
  });

  test.each<[what: string, method: string, path: string, headers: Record<string, string>]>([
    [
      "a form of another page",
      "POST",
      "/_mock/scenario",
      { Origin: "https://evil.example", "Content-Type": "application/x-www-form-urlencoded" },
    ],
    ["a page of another port", "POST", "/_mock/reset", { Origin: "https://127.0.0.1:1" }],
    ["a page without an origin", "POST", "/_mock/reset", { Origin: "null" }],
    ["a form from nowhere", "POST", "/_mock/reset", {}],
    ["what a browser calls cross-site", "PUT", "/_mock/scenario", { "Sec-Fetch-Site": "cross-site", ...json }],
    ["a preflight", "OPTIONS", "/_mock/scenario", { Origin: "https://evil.example", "Access-Control-Request-Method": "PUT" }],
    ["a name that somebody else points here", "GET", "/_mock/requests", { Host: "evil.example" }],
  ])("is closed to %s", async (_what, method, path, headers) => {
    const seen = await send(mock, method, path, { headers });
    expect(seen.status).toBe(403);
    expect(Object.keys(seen.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(mock.scenario).toBe("overloaded");
  });

  test("no page of another origin may read it", async () => {
    const seen = await send(mock, "GET", "/_mock/requests", { headers: { Origin: "https://evil.example" } });
    expect(seen.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test.each(["localhost", "mock-kubelet:10250", "front.localhost:8080", "[::1]:443", "192.0.2.1"])(
    "is open to programs that call it %s",
    async (Host) => {
      expect(await send(mock, "GET", "/_mock/state", { headers: { Host } })).toMatchObject({ status: 200 });
    },
  );
});
