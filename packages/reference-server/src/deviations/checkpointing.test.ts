import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RuntimeClient } from "@kubelet-conformance/cri";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { expect, onTestFinished, test } from "vitest";
import type { KubeletRequest } from "../http/message.ts";
import { checkpointing, checkpointingFor } from "./checkpointing.ts";

/** A running container of a runtime double, and a kubelet that asks for its checkpoint as often as it is asked itself. */
async function startKubelet(wrap: (client: RuntimeClient) => RuntimeClient) {
  const directory = await mkdtemp(join(tmpdir(), "deviations-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const double = new RuntimeDouble();
  onTestFinished(() => double.close());
  const { runtime } = wrap(double.client());
  const image = { image: "localhost/busybox:1" };
  const { podSandboxId } = await runtime.runPodSandbox({ config: { metadata: { name: "p", namespace: "default", uid: "u" } } });
  const { containerId } = await runtime.createContainer({
    podSandboxId,
    config: { metadata: { name: "c" }, image, command: ["sleep", "86400"] },
  });
  await runtime.startContainer({ containerId });
  const location = join(directory, "archive.tar");
  const ask = () => runtime.checkpointContainer({ containerId, location, timeout: 120n }, { timeoutMs: 120_000 });
  const answer = async () => {
    await ask();
    return { status: 200, headers: [], body: "" };
  };
  const calls = () =>
    double.calls.filter(({ method }) => method === "CheckpointContainer").map((call) => ({ ...call.request, deadlineMs: call.deadlineMs }));
  return { ask, answer, calls, asked: { containerId, location, timeout: 120, deadlineMs: 120_000 } };
}

function request(target: string): KubeletRequest {
  return {
    listener: "main",
    method: "POST",
    target,
    rawHeaders: [],
    header: () => undefined,
    body: async () => Buffer.alloc(0),
    certificate: undefined,
    httpVersion: "1.1",
    remoteAddress: "127.0.0.1",
    signal: new AbortController().signal,
  };
}

test("a call that is not changed arrives as it was", async () => {
  const { ask, calls, asked } = await startKubelet(checkpointing((call, next) => next(call)));
  await ask();
  expect(calls()).toEqual([asked]);
});

test("time and deadline can be changed, each by itself", async () => {
  const changes = [{ timeout: 0 }, { deadlineMs: 600_000 }, { deadlineMs: undefined }];
  const { ask, calls, asked } = await startKubelet(checkpointing((call, next) => next({ ...call, ...changes[calls().length] })));
  for (const _ of changes) await ask();
  expect(calls()).toEqual(changes.map((change) => ({ ...asked, ...change })));
});

test("the calls of one request are told from those of another at the same time", async () => {
  const { http, runtime } = checkpointingFor({ query: "timeout=1" }, (call, next) => next({ ...call, timeout: 1 }));
  if (!http || !runtime) throw new Error("both parts are needed");
  const { answer, calls } = await startKubelet(runtime);
  await Promise.all(["/a?timeout=1", "/a", "/a?timeout=1"].map((target) => http(request(target), answer)));
  expect(calls()).toMatchObject([{ timeout: 1 }, { timeout: 120 }, { timeout: 1 }]);
});
