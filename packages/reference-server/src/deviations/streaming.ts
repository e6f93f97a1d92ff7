import type { Deviation } from "./deviation.ts";
import { attachDeviations } from "./streaming-attach.ts";
import type { Id } from "./streaming-matches.ts";
import { portForwardDeviations } from "./streaming-port-forward.ts";
import { requestDeviations } from "./streaming-requests.ts";
import { spdyDeviations } from "./streaming-spdy.ts";
import { webSocketDeviations } from "./streaming-web-socket.ts";

/** What breaks each requirement of `spec/requirements/streaming.yaml`. */
export const streaming: Record<Id, Deviation> = {
  ...requestDeviations,
  ...spdyDeviations,
  ...webSocketDeviations,
  ...attachDeviations,
  ...portForwardDeviations,
};
