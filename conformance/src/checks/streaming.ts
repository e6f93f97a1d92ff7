import type { AreaChecks } from "../engine/check.ts";
import { attach } from "./streaming-attach.ts";
import { portForward } from "./streaming-port-forward.ts";
import { spdy } from "./streaming-spdy.ts";
import { webSocket } from "./streaming-web-socket.ts";

/** `spec/requirements/streaming.yaml`, the requirements that take more than one exchange. */
export const streaming: AreaChecks<"streaming"> = { ...spdy, ...webSocket, ...attach, ...portForward };
