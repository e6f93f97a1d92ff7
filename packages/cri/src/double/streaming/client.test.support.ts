import http from "node:http";
import type { Duplex } from "node:stream";
import { openSpdy, webSocketOver, type SpdyConnection } from "@kubelet-conformance/streaming";

export interface Upgraded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string[] | undefined>>;
  readonly body: string;
  readonly connection: Duplex | undefined;
  readonly head: Buffer;
}

/** Sends an upgrade request. */
export async function upgrade(url: string, headers: Readonly<Record<string, string | string[]>>, method = "POST"): Promise<Upgraded> {
  const { promise, resolve, reject } = Promise.withResolvers<Upgraded>();
  const request = http.request(url, { method, agent: false, headers: { Connection: "Upgrade", ...headers } });
  request.on("error", reject);
  request.on("upgrade", ({ statusCode = 0, headersDistinct }, connection, head) =>
    resolve({ status: statusCode, headers: headersDistinct, body: "", connection, head }),
  );
  request.on("response", (response) => {
    const { statusCode = 0, headersDistinct } = response;
    let body = "";
    response.setEncoding("utf8").on("data", (text: string) => (body += text));
    response.on("end", () => resolve({ status: statusCode, headers: headersDistinct, body, connection: undefined, head: Buffer.alloc(0) }));
  });
  request.end();
  return promise;
}

export async function spdyTo(url: string, protocol: string): Promise<SpdyConnection> {
  const { connection, head, body } = await upgrade(url, { Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": protocol });
  if (connection === undefined) throw new Error(body);
  return openSpdy(connection, head);
}

/** All that arrives over a WebSocket until it closes, in hex, and a way to send. */
export async function webSocketTo(url: string, protocol: string) {
  const { connection, head, status } = await upgrade(
    url,
    {
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...(protocol === "" ? {} : { "Sec-WebSocket-Protocol": protocol }),
    },
    "GET",
  );
  if (connection === undefined) throw new Error(String(status));
  const socket = webSocketOver(connection, head);
  const messages: string[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  socket.on("message", (data: Buffer, isBinary) => messages.push(isBinary ? data.toString("hex") : data.toString()));
  socket.on("close", (code) => resolve(code));
  return { socket, messages, closed };
}
