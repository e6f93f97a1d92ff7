import { webSocketAccept } from "./web-socket.ts";

/** What a handshake looks at. */
export interface HandshakeRequest {
  readonly method: string;
  /** First value of a header, any case. */
  readonly header: (name: string) => string | undefined;
}

/** An answer to a handshake; after 101 the connection speaks WebSocket, after anything else it ends. */
export interface HandshakeAnswer {
  readonly status: 101 | 400 | 403 | 405;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** The subprotocol that was chosen; "" when the client offered none. */
  readonly protocol: string;
}

/** Whether a request asks for WebSocket (k8s.io/streaming wsstream.IsWebSocketRequest); `connections` are all values of Connection. */
export function asksForWebSocket(upgrade: string | undefined, connections: readonly string[]): boolean {
  return upgrade?.toLowerCase() === "websocket" && asksForUpgrade(connections);
}

/** Whether a request asks for any upgrade (httpstream.IsUpgradeRequest). */
export function asksForUpgrade(connections: readonly string[]): boolean {
  return connections.some((value) => value.toLowerCase().includes("upgrade"));
}

/** The subprotocols that a client offers, in its order. */
export function offeredProtocols(header: string | undefined): string[] {
  const trimmed = header?.trim() ?? "";
  return trimmed === "" ? [] : trimmed.split(",").map((protocol) => protocol.trim());
}

/** Answers a handshake as golang.org/x/net/websocket does under Kubernetes' wsstream: the client's first offer that is `supported` wins. */
export function answerWebSocket({ method, header }: HandshakeRequest, supported: readonly string[]): HandshakeAnswer {
  const refuse = (status: 400 | 403 | 405, body: string, headers: HandshakeAnswer["headers"] = []): HandshakeAnswer => ({
    status,
    headers,
    body,
    protocol: "",
  });
  if (method !== "GET") return refuse(405, "bad method");
  const key = header("Sec-WebSocket-Key") ?? "";
  if (key === "") return refuse(400, "mismatch challenge/response");
  if (header("Sec-WebSocket-Version") !== "13") return refuse(400, "missing or bad WebSocket Version", [["Sec-WebSocket-Version", "13"]]);
  const offered = offeredProtocols(header("Sec-WebSocket-Protocol"));
  const protocol = (offered.length === 0 ? [""] : offered).find((each) => supported.includes(each));
  return protocol === undefined ? refuse(403, "") : accepted(key, protocol);
}

function accepted(key: string, protocol: string): HandshakeAnswer {
  return {
    status: 101,
    headers: [
      ["Upgrade", "websocket"],
      ["Connection", "Upgrade"],
      ["Sec-WebSocket-Accept", webSocketAccept(key)],
      ["Sec-WebSocket-Protocol", protocol],
    ],
    body: "",
    protocol,
  };
}
