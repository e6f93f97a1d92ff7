import type { Requirement } from "@kubelet-conformance/spec";
import type { CodedRequirementId } from "@kubelet-conformance/types";
import type { AreaChecks, Check } from "../engine/check.ts";
import { archive } from "./archive.ts";
import { checkpoint } from "./checkpoint.ts";
import { metrics } from "./metrics.ts";
import { containerLogs } from "./container-logs.ts";
import { heartbeat } from "./heartbeat.ts";
import { nodeLabels } from "./node-labels.ts";
import { nodeLogs } from "./node-logs.ts";
import { nodeStatus } from "./node-status.ts";
import { configuration } from "./configuration.ts";
import { debug } from "./debug.ts";
import { devicePlugins } from "./device-plugins.ts";
import { pods } from "./pods.ts";
import { protocol } from "./protocol.ts";
import { routing } from "./routing.ts";
import { runtime } from "./runtime.ts";
import { stats } from "./stats.ts";
import { streaming } from "./streaming.ts";

/** Areas where some requirement is not decided by one exchange. */
type CodedArea = {
  [Area in keyof CodedRequirementId]: [CodedRequirementId[Area]] extends [never] ? never : Area;
}[keyof CodedRequirementId];

/** The checks that are TypeScript, by area; an area that needs one and is missing here does not compile. */
const coded: { [Area in CodedArea]: AreaChecks<Area> } = {
  checkpoint,
  archive,
  protocol,
  routing,
  pods,
  stats,
  metrics,
  "container-logs": containerLogs,
  "node-logs": nodeLogs,
  streaming,
  configuration,
  debug,
  "node-labels": nodeLabels,
  "node-status": nodeStatus,
  heartbeat,
  "device-plugins": devicePlugins,
  runtime,
};

/** All coded checks by requirement id. */
const byId = new Map<string, Check>(Object.values(coded).flatMap((checks) => Object.entries<Check>(checks)));

const fromData: Check = async (context) => {
  const { exchange } = context.requirement;
  if (exchange) await context.exchange(exchange);
};

/** The check of a requirement: its exchange, or the function of its area. Throws for one that has neither. */
export function checkOf(requirement: Requirement): Check {
  const check = requirement.exchange ? fromData : byId.get(requirement.id);
  if (!check) throw new Error(`${requirement.id} has no check: write it in conformance/src/checks/${requirement.area}.ts`);
  return check;
}
