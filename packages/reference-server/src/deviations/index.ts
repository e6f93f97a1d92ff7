import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { nearest } from "@kubelet-conformance/spec";
import { archive } from "./archive.ts";
import { authentication } from "./authentication.ts";
import { authorization } from "./authorization.ts";
import { checkpoint } from "./checkpoint.ts";
import { containerLogs } from "./container-logs.ts";
import { configuration } from "./configuration.ts";
import { debug } from "./debug.ts";
import type { Deviation } from "./deviation.ts";
import { devicePlugins } from "./device-plugins.ts";
import { heartbeat } from "./heartbeat.ts";
import { health } from "./health.ts";
import { metrics } from "./metrics.ts";
import { nodeLabels } from "./node-labels.ts";
import { nodeLogs } from "./node-logs.ts";
import { nodeStatus } from "./node-status.ts";
import { pods } from "./pods.ts";
import { protocol } from "./protocol.ts";
import { readOnlyPort } from "./read-only-port.ts";
import { routing } from "./routing.ts";
import { stats } from "./stats.ts";
import { run } from "./run.ts";
import { runtime } from "./runtime.ts";
import { streaming } from "./streaming.ts";

/** The requirements that can be seen broken. */
export type DeviationId = ObservableRequirementId[keyof ObservableRequirementId];

/** Every named misbehaviour, by the requirement that it breaks; one file per area. An area that is missing here does not compile. */
export const deviations: Readonly<Record<DeviationId, Deviation>> = {
  ...checkpoint,
  ...archive,
  ...protocol,
  ...routing,
  ...authentication,
  ...authorization,
  ...health,
  ...pods,
  ...readOnlyPort,
  ...stats,
  ...metrics,
  ...containerLogs,
  ...nodeLogs,
  ...run,
  ...streaming,
  ...configuration,
  ...debug,
  ...devicePlugins,
  ...nodeLabels,
  ...nodeStatus,
  ...heartbeat,
  ...runtime,
};

/** No deviation has this name. */
export class UnknownDeviationError extends Error {
  readonly code = "KUBELET_DEVIATION";

  constructor(id: string) {
    const close = nearest(id, Object.keys(deviations));
    super(`there is no deviation "${id}"${close === undefined ? "" : `; did you mean ${close}?`}`);
  }
}

/** The deviation of this name, or the given one itself. Throws UnknownDeviationError. */
export function resolveDeviation(deviation: string | Deviation | undefined): Deviation | undefined {
  if (typeof deviation !== "string") return deviation;
  if (!isDeviationId(deviation)) throw new UnknownDeviationError(deviation);
  return deviations[deviation];
}

function isDeviationId(id: string): id is DeviationId {
  // Own keys only: a name from outside must not find what objects inherit.
  return Object.hasOwn(deviations, id);
}
