import type { Agent, ClientRequest, IncomingMessage } from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { bodyCollector, headerLimit, pairs } from "./limits.ts";
import { http } from "./node-http.ts";
import { WireError, type WireRequest, type WireResponse } from "./wire.ts";

export interface Http1Exchange {
  base: URL;
  agent: Agent;
  headers: Record<string, string | string[]>;
  bodyLimit: number;
  signal: AbortSignal;
}

const methodsWithLength = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** One HTTP/1.1 exchange. Rejects with a WireError or with Node's own error, which the transport translates. */
export function exchangeHttp1(request: WireRequest, options: Http1Exchange): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const outgoing = startRequest(request, options);
    const giveUp = (): void => void outgoing.destroy(new WireError("aborted", "the request was given up"));
    options.signal.addEventListener("abort", giveUp);
    if (options.signal.aborted) giveUp();
    const finish = (message: IncomingMessage, body: Buffer): void => {
      resolve({
        status: message.statusCode ?? 0,
        reason: message.statusMessage ?? "",
        headers: pairs(message.rawHeaders),
        body,
        httpVersion: message.httpVersion,
        durationMs: performance.now() - startedAt,
      });
    };
    outgoing.on("error", (error) => {
      reject(Object.assign(error, { reusedConnection: outgoing.reusedSocket }));
    });
    outgoing.on("response", (message) => {
      const collector = bodyCollector(options.bodyLimit);
      const finishEarly = (): void => {
        if (request.until?.(collector.body()) !== true) return;
        finish(message, collector.body());
        outgoing.destroy();
      };
      message.on("data", (chunk: Buffer) => {
        try {
          collector.add(chunk);
          finishEarly();
        } catch (error) {
          reject(error);
          outgoing.destroy();
        }
      });
      finishEarly();
      message.on("end", () => finish(message, collector.body()));
      message.on("error", () => {
        reject(new WireError("closed", "the connection broke off in the middle of the answer"));
      });
    });
    outgoing.on("upgrade", (message, socket, head) => {
      if (request.onUpgrade) request.onUpgrade(socket, head);
      else socket.destroy();
      finish(message, Buffer.alloc(0));
    });
    outgoing.on("connect", (message, socket, head) => {
      readConnectBody(message, socket, head, options.bodyLimit).then((body) => finish(message, body), reject);
    });
    send(outgoing, request);
  });
}

function startRequest(request: WireRequest, { base, agent, headers }: Http1Exchange): ClientRequest {
  const secure = base.protocol === "https:";
  return (secure ? https : http).request({
    agent,
    host: base.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: base.port === "" ? (secure ? 443 : 80) : base.port,
    method: request.method,
    path: request.target,
    headers,
    maxHeaderSize: headerLimit,
  });
}

function send(outgoing: ClientRequest, { method, body, contentLength }: WireRequest): void {
  if (contentLength === "none") {
    outgoing.removeHeader("Content-Length");
    outgoing.removeHeader("Transfer-Encoding");
    outgoing.end();
  } else if (contentLength === "chunked") {
    outgoing.setHeader("Transfer-Encoding", "chunked");
    outgoing.end(body ?? "");
  } else {
    if (body !== undefined) outgoing.setHeader("Content-Length", Buffer.byteLength(body));
    else if (methodsWithLength.has(method)) outgoing.setHeader("Content-Length", 0);
    outgoing.end(body);
  }
}

/** Node hands over the bare connection after any answer to CONNECT; a refusal's body is still on it. */
async function readConnectBody(message: IncomingMessage, socket: Socket, head: Buffer, limit: number): Promise<Buffer> {
  const length = Number(message.headers["content-length"] ?? 0);
  const collector = bodyCollector(limit);
  let missing = length - head.length;
  collector.add(head.subarray(0, length));
  try {
    if (missing > 0) {
      for await (const chunk of socket) {
        const part: Buffer = chunk;
        collector.add(part.subarray(0, missing));
        missing -= part.length;
        if (missing <= 0) break;
      }
    }
  } finally {
    socket.destroy();
  }
  return collector.body();
}
