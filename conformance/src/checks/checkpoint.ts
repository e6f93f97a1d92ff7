import { mediaTypeOf } from "@kubelet-conformance/exchange";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer, parseJson, quotedBody } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import { quoted } from "../engine/text.ts";
import type { CheckpointCall, RuntimeProbe } from "../target/target.ts";
import { headerOf } from "../target/wire.ts";
import { counters } from "./checkpoint-counters.ts";
import { overlap } from "./checkpoint-overlap.ts";
import { podLevel } from "./checkpoint-pod-level.ts";
import { unharmed } from "./checkpoint-unharmed.ts";
import { bareContainerId, checkpointedStatus } from "./kubelet-state.ts";

/** `spec/requirements/checkpoint.yaml`, the requirements that take more than one exchange. */
export const checkpoint: AreaChecks<"checkpoint"> = {
  "checkpoint.response.ok": async (context) => {
    const response = await context.firstCheckpoint();
    if (response.status !== 200) throw new Broken("status 200", describeAnswer(response));
  },

  "checkpoint.response.media-type": async (context) => {
    const value = headerOf(await success(context), "content-type");
    if (mediaTypeOf(value) !== "application/json") throw new Broken("media type application/json", value ?? "no Content-Type header");
  },

  "checkpoint.response.items": async (context) => {
    const response = await success(context);
    const body = parseJson(response)?.value;
    const items: unknown = typeof body === "object" && body !== null && "items" in body ? body.items : undefined;
    const holds = Array.isArray(items) && items.length === 1 && typeof items[0] === "string";
    if (!holds) throw new Broken('{"items":["<path>"]}', quotedBody(response));
  },

  "checkpoint.response.compact-body": async (context) => {
    const response = await success(context);
    if (!/^\{"items":\[".*"\]\}$/.test(response.body.toString()))
      throw new Broken("a body without white space and newline", quotedBody(response));
  },

  "checkpoint.timeout.absent": async (context) => {
    const { call, runtime } = await singleCall(context);
    expectSeconds(call, runtime.requestTimeoutSeconds);
  },

  "checkpoint.timeout.zero-is-default": async (context) => {
    const { call, runtime } = await singleCall(context, "timeout=0");
    expectSeconds(call, runtime.requestTimeoutSeconds);
  },

  "checkpoint.timeout.short-is-raised": async (context) => {
    const { call, runtime } = await singleCall(context, "timeout=1");
    expectSeconds(call, runtime.requestTimeoutSeconds);
  },

  "checkpoint.timeout.long-is-kept": async (context) => {
    const seconds = probeOf(context).requestTimeoutSeconds + 180;
    expectSeconds((await singleCall(context, `timeout=${seconds}`)).call, seconds);
  },

  "checkpoint.timeout.deadline": async (context) => {
    const { call } = await singleCall(context);
    const wanted = call.timeoutSeconds * 1000;
    const actual = call.deadlineMs ?? Number.POSITIVE_INFINITY;
    // The deadline is set before the call leaves, so less is left of it when the runtime reads it.
    if (actual > wanted || actual < wanted - 5000) {
      throw new Broken(`a deadline of ${wanted} ms`, call.deadlineMs === undefined ? "none" : `${call.deadlineMs} ms`);
    }
  },

  "checkpoint.timeout.negative-is-not-sent": async (context) => {
    const record = probeOf(context).record();
    await context.checkpoint("timeout=-1");
    const calls = record.checkpointCalls();
    if (calls.length > 0) throw new Broken("no call to the runtime", `${calls.length}, with timeout ${calls[0]?.timeoutSeconds}`);
  },

  "checkpoint.request.long-name": async (context) => {
    const response = await context.send({ method: "POST", target: `/checkpoint/default/${"a".repeat(4000)}/c` });
    if (response.status !== 404 || !response.body.toString().endsWith("does not exist")) {
      throw new Broken("404 for a pod that does not exist", describeAnswer(response));
    }
  },

  "checkpoint.effect.container-runs-on": async (context) => {
    const before = await checkpointedStatus(context);
    await context.checkpoint();
    const after = await checkpointedStatus(context);
    if (!after.state?.running) throw new Broken("a running container", JSON.stringify(after.state ?? {}));
    if (after.containerID !== before.containerID || after.restartCount !== before.restartCount) {
      throw new Broken(
        `container ${String(before.containerID)} with ${String(before.restartCount)} restarts`,
        `container ${String(after.containerID)} with ${String(after.restartCount)} restarts`,
      );
    }
  },

  "checkpoint.effect.one-call": async (context) => {
    const record = probeOf(context).record();
    await context.checkpoint();
    const { length } = record.checkpointCalls();
    if (length !== 1) throw new Broken("one call to the runtime", String(length));
  },

  "checkpoint.effect.location": async (context) => {
    const { call, response } = await singleCall(context);
    const path = pointer(parseJson(response)?.value, "/items/0");
    if (path !== call.location) throw new Broken(`the path ${quoted(call.location)}`, quotedBody(response));
  },

  "checkpoint.effect.container-id": async (context) => {
    const id = bareContainerId(await checkpointedStatus(context));
    const { call } = await singleCall(context);
    if (call.containerId !== id) throw new Broken(`container id ${id}`, call.containerId);
  },

  ...counters,
  ...overlap,
  ...unharmed,
  ...podLevel,
};

/** The answer of the first checkpoint when it succeeded; what else it says is nothing to judge otherwise. */
async function success(context: CheckContext) {
  const response = await context.firstCheckpoint();
  if (response.status >= 300) throw new Broken("a checkpoint that succeeds", describeAnswer(response));
  return response;
}

function probeOf({ target }: CheckContext): RuntimeProbe {
  if (!target.runtime) throw new Blocked("runtime-double");
  return target.runtime;
}

/** Makes one checkpoint and returns what the runtime was asked for it. */
async function singleCall(context: CheckContext, query?: string) {
  const runtime = probeOf(context);
  const record = runtime.record();
  const response = await context.checkpoint(query);
  const [call] = record.checkpointCalls();
  if (!call) throw new Broken("a call to the runtime", `none; the kubelet answered ${describeAnswer(response)}`);
  return { call, response, runtime };
}

function expectSeconds(call: CheckpointCall, seconds: number): void {
  if (call.timeoutSeconds !== seconds) throw new Broken(`a timeout of ${seconds} seconds`, `${call.timeoutSeconds} seconds`);
}
