import type { Requirement } from "@kubelet-conformance/spec";
import { leftovers } from "./archive-leftovers.ts";
import { restores } from "./archive-restore.ts";
import { counters } from "./checkpoint-counters.ts";
import { overlap } from "./checkpoint-overlap.ts";
import { unharmed } from "./checkpoint-unharmed.ts";
import { longLines } from "./long-lines.ts";
import { requestMetrics } from "./metrics-requests.ts";
import { attach } from "./streaming-attach.ts";
import { portForward } from "./streaming-port-forward.ts";
import { spdy } from "./streaming-spdy.ts";
import { webSocket } from "./streaming-web-socket.ts";

/** Files that hold a part of an area's checks. */
const parts: Readonly<Record<string, object>> = {
  "archive-leftovers": leftovers,
  "archive-restore": restores,
  "checkpoint-counters": counters,
  "checkpoint-overlap": overlap,
  "checkpoint-unharmed": unharmed,
  "long-lines": longLines,
  "metrics-requests": requestMetrics,
  "streaming-attach": attach,
  "streaming-port-forward": portForward,
  "streaming-spdy": spdy,
  "streaming-web-socket": webSocket,
};

/** Where the coded check of a requirement stands in the repository. */
export function fileOfCheck({ id, area }: Pick<Requirement, "id" | "area">): string {
  const [part] = Object.entries(parts).find(([, checks]) => Object.hasOwn(checks, id)) ?? [];
  return `conformance/src/checks/${part ?? area}.ts`;
}
