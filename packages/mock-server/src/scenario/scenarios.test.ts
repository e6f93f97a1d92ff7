import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createMockKubelet, type MockKubelet } from "../mock-kubelet.ts";
import { send } from "../mock.test.support.ts";
import { createSpecification } from "../specification.ts";
import { readScenarios } from "./read-scenarios.ts";
import type { ScenarioFile } from "./scenario.ts";
import { createScenarios } from "./scenarios.ts";

const example = fileURLToPath(new URL("../../examples/scenarios.yaml", import.meta.url));
const checkpoint = "/checkpoint/default/counter-lab-node/counter";

/** The codes of one answer to each path, in order; `"broken"` where no whole answer comes. */
async function codes(mock: MockKubelet, paths: readonly string[], headers: Record<string, string> = {}): Promise<(number | "broken")[]> {
  const seen: (number | "broken")[] = [];
  for (const path of paths) {
    const method = path.startsWith("/checkpoint") ? "POST" : "GET";
    seen.push(
      await send(mock, method, path, { headers }).then(
        ({ status }) => status,
        () => "broken" as const,
      ),
    );
  }
  return seen;
}

describe("the example file", () => {
  test("its first answers come in order, the last one again and again, until it is reset", async () => {
    await using mock = await createMockKubelet({ scenarios: example });
    expect(mock.scenario).toBe("overloaded");
    expect(await codes(mock, Array<string>(5).fill(checkpoint))).toEqual([429, 500, 200, 200, 200]);
    expect(mock.requests().map(({ because }) => because)).toEqual([
      "scenario overloaded, rule 1, answer 3 of 3",
      "scenario overloaded, rule 1, answer 3 of 3",
      "scenario overloaded, rule 1, answer 3 of 3",
      "scenario overloaded, rule 1, answer 2 of 3",
      "scenario overloaded, rule 1, answer 1 of 3",
    ]);
    mock.reset();
    expect(mock.requests()).toEqual([]);
    const answer = await send(mock, "POST", checkpoint);
    expect(answer).toMatchObject({ status: 429, text: "Too Many Requests\n", headers: { "retry-after": "2" } });
  });

  test("a cycle begins anew, and a rule that says nothing leaves everything as it is", async () => {
    await using mock = await createMockKubelet({ scenarios: example });
    mock.useScenario("flapping");
    expect(await codes(mock, ["/pods", "/pods", "/pods", "/nothing", "/healthz", "/healthz"])).toEqual([
      200,
      "broken",
      200,
      "broken",
      200,
      200,
    ]);
  });

  test("conditions are about headers, whatever their case, and what a request does not have", async () => {
    await using mock = await createMockKubelet({ scenarios: example });
    mock.useScenario("locked-down");
    const log = "/containerLogs/default/counter-lab-node/counter";
    expect(await codes(mock, ["/pods", log])).toEqual([401, 401]);
    expect(await codes(mock, ["/pods", log], { authorization: "Bearer web-1" })).toEqual([200, 403]);
    expect(await codes(mock, ["/pods", log], { AUTHORIZATION: "Bearer ops" })).toEqual([200, 200]);
  });

  test("bodies of one's own come in place of the example's", async () => {
    await using mock = await createMockKubelet({ scenarios: example });
    mock.useScenario("broken-wires");
    expect(await codes(mock, ["/pods", "/pods"])).toEqual(["broken", 503]);
    const { headers, text } = await send(mock, "GET", "/pods");
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(text)).toEqual({ kind: "PodList", apiVersion: "v1", metadata: {}, items: [] });
  });

  test("it is what the package's README shows", async () => {
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    expect(readme).toContain(await readFile(example, "utf8"));
  });
});

test("a request's own wish beats the scenario, which does not count it; its delay goes with either", async () => {
  const scenarios = { scenarios: { one: { rules: [{ when: { path: "/pods" }, answers: [{ code: 500 }, { code: 503 }] }] } } };
  await using mock = await createMockKubelet({ scenarios, tls: false });
  expect(await send(mock, "GET", "/pods", { headers: { Prefer: "code=403" } })).toMatchObject({ status: 403 });
  expect(await send(mock, "GET", "/pods?__delay=1")).toMatchObject({ status: 500 });
  expect(mock.requests()[0]).toMatchObject({ delay: 1, because: "scenario one, rule 1, answer 1 of 2" });
  mock.useScenario(undefined);
  expect(await send(mock, "GET", "/pods")).toMatchObject({ status: 200 });
  expect(() => mock.useScenario("on")).toThrow('there is no scenario "on"; did you mean "one"?');
});

test("a scenario can speak for paths that are no operation", async () => {
  const scenarios = {
    scenarios: {
      one: { rules: [{ when: { method: "GET", path: "/metrics/extra", query: { a: "1*" } }, answers: [{ code: 200, body: "a 1\n" }] }] },
    },
  };
  await using mock = await createMockKubelet({ scenarios, tls: false });
  expect(await send(mock, "GET", "/metrics/extra?a=12")).toMatchObject({ status: 200, text: "a 1\n" });
  expect(await send(mock, "GET", "/metrics/extra?a=2")).toMatchObject({ status: 404 });
});

test("made-up bodies are the same for the same seed, whoever names it", async () => {
  const scenarios = { seed: 7, scenarios: { one: { rules: [{ when: { path: "/configz" }, answers: [{ dynamic: true }] }] } } };
  await using one = await createMockKubelet({ scenarios, tls: false });
  await using other = await createMockKubelet({ seed: "7", tls: false });
  const { text, status } = await send(one, "GET", "/configz");
  expect(status).toBe(200);
  expect(JSON.parse(text)).toHaveProperty("kubeletconfig");
  expect(await send(other, "GET", "/configz?__dynamic")).toMatchObject({ text });
});

test("jitter is within its bounds, and the same for the same seed", () => {
  const rule = { answers: [{ delay: 100, jitter: 50 }] };
  const request = { method: "GET", path: "/pods", query: "", headers: {}, body: async () => Buffer.alloc(0) };
  const delays = (seed: string): (number | undefined)[] => {
    const scenarios = createScenarios({ scenarios: { one: { rules: [rule] } } }, seed);
    return Array.from({ length: 50 }, () => scenarios.choose(request, undefined)?.answer.delay);
  };
  expect(delays("7")).toEqual(delays("7"));
  expect(delays("7")).not.toEqual(delays("8"));
  expect(new Set(delays("7")).size).toBeGreaterThan(10);
  expect(delays("7").every((delay = 0) => delay >= 100 && delay <= 150)).toBe(true);
});

describe("a file that is wrong", () => {
  const specification = createSpecification("1.36");
  test.each<[reason: string, content: string | ScenarioFile]>([
    ['2: scenarios.a.rules[0].answer is unknown; did you mean "answers"?', "scenarios:\n  a: { rules: [{ answer: [] }] }"],
    [
      '3: scenarios.a.rules[0].answers[0].dely is unknown; did you mean "delay"?',
      "scenarios:\n  a:\n    rules: [{ answers: [{ dely: 3 }] }]",
    ],
    [
      "1: scenarios.a.rules[0].answers[0].fault must be reset or truncate or hang or endless",
      { scenarios: { a: { rules: [{ answers: [{ fault: "x" as "hang" }] }] } } },
    ],
    ["1: scenarios.a.rules[0].answers[0].code must be 599 or less", { scenarios: { a: { rules: [{ answers: [{ code: 700 }] }] } } }],
    ["1: scenarios.a.rules must not be empty", { scenarios: { a: { rules: [] } } }],
    ["1: scenarios.a.rules is missing", "scenarios: { a: {} }"],
    ["1: scenarios.A b is no name; use small letters, digits and hyphens", { scenarios: { "A b": { rules: [{ answers: [{}] }] } } }],
    ["2: scenarios.a.description must be string", "scenarios: { a: { rules: [{ answers: [{}] }],\n description: 3 } }"],
    ["1: the file must be object", "[]"],
    ['1: start "b" is no scenario of this file; did you mean "a"?', { start: "b", scenarios: { a: { rules: [{ answers: [{}] }] } } }],
    [
      '1: scenarios.a.rules[0].when.operation "getPod" is no operation of 1.36; did you mean "getPods"?',
      { scenarios: { a: { rules: [{ when: { operation: "getPod" }, answers: [{}] }] } } },
    ],
    [
      '1: scenarios.a.rules[0].answers[0].example is not there: getPods has no example "none"; it has static-pod (200)',
      { scenarios: { a: { rules: [{ when: { operation: "getPods" }, answers: [{ example: "none" }] }] } } },
    ],
    [
      "1: scenarios.a.rules[0].answers[0].example belongs to an operation; name it in when.operation",
      { scenarios: { a: { rules: [{ answers: [{ example: "busy" }] }] } } },
    ],
    [
      "1: scenarios.a.rules[0].answers[0].headers.X-A cannot be sent as a header",
      { scenarios: { a: { rules: [{ answers: [{ headers: { "X-A": "a\nb" } }] }] } } },
    ],
    [
      "1: scenarios.a.rules[0].answers[0].headers.transfer-encoding belongs to the mock, which says how long a body is; see fault",
      { scenarios: { a: { rules: [{ answers: [{ headers: { "transfer-encoding": "chunked" } }] }] } } },
    ],
    ["2: Map keys must be unique", "scenarios: {}\nscenarios: {}"],
  ])("%s", async (reason, content) => {
    const directory = await mkdtemp(join(tmpdir(), "mock-"));
    try {
      const file = join(directory, "scenarios.yaml");
      await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
      await expect(readScenarios(file, specification)).rejects.toThrow(`${file}:${reason}`);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test("that is not there is named", async () => {
    await expect(createMockKubelet({ scenarios: "absent.yaml" })).rejects.toThrow(
      "absent.yaml does not exist; give a file of scenarios, YAML or JSON",
    );
    await expect(createMockKubelet({ scenarios: { scenarios: { a: { rules: [] } } } })).rejects.toMatchObject({
      code: "bad-file",
      message: "scenarios: scenarios.a.rules must not be empty",
    });
  });
});
