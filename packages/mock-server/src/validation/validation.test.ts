import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockKubelet, type MockKubelet } from "../mock-kubelet.ts";
import { send } from "../mock.test.support.ts";
import { createSpecification } from "../specification.ts";
import { refusals } from "./kubelet-refusal.ts";

const checkpoint = "/checkpoint/default/counter-lab-node/counter";
const log = "/containerLogs/default/counter-lab-node/counter";

describe("a request that breaks the spec", () => {
  let mock: MockKubelet;
  beforeAll(async () => {
    mock = await createMockKubelet({ tls: false });
  });
  afterAll(() => mock.close());

  test.each<[method: string, path: string, violations: string | undefined, status: number, text?: string]>([
    ["POST", `${checkpoint}?timeout=30`, undefined, 200],
    ["POST", `${checkpoint}?__example=busy&__seed=1`, undefined, 500],
    [
      "POST",
      `${checkpoint}?timeout=10s`,
      'query parameter "timeout" must be a whole number, is "10s"',
      404,
      "cannot parse value of timeout parameter",
    ],
    ["POST", `${checkpoint}?timeout=-1`, 'query parameter "timeout" must be 0 or more, is "-1"', 500],
    [
      "POST",
      `${checkpoint}?timeout=9223372036854775808`,
      'query parameter "timeout" must be a whole number of 64 bits, is "9223372036854775808"',
      404,
    ],
    [
      "POST",
      `${checkpoint}?Timeout=30`,
      'query parameter "Timeout" is unknown to this operation and ignored; did you mean "timeout"?',
      200,
    ],
    ["POST", `${checkpoint}?timeout=1&timeout=2`, 'query parameter "timeout" is given 2 times; give it once', 200],
    [
      "POST",
      `${checkpoint}?timeout=%zz`,
      'query parameter "timeout=%zz" cannot be decoded and is ignored; write % as %25 and ; as %3B',
      200,
    ],
    [
      "GET",
      `${log}?tailLines=abc`,
      'query parameter "tailLines" must be a whole number, is "abc"',
      400,
      '{"message": "Unable to decode query."}',
    ],
    ["GET", `${log}?limitBytes=0`, 'query parameter "limitBytes" must be 1 or more, is "0"', 422, '{"message": "Invalid request."}'],
    [
      "GET",
      `${log}?tailLines=-1&limitBytes=x`,
      'query parameter "tailLines" must be 0 or more, is "-1"; query parameter "limitBytes" must be a whole number, is "x"',
      400,
    ],
    ["GET", `${log}?stream=stdout`, 'query parameter "stream" must be "All" or "Stdout" or "Stderr", is "stdout"', 422],
    ["GET", `${log}?previous=yes`, 'query parameter "previous" must be true or false, is "yes"', 200],
    ["GET", "/logs/?sinceTime=x", 'query parameter "sinceTime" must be a time as in RFC 3339, is "x"', 200],
    ["GET", "/pods?fieldSelector=ü", 'query parameter "fieldSelector" is unknown to this operation and ignored', 200],
    ["GET", "/pods?%C3%BC=1", 'query parameter "%C3%BC" is unknown to this operation and ignored', 200],
  ])("%s %s", async (method, path, violations, status, text) => {
    const seen = await send(mock, method, path.replace("ü", "%C3%BC"));
    expect(seen.headers["mock-violations"]).toBe(violations);
    expect(seen.status).toBe(status);
    if (text !== undefined) expect(seen.text).toBe(text);
  });

  test.each<[body: string, type: string | undefined, violations: string | undefined, status: number]>([
    ["4", "text/plain", undefined, 200],
    ["x", "text/plain; charset=utf-8", 'body must be of the form ^[0-9]+$, is "x"', 400],
    ["4", "application/json", 'header "Content-Type" must be text/plain, is application/json', 200],
    ["4", undefined, 'header "Content-Type" is missing; send text/plain', 200],
    ["", undefined, "body is required", 400],
  ])("PUT /debug/flags/v with %j as %s", async (body, type, violations, status) => {
    const headers = { "Content-Length": String(body.length), ...(type === undefined ? {} : { "Content-Type": type }) };
    const seen = await send(mock, "PUT", "/debug/flags/v", { headers, body });
    expect({ status: seen.status, violations: seen.headers["mock-violations"] }).toEqual({ status, violations });
  });

  test("the log has the violations, and says what the kubelet thinks of them", async () => {
    await send(mock, "POST", `${checkpoint}?timeout=10s&token=abc`);
    expect(mock.requests()[0]).toMatchObject({
      status: 404,
      because: 'what kubelets say where query parameter "timeout" must be a whole number, is "10s"',
      violations: [
        'query parameter "token" is unknown to this operation and ignored',
        'query parameter "timeout" must be a whole number, is "10s"',
      ],
    });
    await send(mock, "POST", checkpoint, { body: "{}" });
    expect(mock.requests()[0]).toMatchObject({ status: 200, violations: ["body is not expected by this operation and ignored"] });
  });
});

test("--strict refuses it with a problem that explains", async () => {
  await using mock = await createMockKubelet({ strict: true });
  const seen = await send(mock, "POST", `${checkpoint}?timeout=10s`, { headers: { Prefer: "code=200" } });
  expect(seen).toMatchObject({ status: 422, headers: { "content-type": "application/problem+json" } });
  expect(JSON.parse(seen.text)).toEqual({
    type: "about:blank",
    title: "The request breaks the spec",
    status: 422,
    detail: 'query parameter "timeout" must be a whole number, is "10s"',
    operationId: "checkpointContainer",
    violations: [{ in: "query", name: "timeout", kind: "type", message: 'must be a whole number, is "10s"' }],
  });
  expect(await send(mock, "POST", `${checkpoint}?timeout=10`)).toMatchObject({ status: 200 });
  expect(await send(mock, "GET", "/nothing?a=b")).toMatchObject({ status: 404 });
});

test("a request without credentials is as good as any: whom kubelets let in is theirs to configure", async () => {
  await using mock = await createMockKubelet();
  const bare = await send(mock, "GET", "/pods");
  expect(bare).toMatchObject({ status: 200 });
  expect(bare.headers["mock-violations"]).toBeUndefined();
  const refused = await send(mock, "GET", "/pods", { headers: { Authorization: "Bearer t", Prefer: "code=401" } });
  expect(refused).toMatchObject({ status: 401, text: "Unauthorized" });
  expect(refused.headers["sl-violations"]).toBeUndefined();
});

test("what kubelets refuse is refused with examples that there are", () => {
  const { operations } = createSpecification("1.36");
  for (const [operationId, parameters] of Object.entries(refusals)) {
    const operation = operations.find((one) => one.operationId === operationId);
    const names = operation?.examples.map(({ name }) => name);
    for (const [parameter, kinds] of Object.entries(parameters)) {
      if (parameter !== "body") expect(operation?.parameters.map(({ name }) => name)).toContain(parameter);
      for (const example of Object.values(kinds)) expect(names).toContain(example);
    }
  }
});
