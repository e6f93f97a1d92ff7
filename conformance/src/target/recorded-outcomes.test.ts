import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { classifyCheckpoint } from "@kubelet-conformance/spec";
import { expect, test } from "vitest";

interface Answer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

const root = join(import.meta.dirname, "../..");

async function filesOf(pattern: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) files.push(file);
  return files.toSorted();
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Every recorded answer to a request for a path under /checkpoint in the value, at any depth. */
function answersIn(value: unknown): Answer[] {
  if (!isObject(value)) return [];
  const { request, response } = value;
  if (isObject(request) && isObject(response)) return isCheckpoint(request["path"]) ? toAnswer(response) : [];
  const own = isCheckpoint(request) ? toAnswer(value) : [];
  return [...own, ...Object.values(value).flatMap(answersIn)];
}

const isCheckpoint = (request: unknown): boolean => typeof request === "string" && /(^|[ /])\/?checkpoint(\/|\?|$)/.test(request);

/** Nothing where no answer came, or where the recording kept only a digest of the body. */
function toAnswer({ status, body, headers }: Record<string, unknown>): Answer[] {
  if (typeof status !== "number" || (body !== undefined && typeof body !== "string")) return [];
  const pairs: unknown[] = Array.isArray(headers) ? headers : [];
  const named = pairs.flatMap((pair) => (Array.isArray(pair) ? [pair.map(String)] : []));
  return [{ status, body: body ?? "", headers: Object.fromEntries(named.map(([name = "", text = ""]) => [name, text])) }];
}

function classesIn(file: string): string[] {
  const answers = answersIn(JSON.parse(readFileSync(join(root, file), "utf8")));
  const classes = answers.map((answer) => {
    const outcome = classifyCheckpoint(answer);
    expect(outcome.class, `${file}: ${answer.status} ${answer.body}`).not.toBe("unclassified");
    return outcome.class;
  });
  return [...new Set(classes)].toSorted();
}

const beforeThePod = ["bad-request", "method-not-allowed", "not-acceptable", "not-authenticated", "redirect", "wrong-shape"];
const beforeTheRuntime = ["bad-timeout", "negative-timeout", "not-running", "timeout", "unknown-container", "unknown-pod"];

// Configurations of the kubelet, and classes that its answers have in every minor.
test.each([
  ["default", [...beforeThePod, ...beforeTheRuntime, "created"]],
  ["gate-off", ["bad-request", "gate-off", "redirect"]],
  ["debug-off", ["bad-request", "redirect"]],
  ["anonymous", ["created", "not-authenticated"]],
  ["cri-pass", ["created"]],
  ["cri-nocriu", ["no-criu"]],
  ["cri-notfound", ["container-lost"]],
  ["cri-stub", ["unimplemented"]],
  ["cri-unavailable", ["support-off"]],
  ["cri-unimplemented", ["unimplemented"]],
])("recorded answers of %s", async (configuration, expected) => {
  const files = await filesOf(`recordings/*/${configuration}.json`);
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const file of files) expect(classesIn(file), file).toEqual(expect.arrayContaining(expected));
});

test("no recorded answer is unclassified", async () => {
  const files = await filesOf("recordings/**/*.json");
  expect(files.length).toBeGreaterThan(40);
  for (const file of files) classesIn(file);
});

test("recorded answers of clusters, direct and through the API server", async () => {
  for (const file of await filesOf("recordings/*/cluster/authz.json")) {
    // Written by the recorder: who may do what, and further requests by name.
    const { matrix, extra } = JSON.parse(readFileSync(join(root, file), "utf8")) as {
      matrix: Record<string, { forbiddenStatus: number; forbiddenBody?: string }>;
      extra: Record<string, { status: number; body: string }>;
    };
    const forbidden = matrix["POST /checkpoint/default/absent/c"];
    expect(classifyCheckpoint({ status: forbidden?.forbiddenStatus ?? 0, body: forbidden?.forbiddenBody ?? "" }).class, file).toBe(
      "not-authorized",
    );
    const through = Object.entries(extra).flatMap(([name, answer]) =>
      name.startsWith("apiserverProxy.checkpoint") ? [`${name.slice("apiserverProxy.".length)}: ${classifyCheckpoint(answer).class}`] : [],
    );
    expect(through, file).toEqual([
      "checkpoint: created",
      "checkpointUnknown: unknown-pod",
      "checkpointGet: method-not-allowed",
      "checkpoint.u-checkpoint: not-authorized",
      "checkpoint.u-proxy: created",
    ]);
  }
});

const refused = ["not-running", "unknown-container"];
const wholeRun = ["busy", "created", "disk-full", "dump-failed", "not-writable", "runtime-gone"];

const onRuntimes: [name: string, classes: string[]][] = [
  ["containerd-1.6.20", [...refused, "unimplemented"]],
  ["containerd-1.7.24", [...refused, "unimplemented"]],
  ["containerd-2.1.9-crun", [...wholeRun, "not-running"]],
  ["containerd-2.1.9-runc", [...wholeRun, ...refused]],
  ["containerd-2.1.9-runc.client-abort", []],
  ["containerd-2.1.9-runc.failing-criu", [...refused, "broken-criu"]],
  ["containerd-2.1.9-runc.no-criu", [...refused, "no-criu"]],
  ["containerd-2.1.9-runc.request-timeout-1s", ["timeout"]],
  ["containerd-2.1.9-runc.restore", []],
  ["containerd-2.1.9-runsc", [...refused, "handler-unsupported"]],
  ["crio-1.36.3-crun", [...wholeRun, "frozen-or-ended"]],
  ["crio-1.36.3-crun.without-libcriu", ["no-criu-library", "not-running", "runtime-gone"]],
  ["crio-1.36.3-runc", [...wholeRun, ...refused, "frozen-or-ended"]],
  ["crio-1.36.3-runc.client-abort", []],
  ["crio-1.36.3-runc.criu-support-off", [...refused, "support-off"]],
  ["crio-1.36.3-runc.failing-criu", [...refused, "broken-criu"]],
  ["crio-1.36.3-runc.kubelet-1.30.14", [...refused, "created"]],
  ["crio-1.36.3-runc.no-criu", [...refused, "support-off"]],
  ["crio-1.36.3-runc.request-timeout-1s", ["timeout"]],
  ["crio-1.36.3-runc.restore", []],
  ["crio-1.36.3-runc.vfs", [...refused, "created"]],
];

test.each(onRuntimes)("recorded answers on %s", (name, expected) => {
  expect(classesIn(`recordings-runtimes/${name}.json`)).toEqual(expected.toSorted());
});

test("no recording of a runtime is left out", async () => {
  expect(await filesOf("recordings-runtimes/*.json")).toEqual(onRuntimes.map(([name]) => `recordings-runtimes/${name}.json`).toSorted());
});
