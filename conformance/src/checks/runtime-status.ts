import type { RuntimeFault } from "@kubelet-conformance/cri/double";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import type { RuntimeProbe } from "../target/target.ts";
import { gapsOf, median } from "./heartbeat-periods.ts";
import { becomesNode } from "./node-edit.ts";
import { controlPlaneOf, objectAt, shown } from "./node-object.ts";
import { becomes } from "./node-status-conditions.ts";

const periodMs = 5000;
/** Whoever asks half as often is late; a busy machine takes its share of the rest. */
const mostMs = 2 * periodMs;
/** A runtime that is silent for so long is down. */
const silenceMs = 30_000;
/** What a busy machine, the poll before and the status after may take. */
const lateMs = 15_000;
/** Statuses of the node that a kubelet may write before it must have looked at its runtime. */
const patience = 25;

/** What a kubelet makes of its runtime's Status while it runs. */
export const statusChecks = {
  "runtime.status.polled": async (context) => {
    const { timeScale } = controlPlaneOf(context);
    const times = await runtimeOf(context).record().times("Status", 4, context.signal);
    const usual = median(gapsOf(times.map((time) => time * timeScale)));
    if (usual > mostMs) throw new Broken(`Status every ${periodMs / 1000} s`, `every ${(usual / 1000).toFixed(1)} s`);
  },

  "runtime.status.not-ready": (context) => becomesNotReady(context, "runtime-not-ready"),

  "runtime.status.silent": async (context) => {
    const { timeScale } = controlPlaneOf(context);
    const wrong = runtimeOf(context).misbehave("status-without-conditions");
    const limit = AbortSignal.any([context.signal, AbortSignal.timeout(lateMs + silenceMs / timeScale)]);
    try {
      await becomes({ ...context, signal: limit }, "False", Infinity);
    } catch (error) {
      if (context.signal.aborted || !limit.aborted) throw error;
      throw new Broken(`Ready False ${silenceMs / 1000} s after the runtime's last Status`, "True");
    } finally {
      wrong.release();
      await becomes(context, "True", patience).catch(() => {});
    }
  },

  "runtime.version.unknown": async (context) => {
    const versionIn = (node: unknown): string => shown(objectAt(node, "/status/nodeInfo")["containerRuntimeVersion"]);
    const isUnknown = (node: unknown): boolean => versionIn(node).endsWith("://Unknown");
    const wrong = runtimeOf(context).misbehave("version-failing");
    try {
      await becomesNode(context, isUnknown, { expected: "containerRuntimeVersion NAME://Unknown", actual: versionIn });
    } finally {
      wrong.release();
    }
    await becomesNode(context, (node) => !isUnknown(node), { expected: "the runtime's version again", actual: versionIn });
  },
} satisfies Partial<AreaChecks<"runtime">>;

function runtimeOf({ target: { runtime } }: CheckContext): RuntimeProbe {
  if (!runtime) throw new Blocked("runtime-double");
  return runtime;
}

async function becomesNotReady(context: CheckContext, fault: RuntimeFault): Promise<void> {
  const wrong = runtimeOf(context).misbehave(fault);
  try {
    await becomes(context, "False", patience);
  } finally {
    wrong.release();
    await becomes(context, "True", patience).catch(() => {});
  }
}
