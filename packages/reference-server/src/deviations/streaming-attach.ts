import { alteringBytes } from "./altered-connection.ts";
import type { Deviation } from "./deviation.ts";
import { onStderr, isSpdyData } from "./streaming-bytes.ts";
import { type Id, attach, overSpdy, overWebSocket } from "./streaming-matches.ts";

/** What attach shows. */
export const attachDeviations = {
  "streaming.attach.spdy": {
    summary: "shows nothing of what the container writes over SPDY",
    http: alteringBytes(overSpdy(attach), () => (bytes) => (isSpdyData(bytes) ? Buffer.alloc(0) : bytes)),
  },
  "streaming.attach.websocket": {
    summary: "shows what the container writes on the channel of stderr",
    http: alteringBytes(overWebSocket(attach), () => onStderr),
  },
} satisfies Partial<Record<Id, Deviation>>;
