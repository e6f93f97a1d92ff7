import type { RuntimeFault } from "@kubelet-conformance/cri/double";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { pointer } from "../engine/json-pointer.ts";
import type { LaunchOutcome } from "../target/cluster.ts";
import { lastLine, launchedNode, launchOf, shown } from "./node-object.ts";

/** A call that fails is one of three that a kubelet makes. */
const tries = 3;

/** What a kubelet asks of its runtime before it starts, and what it does not start with. */
export const startChecks = {
  "runtime.start.version-first": async (context) => {
    await launchedNode(context, {});
    const { calls } = await launchOf(context).start({});
    if (calls[0] !== "Version") throw new Broken("Version as the first call", calls.slice(0, 3).join(", ") || "no call");
  },

  "runtime.start.unreachable": (context) => ends(context, "absent", "a runtime that is not there"),
  "runtime.start.no-v1": (context) => ends(context, "v1alpha2-only", "a runtime without CRI v1"),
  "runtime.start.no-image-service": (context) => ends(context, "image-fs-info-unimplemented", "an image service without CRI v1"),
  "runtime.start.version-fields": (context) => ends(context, "version-empty", "an empty Version"),
  "runtime.start.other-version": (context) => ends(context, "version-other", "Version 0.2.0"),

  "runtime.cgroup-driver.shown": async (context) => {
    const outcome = await goesOn(context, "runtime-config-systemd");
    if (outcome.configuration === undefined) throw new Blocked("configz");
    const driver = pointer(outcome.configuration, "/cgroupDriver");
    if (driver !== "systemd") throw new Broken("cgroupDriver systemd, as the runtime says", shown(driver));
  },

  "runtime.cgroup-driver.unimplemented": async (context) => {
    await goesOn(context, "runtime-config-unimplemented");
  },

  "runtime.cgroup-driver.unknown": (context) => ends(context, "runtime-config-unknown-driver", "a cgroup driver of the number 7"),

  "runtime.cgroup-driver.failing": async (context) => {
    await ends(context, "runtime-config-failing", "a RuntimeConfig that fails");
    const { calls } = await launchOf(context).start({ runtime: "runtime-config-failing" });
    const asked = calls.filter((method) => method === "RuntimeConfig").length;
    if (asked !== tries) throw new Broken(`${tries} tries of RuntimeConfig`, `${asked}`);
  },
} satisfies Partial<AreaChecks<"runtime">>;

async function ends(context: CheckContext, runtime: RuntimeFault | "absent", what: string): Promise<void> {
  const outcome = await launchOf(context).start({ runtime });
  if (!outcome.ended) throw new Broken(`a kubelet that ends, with ${what}`, "it goes on");
}

async function goesOn(context: CheckContext, runtime: RuntimeFault): Promise<LaunchOutcome & { ended: false }> {
  const outcome = await launchOf(context).start({ runtime });
  if (outcome.ended) throw new Broken("a kubelet that goes on", `it ended: ${lastLine(outcome.message)}`);
  if (!outcome.node) throw new Broken("a kubelet that registers its node", "the API server has none");
  return outcome;
}
