import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { badRequest } from "./answers.ts";
import type { Handler, KubeletAnswer, Listener } from "./message.ts";
import { NodeRequest } from "./node-request.ts";
import { parseRawRequest } from "./raw-request.ts";
import { endWithRefusal, sendAnswer, writeAnswer } from "./wire.ts";

/** net/http's limits of the kubelet's servers (pkg/kubelet/server/server.go ListenAndServeKubeletServer). */
const maxHeaderBytes = 1 << 20;
const idleTimeoutMs = 90_000;
const readTimeoutMs = 4 * 3_600_000;

const textType = ["Content-Type", "text/plain; charset=utf-8"] as const;

/** An HTTP/1 server, not yet fed with connections, whose every request goes through `handler`. */
export function createHttp1Server(listener: Listener, handler: Handler, onError: (error: unknown) => void): http.Server {
  const server = http.createServer({
    maxHeaderSize: maxHeaderBytes,
    requestTimeout: readTimeoutMs,
    headersTimeout: readTimeoutMs,
    keepAliveTimeout: idleTimeoutMs,
    requireHostHeader: false,
  });
  // Go's limit is in bytes, not in the number of headers.
  server.maxHeadersCount = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.host === undefined && request.httpVersion === "1.1") {
      endWithRefusal(request.socket, refusal(400, "400 Bad Request: missing required Host header"));
      return;
    }
    const kubeletRequest = new NodeRequest(listener, request);
    try {
      await sendAnswer(await handler(kubeletRequest), request, response);
      // net/http reads on to the next request; an unread body would block it.
      if (!request.complete) request.resume();
    } catch (error) {
      if (!request.socket.destroyed) onError(error);
      request.socket.destroy();
    } finally {
      kubeletRequest.release();
    }
  };
  server.on("request", (request, response) => void answer(request, response));

  const outsideParser = async (request: IncomingMessage, socket: Duplex): Promise<void> => {
    const kubeletRequest = new NodeRequest(listener, request);
    try {
      writeAnswer(await handler(kubeletRequest), kubeletRequest, socket);
    } catch (error) {
      onError(error);
      socket.destroy();
    }
  };
  server.on("connect", (request, socket) => void outsideParser(request, socket));

  server.on("clientError", (error: Error & { code?: string; rawPacket?: Buffer }, socket: Duplex) => {
    // Every connection here is a net.Socket or a TLS one on top of it.
    const connection = socket as Socket;
    const request =
      error.code === "HPE_INVALID_METHOD" && error.rawPacket ? parseRawRequest(error.rawPacket, listener, connection) : undefined;
    if (request === undefined) {
      endWithRefusal(socket, refusalOf(error.code));
      return;
    }
    handler(request).then(
      (reply) => writeAnswer(reply, request, socket),
      (reason: unknown) => {
        onError(reason);
        socket.destroy();
      },
    );
  });
  return server;
}

function refusalOf(code: string | undefined): KubeletAnswer {
  if (code === "HPE_HEADER_OVERFLOW") return refusal(431, "431 Request Header Fields Too Large");
  if (code === "HPE_INVALID_TRANSFER_ENCODING") return refusal(501, "501 Not ImplementedUnsupported transfer encoding");
  return badRequest;
}

function refusal(status: number, body: string): KubeletAnswer {
  return { status, headers: [textType], body, close: true };
}
