import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import type { ProxiedExchange } from "../har/exchange.ts";

/** Takes the times of one request to the kubelet, as HAR wants them. */
export interface Timeline {
  /** The answer's head is there. */
  answered(): void;
  /** The end of it. */
  timings(): ProxiedExchange["timings"];
}

/** Begins now. */
export function takeTimes(request: ClientRequest): Timeline {
  const start = performance.now();
  let lookedUp: number | undefined;
  let connected: number | undefined;
  let secured: number | undefined;
  let sent: number | undefined;
  let answered: number | undefined;
  request.once("socket", (socket: Socket) => {
    socket.once("lookup", () => (lookedUp = performance.now()));
    socket.once("connect", () => (connected = performance.now()));
    socket.once("secureConnect", () => (secured = performance.now()));
  });
  request.once("finish", () => (sent = performance.now()));
  return {
    answered: () => (answered = performance.now()),
    timings: () => {
      const end = performance.now();
      const open = secured ?? connected;
      // A request that was written before the connection stood is on its way from then on.
      const gone = Math.max(sent ?? end, open ?? start);
      return {
        dns: lookedUp === undefined ? -1 : lookedUp - start,
        connect: open === undefined ? -1 : open - (lookedUp ?? start),
        ssl: secured === undefined || connected === undefined ? -1 : secured - connected,
        send: gone - (open ?? start),
        wait: (answered ?? end) - gone,
        receive: answered === undefined ? 0 : end - answered,
      };
    },
  };
}
