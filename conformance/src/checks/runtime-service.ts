import { CgroupDriver } from "@kubelet-conformance/cri";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import type { RuntimeAnswer, RuntimeServiceProbe } from "../target/runtime-service.ts";

/** `runtime.service.*`: what a kubelet needs of its runtime, whoever asks. */
export const serviceChecks = {
  "runtime.service.version": async (context) => {
    const { version, runtimeName, runtimeVersion, runtimeApiVersion } = answerOf(
      "Version",
      await serviceOf(context).version(context.signal),
    );
    const fields = { version, runtimeName, runtimeVersion, runtimeApiVersion };
    const missing = Object.entries(fields).flatMap(([name, value]) => (value === "" ? [name] : []));
    if (missing.length > 0) throw new Broken("all four fields in Version", `nothing in ${missing.join(", ")}`);
    if (version !== "0.1.0" || runtimeApiVersion !== "v1")
      throw new Broken("version 0.1.0, runtimeApiVersion v1", `version ${version}, runtimeApiVersion ${runtimeApiVersion}`);
  },

  "runtime.service.status": async (context) => {
    const { status } = answerOf("Status", await serviceOf(context).status(context.signal));
    const types = status?.conditions.map(({ type }) => type) ?? [];
    const missing = ["RuntimeReady", "NetworkReady"].filter((type) => !types.includes(type));
    if (missing.length > 0) throw new Broken("the conditions RuntimeReady and NetworkReady in Status", types.join(", ") || "none");
  },

  "runtime.service.images": async (context) => {
    answerOf("ListImages", await serviceOf(context).listImages(context.signal));
  },

  "runtime.service.runtime-config": async (context) => {
    const { linux } = answerOf("RuntimeConfig", await serviceOf(context).runtimeConfig(context.signal));
    if (!linux) throw new Broken("a cgroup driver in RuntimeConfig", "none");
    if (!Object.values<number>(CgroupDriver).includes(linux.cgroupDriver))
      throw new Broken("SYSTEMD or CGROUPFS in RuntimeConfig", String(linux.cgroupDriver));
  },

  "runtime.service.checkpoint": async (context) => {
    const outcome = await serviceOf(context).checkpointOfNothing(context.signal);
    if ("answer" in outcome) throw new Broken("NotFound for a container that there is not", "OK");
    if (outcome.code !== "NotFound") throw new Broken("NotFound for a container that there is not", outcome.text);
  },

  "runtime.service.checkpoint-pod": async (context) => {
    refused("a sandbox that there is not", await serviceOf(context).podCheckpointOfNothing(context.signal));
  },

  "runtime.service.restore-pod": async (context) => {
    refused("a checkpoint that there is not", await serviceOf(context).podRestoreOfNothing(context.signal));
  },
} satisfies Partial<AreaChecks<"runtime">>;

export function serviceOf({ target: { runtimeService } }: CheckContext): RuntimeServiceProbe {
  if (!runtimeService) throw new Blocked("runtime-service");
  return runtimeService;
}

/** Fails the requirement when the runtime does what it was asked, or does not know the call or answers nothing; with which code it refuses is its own. */
function refused(what: string, outcome: RuntimeAnswer<object>): void {
  if ("answer" in outcome) throw new Broken(`a refusal of ${what}`, "OK");
  if (["Unimplemented", "DeadlineExceeded", "Unavailable"].includes(outcome.code)) throw new Broken(`a refusal of ${what}`, outcome.text);
}

/** Fails the requirement when the runtime refuses. */
export function answerOf<T>(method: string, outcome: RuntimeAnswer<T>): T {
  if ("answer" in outcome) return outcome.answer;
  throw new Broken(`an answer to ${method}`, outcome.text);
}
