import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { requirements } from "@kubelet-conformance/spec";
import { expect, onTestFinished, test } from "vitest";
import { exitCode } from "../engine/verdicts.ts";
import { TargetError } from "../errors.ts";
import type { RunEvent } from "../report/report.ts";
import { type Ground, prepareGround } from "./ground.ts";
import { scenarios } from "./scenarios.ts";
import { referenceSubject } from "./subject/reference.ts";
import type { RunningSubject, Subject } from "./subject/subject.ts";
import { runScenarios } from "./testbed.ts";

const kubernetesVersion = "1.36";
const catalogue = requirements().filter(({ id }) => id.startsWith("checkpoint.response.") || id.startsWith("health."));
const ids = { gateOff: "checkpoint.response.gate-off", main: "health.main.ok" };

async function ground(): Promise<Ground> {
  const prepared = await prepareGround();
  onTestFinished(() => prepared.remove());
  return prepared;
}

/** The reference kubelet, but it does not start in these scenarios. */
async function failingIn(isFailing: (name: string) => boolean, seen: string[] = []): Promise<Subject> {
  const subject = referenceSubject({ ground: await ground(), kubernetesVersion });
  return {
    start: async (scenario) => {
      seen.push(scenario.name);
      if (isFailing(scenario.name)) throw new TargetError("kubelet-ended", "the kubelet ended by itself", { detail: ["its last line"] });
      return subject.start(scenario);
    },
  };
}

test("one kubelet that does not start keeps no other from it; what nobody else decides is blocked", async () => {
  const schema = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8")) as object;
  const report = await runScenarios(await failingIn((name) => name === "gate-off"), { kubernetesVersion, catalogue, lanes: 2 });
  expect(report.notRun).toEqual([
    {
      scenarios: ["gate-off"],
      code: "kubelet-ended",
      message: "scenario gate-off: the kubelet ended by itself",
      detail: ["its last line"],
    },
  ]);
  const of = (id: string) => report.results.find((result) => result.id === id);
  expect(of(ids.gateOff)).toMatchObject({ verdict: "blocked", reason: "needs scenario gate-off, which could not be run" });
  expect(of(ids.main)).toMatchObject({ verdict: "passed" });
  expect(report.results.filter(({ verdict }) => verdict === "failed")).toEqual([]);
  expect(report.summary).toMatchObject({ verdict: "incomplete", emitted: report.summary.planned });
  expect(addFormats.default(new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })).validate(schema, report)).toBe(
    true,
  );
});

test("what does not concern a scenario is not blocked by it", async () => {
  const report = await runScenarios(await failingIn((name) => name === "gate-off"), { kubernetesVersion, catalogue, lanes: 1 });
  const blocked = report.results.filter(({ verdict }) => verdict === "blocked").map(({ id }) => id);
  expect(blocked).toContain(ids.gateOff);
  const all = await runScenarios(await failingIn(() => false), { kubernetesVersion, catalogue, lanes: 1 });
  const decidedElsewhere = all.results.filter(({ verdict }) => verdict === "not-applicable").map(({ id }) => id);
  expect(blocked.filter((id) => decidedElsewhere.includes(id))).toEqual([]);
});

test("where no kubelet starts the first error is told, and the rest is not tried", async () => {
  const tried: string[] = [];
  const subject = await failingIn(() => true, tried);
  await expect(runScenarios(subject, { kubernetesVersion, catalogue, lanes: 1 })).rejects.toMatchObject({ code: "kubelet-ended" });
  expect(tried).toEqual([scenarios[0]?.name, "gate-off"]);
});

test("a defect of the testbed itself is not mistaken for the kubelet's", async () => {
  const subject: Subject = {
    start: async () => {
      throw new TypeError("x is not a function");
    },
  };
  await expect(runScenarios(subject, { kubernetesVersion, catalogue, lanes: 1 })).rejects.toThrow("x is not a function");
});

/** The reference kubelet, but once so many results are there it is gone; `process` tells how, as a program's would. */
async function dyingAfter(count: number, process: NonNullable<RunningSubject["process"]>) {
  const subject = referenceSubject({ ground: await ground(), kubernetesVersion });
  let running: RunningSubject | undefined;
  let seen = 0;
  const mortal: Subject = {
    start: async (scenario) => {
      running = await subject.start(scenario);
      return { ...running, process };
    },
  };
  const onEvent = (event: RunEvent): void => {
    if (event.type === "result" && event.result.verdict === "passed" && ++seen === count) void running?.stop();
  };
  return { mortal, onEvent };
}

const alive = { ended: new AbortController().signal, log: () => ["its last line"] };
const dead = {
  ...alive,
  ended: AbortSignal.abort(new TargetError("kubelet-ended", "the kubelet was ended by SIGKILL: panic: x", { detail: ["panic: x"] })),
};

test.each([
  [
    alive,
    { code: "kubelet-stopped-answering", detail: ["its last line"] },
    /^scenario default: the kubelet stopped answering (during|after) .*\)$/,
  ],
  [dead, { code: "kubelet-ended", detail: ["panic: x"] }, /^scenario default: .*\); the kubelet was ended by SIGKILL: panic: x$/],
])("a kubelet that is gone in the middle is told once, with its end and the scenarios that it leaves", async (process, told, message) => {
  const { mortal, onEvent } = await dyingAfter(5, process);
  const only = scenarios.filter(({ name }) => name === "default" || name === "runtime-unimplemented");
  const report = await runScenarios(mortal, { kubernetesVersion, catalogue, scenarios: only, lanes: 1, onEvent });
  expect(report.notRun).toMatchObject([
    { ...told, scenarios: ["default", "runtime-unimplemented"], message: expect.stringMatching(message) },
  ]);
  expect(report.notRun?.[0]?.stoppedAnswering).toMatchObject({ seen: "the connection was refused" });
  const { summary, results } = report;
  expect(summary.emitted).toBe(summary.planned);
  expect(summary.passed).toBeGreaterThanOrEqual(5);
  expect(summary.failed).toBeLessThanOrEqual(4);
  const reasons = results.filter(({ verdict }) => verdict === "blocked").map(({ reason }) => reason);
  expect(reasons).toContain("needs scenario runtime-unimplemented, which could not be run");
  expect(reasons.filter((reason) => reason?.startsWith("the kubelet stopped answering")).length).toBeGreaterThan(10);
  expect(exitCode(report)).toBe(summary.failed > 0 ? 1 : 2);
});
