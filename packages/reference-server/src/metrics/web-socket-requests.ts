import { createCounter } from "./counter.ts";
import type { Family } from "./exposition.ts";

/** Counts the WebSocket requests that the kubelet answers itself instead of passing them on, as its handlers do from 1.36 on. */
export interface WebSocketRequests {
  add(subresource: "exec" | "attach" | "portforward"): void;
  family(): Family;
}

export function createWebSocketRequests(): WebSocketRequests {
  const total = createCounter();
  return {
    add: (subresource) => total.add({ subresource }),
    family: () => ({
      name: "kubelet_websocket_streaming_requests_total",
      help: "[ALPHA] Total number of WebSocket streaming requests (exec/attach/portforward) received by the kubelet.",
      type: "counter",
      samples: total.samples(),
    }),
  };
}
