import { once } from "node:events";
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import {
  answerWebSocket,
  asksForWebSocket,
  PORT_FORWARD_PROTOCOL,
  REMOTE_COMMAND_PROTOCOLS,
  WEBSOCKET_COMMAND_PROTOCOLS,
  WEBSOCKET_PORT_FORWARD_PROTOCOLS,
} from "@kubelet-conformance/streaming";
import type { RuntimeState } from "../state.ts";
import type { CommandStreams, WantedStreams } from "./command-streams.ts";
import { bareAnswer, httpError, notFound, plainArrival, upgradeArrival, type Arrival } from "./http-answer.ts";
import { defaultLimits, type StreamLimits } from "./limits.ts";
import { negotiateSpdy, spdyHeaders } from "./negotiate-spdy.ts";
import { connectToPod } from "./pod-ports.ts";
import { forwardOverSpdy, forwardOverWebSocket } from "./port-forward.ts";
import { attachToContainer, execCommand } from "./run-command.ts";
import { acceptSpdyCommand } from "./spdy-command.ts";
import { createTokens } from "./tokens.ts";
import { acceptWebSocketCommand } from "./web-socket-command.ts";

/** What a token stands for. */
export type StreamRequest =
  | { readonly kind: "exec"; readonly containerId: string; readonly cmd: readonly string[]; readonly wanted: WantedStreams }
  | { readonly kind: "attach"; readonly containerId: string; readonly wanted: WantedStreams }
  | { readonly kind: "portforward"; readonly sandboxId: string; readonly ports: readonly number[] };

/** The streaming server of a runtime: plain HTTP on a loopback port of its own, started with the first URL. */
export interface StreamingServer {
  /** A URL that serves the request once, within a minute. */
  url: (request: StreamRequest) => Promise<string>;
  /** Ends it and all its connections; no more URLs then. Idempotent. */
  close: () => Promise<void>;
}

export function createStreamingServer(state: RuntimeState, limits: StreamLimits = defaultLimits): StreamingServer {
  const tokens = createTokens<StreamRequest>();
  const sockets = new Set<Socket>();
  let origin: Promise<string> | undefined;
  let server: http.Server | undefined;

  async function start(): Promise<string> {
    server = http.createServer();
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      socket.on("error", () => socket.destroy());
    });
    server.on("request", (request, response) => serve(plainArrival(request, response)));
    server.on("upgrade", (request, connection, head) => serve(upgradeArrival(request, connection, head)));
    server.listen(0, "127.0.0.1").unref();
    await once(server, "listening");
    // A server that listens on a port has an AddressInfo.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function serve(arrival: Arrival): void {
    const [, kind, token = ""] = /^\/(exec|attach|portforward)\/([^/?]+)(?:\?|$)/.exec(arrival.request.url ?? "") ?? [];
    const { method } = arrival.request;
    if (kind === undefined || (method !== "GET" && method !== "POST")) return arrival.refuse(httpError(404, "404: Page Not Found"));
    const request = tokens.consume(token);
    if (request?.kind !== kind) return arrival.refuse(notFound);
    if (request.kind === "portforward") servePortForward(arrival, request);
    else serveCommand(arrival, request);
  }

  function serveCommand(arrival: Arrival, request: StreamRequest & { kind: "exec" | "attach" }): void {
    const run = async (streams: CommandStreams | undefined): Promise<void> => {
      if (streams === undefined) return;
      const status = await (request.kind === "exec"
        ? execCommand(state, { ...request, tty: request.wanted.tty }, streams)
        : attachToContainer(state, request.containerId, streams));
      streams.writeStatus(status);
      streams.close();
    };
    const { wanted } = request;
    upgrade(arrival, {
      webSocket: WEBSOCKET_COMMAND_PROTOCOLS,
      spdy: REMOTE_COMMAND_PROTOCOLS,
      handshakeErrors: 2,
      onWebSocket: (connection, protocol) =>
        void run(acceptWebSocketCommand(connection, arrival.head, { protocol, wanted, idleMs: limits.idleMs })),
      onSpdy: (connection, protocol) => void acceptSpdyCommand(connection, arrival.head, { protocol, wanted, limits }).then(run),
    });
  }

  function servePortForward(arrival: Arrival, { sandboxId, ports }: StreamRequest & { kind: "portforward" }): void {
    const target = { sandboxId, connect: (port: number) => connectToPod(state, sandboxId, port) };
    upgrade(arrival, {
      webSocket: WEBSOCKET_PORT_FORWARD_PROTOCOLS,
      spdy: [PORT_FORWARD_PROTOCOL],
      handshakeErrors: 1,
      onWebSocket: (connection, protocol) => void forwardOverWebSocket(connection, arrival.head, { protocol, ports, target, limits }),
      onSpdy: (connection) => forwardOverSpdy(connection, arrival.head, target, limits),
    });
  }

  return {
    async url(request) {
      const token = tokens.insert(request);
      return `${await (origin ??= start())}/${request.kind}/${token}`;
    },
    async close() {
      origin = Promise.reject(new Error("the streaming server is closed"));
      origin.catch(() => undefined);
      for (const socket of sockets) socket.destroy();
      if (server?.listening === true) await new Promise<void>((resolve) => server?.close(() => resolve()));
    },
  };
}

interface Upgrades {
  readonly webSocket: readonly string[];
  readonly spdy: readonly string[];
  /** How often the text of a failed SPDY handshake is written. */
  readonly handshakeErrors: number;
  readonly onWebSocket: (connection: Duplex, protocol: string) => void;
  readonly onSpdy: (connection: Duplex, protocol: string) => void;
}

function upgrade({ request, refuse, upgrade: toUpgrade }: Arrival, upgrades: Upgrades): void {
  const header = (name: string): string | undefined => request.headersDistinct[name.toLowerCase()]?.[0];
  if (asksForWebSocket(header("Upgrade"), request.headersDistinct["connection"] ?? []) && toUpgrade !== undefined) {
    const answer = answerWebSocket({ method: request.method ?? "", header }, upgrades.webSocket);
    if (answer.status === 101) return upgrades.onWebSocket(toUpgrade(answer.headers), answer.protocol);
    request.socket.end(bareAnswer(answer.status, answer.headers, answer.body));
    return;
  }
  const answer = negotiateSpdy(request, upgrades.spdy, upgrades.handshakeErrors);
  if ("status" in answer) return refuse(answer);
  if (header("Upgrade")?.toLowerCase().includes("spdy/3.1") !== true || toUpgrade === undefined) {
    return refuse(httpError(400, "unable to upgrade: missing upgrade headers in request"));
  }
  upgrades.onSpdy(toUpgrade(spdyHeaders(answer.protocol)), answer.protocol);
}
