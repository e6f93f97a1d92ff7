import { readdir } from "node:fs/promises";
import { classifyCheckpoint } from "@kubelet-conformance/spec";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { scratch } from "../cli/cli.support.ts";
import type { RunEvent } from "../report/report.ts";
import { createTransport } from "../target/transport.ts";
import { prepareGround } from "./ground.ts";
import { mergeScenarios } from "./merge.ts";
import { factsOf, groupsOf, scenarios, scenariosFor } from "./scenarios.ts";
import { referenceSubject } from "./subject/reference.ts";
import { runTestbed } from "./testbed.ts";

// The system's temporary directory is used by others, too.
const files = await scratch();
const temporary = files.directory;
beforeAll(() => void vi.stubEnv("TMPDIR", temporary));
afterAll(async () => {
  vi.unstubAllEnvs();
  await files.remove();
});
const problems = (results: readonly { id: string; verdict: string; actual?: string }[]) =>
  results
    .filter(({ verdict }) => verdict !== "passed" && verdict !== "not-applicable")
    .map(({ id, verdict, actual }) => `${verdict} ${id}: ${actual}`);

describe("the testbed", { timeout: 90_000 }, () => {
  test.each(["1.25", "1.30", "1.37"])(
    "finds the reference kubelet of %s conformant in every requirement, and leaves nothing behind",
    async (kubernetesVersion) => {
      const { summary, results, leftovers } = await runTestbed({ kubernetesVersion });
      expect(problems(results)).toEqual([]);
      expect(summary.verdict).toBe("conformant");
      expect(leftovers).toEqual([]);
      expect(await readdir(temporary)).toEqual([]);
    },
  );

  test("says in which scenario a requirement failed", async () => {
    const { summary, results } = await runTestbed({ deviation: "checkpoint.response.gate-off", focus: ["checkpoint.response"] });
    expect(summary.verdict).toBe("not-conformant");
    expect(results.find(({ verdict }) => verdict === "failed")).toMatchObject({
      id: "checkpoint.response.gate-off",
      reason: "in scenario gate-off",
    });
  });

  test("accepts a failure that is known", async () => {
    const id = "checkpoint.response.gate-off";
    const { summary, results } = await runTestbed({ deviation: id, focus: [id], knownFailures: [{ id, reason: "as agreed" }] });
    expect(summary.verdict).toBe("conformant");
    expect(results).toEqual([expect.objectContaining({ id, verdict: "known-failure", reason: "in scenario gate-off; as agreed" })]);
  });

  test("says at each scenario's start how much there is in all", async () => {
    const events: Extract<RunEvent, { type: "planned" }>[] = [];
    await runTestbed({ focus: ["checkpoint.response"], onEvent: (event) => event.type === "planned" && events.push(event) });
    expect(events.length).toBeGreaterThan(3);
    expect(new Set(events.map(({ total }) => total))).toEqual(new Set([events.reduce((sum, { planned }) => sum + planned, 0)]));
  });

  test("stops when told so, and tidies up", async () => {
    const controller = new AbortController();
    const report = await runTestbed({ signal: controller.signal, onEvent: ({ type }) => type === "result" && controller.abort() });
    expect(report).toMatchObject({ interrupted: true });
    expect(report.summary.emitted).toBeLessThan(report.summary.planned);
    expect(await readdir(temporary)).toEqual([]);
  });
});

test.each(scenarios.filter(({ checkpoint }) => checkpoint !== undefined).map((scenario) => [scenario.name, scenario] as const))(
  "the runtime of %s fails as the scenario says",
  async (_name, scenario) => {
    const ground = await prepareGround();
    const { authority, enter, stop } = await referenceSubject({ ground, kubernetesVersion: "1.36" }).start(scenario);
    const { target } = await enter(scenario);
    const transport = createTransport({ server: target.server, tls: { ca: authority } });
    try {
      const { namespace, pod, container } = target.checkpoint ?? { namespace: "", pod: "", container: "" };
      const response = await transport.send({
        method: "POST",
        target: `/checkpoint/${namespace}/${pod}/${container}`,
        listener: "main",
        client: target.credentials ?? { name: "none" },
      });
      expect([classifyCheckpoint({ status: response.status, body: response.body.toString() }).class]).toEqual(scenario.facts?.runtime);
    } finally {
      transport.close();
      await stop();
      await ground.remove();
    }
  },
);

test("the facts of a testbed leave nothing unknown", () => {
  for (const scenario of scenarios)
    expect(Object.keys(factsOf(scenario, "1.37")).toSorted()).toEqual([
      "allocatedPodsGate",
      "anonymous",
      "apiServer",
      "authorization",
      "checkpointGate",
      "debugFlagsHandler",
      "debuggingHandlers",
      "flagzGate",
      "nodeLogQuery",
      "profilingHandler",
      "runtime",
      "splitStreams",
      "statuszGate",
      "systemLogHandler",
      "webSocketGate",
    ]);
});

test("scenarios that differ in their surroundings only share a kubelet; it goes through them in order, a runtime that is gone last", () => {
  const [shared = [], ...single] = groupsOf(scenarios);
  expect([shared[0]?.name, shared.at(-1)?.name]).toEqual(["default", "runtime-gone"]);
  expect(shared.some(({ configuration, webhook, apiPod }) => configuration !== undefined || webhook || apiPod)).toBe(false);
  expect(single.map((group) => group.map(({ name }) => name))).toEqual([
    ["gate-off"],
    ["debugging-off"],
    ["system-logs-off"],
    ["node-log-query"],
    ["split-streams"],
    ["handlers-off"],
    ["z-pages"],
    ["z-pages-off"],
    ["allocated-pods"],
    ["anonymous"],
    ["authorization", "authorization-failing", "authorization-outage"],
    ["time-zone"],
    ["api-pod", "outage"],
    ["node"],
    ["heartbeat"],
    ["heartbeat-outage"],
    ["device-plugins", "device-plugins-restart"],
    ["device-plugins-gone"],
    ["runtime-hanging"],
  ]);
});

test("a real runtime is not told to misbehave; it gets a container with much memory instead", () => {
  const names = (runtime: "double" | "real"): string[] => scenariosFor(runtime).map(({ name }) => name);
  expect(names("real").filter((name) => !names("double").includes(name))).toEqual(["large", "large-deadline"]);
  expect(
    names("double")
      .filter((name) => !names("real").includes(name))
      .every((name) => name.startsWith("runtime-")),
  ).toBe(true);
  expect(groupsOf(scenariosFor("real")).map((group) => group.map(({ name }) => name))).toContainEqual(["large"]);
});

test("merging: worse beats better, what was seen beats what was not", () => {
  const result = (id: string, verdict: "passed" | "failed" | "blocked" | "warned" | "not-applicable") => ({
    id,
    verdict,
    level: "MUST" as const,
    title: "",
    profile: "core",
    exchanges: [],
    sources: [],
    durationMs: 0,
  });
  const merged = mergeScenarios([
    { scenario: "one", results: [result("a", "passed"), result("b", "not-applicable"), result("c", "blocked"), result("d", "warned")] },
    { scenario: "two", results: [result("a", "failed"), result("b", "passed"), result("c", "not-applicable"), result("d", "passed")] },
    { scenario: "three", results: [result("a", "failed")] },
  ]);
  const scenariosOf = (found: { name: string; verdict: string }[] = []) => found.map(({ name, verdict }) => `${name} ${verdict}`).join();
  expect(merged.map((found) => [found.id, found.verdict, found.reason, scenariosOf(found.scenarios)])).toEqual([
    ["a", "failed", "in scenarios two, three", "one passed,two failed,three failed"],
    ["b", "passed", undefined, "two passed"],
    ["c", "blocked", undefined, "one blocked"],
    ["d", "warned", "in scenario one", "one warned,two passed"],
  ]);
});
