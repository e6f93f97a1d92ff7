import http2, { type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { pipeline, Readable } from "node:stream";
import type { TLSSocket } from "node:tls";
import { clientCertificate } from "./certificate.ts";
import { frame } from "./framing.ts";
import type { ConnectionOptions } from "./http1.ts";
import type { Handler, KubeletRequest, Listener } from "./message.ts";
import { pairs } from "./headers.ts";
import { parseTarget } from "./target.ts";

/** What Go's server announces, with the kubelet's MaxHeaderBytes and ten headers' overhead beyond. */
const settings: http2.Settings = {
  initialWindowSize: 1 << 20,
  maxConcurrentStreams: 250,
  maxFrameSize: 1 << 20,
  maxHeaderListSize: (1 << 20) + 10 * 32,
};

/** Speaks HTTP/2 on a connection that negotiated it. */
export function serveHttp2(socket: TLSSocket, { name, handler, onError }: ConnectionOptions): void {
  const session = http2.performServerHandshake(socket, { maxHeaderListPairs: 2 ** 20, settings });
  session.on("error", () => session.destroy());
  // The server's sockets may be half open, and a session does not end by itself with its client's side; Go's does (serverConn.serve).
  socket.once("end", () => session.destroy());
  socket.once("close", () => session.destroy());
  session.on("stream", (stream, headers, _flags, rawHeaders) => {
    stream.on("error", () => stream.destroy());
    if (!isValid(headers)) {
      stream.close(http2.constants.NGHTTP2_PROTOCOL_ERROR);
      return;
    }
    const request = toRequest(name, socket, stream, headers, rawHeaders);
    answer(request, stream, handler).catch((error: unknown) => {
      if (!stream.destroyed) onError(error);
      stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    });
  });
}

/** What nghttp2 lets pass and Go's server takes for a malformed request. */
function isValid({ ":scheme": scheme, ":path": path = "", ":method": method }: IncomingHttpHeaders): boolean {
  return method === "CONNECT" || (scheme === "https" && (path === "*" || parseTarget(path, method) !== undefined));
}

async function answer(request: KubeletRequest, stream: ServerHttp2Stream, handler: Handler): Promise<void> {
  const reply = await handler(request);
  if (stream.destroyed) {
    if (reply.body instanceof Readable) reply.body.destroy();
    return;
  }
  const { headers, body } = frame(reply, { method: request.method, closing: false, httpVersion: "2.0" });
  const lower: Record<string, string | string[]> = {};
  for (const [name, value] of http2Order(pairs(headers), reply.headers.length)) {
    const key = name.toLowerCase();
    const before = lower[key];
    lower[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  const isOver = request.method === "HEAD" || (!(body instanceof Readable) && body.length === 0);
  stream.respond({ ":status": reply.status, ...lower }, { endStream: isOver });
  if (isOver) {
    if (body instanceof Readable) body.destroy();
    return;
  }
  // A client that goes away ends the body, too.
  if (body instanceof Readable) pipeline(body, stream, () => {});
  else stream.end(body);
}

/** Go's HTTP/2 server has its own order behind the handler's headers: type, length, date. */
function http2Order(all: readonly (readonly [string, string])[], own: number): (readonly [string, string])[] {
  const rank = ([name]: readonly [string, string]): number => ["Content-Type", "Content-Length", "Date"].indexOf(name);
  return [...all.slice(0, own), ...all.slice(own).toSorted((a, b) => rank(a) - rank(b))];
}

function toRequest(
  listener: Listener,
  socket: TLSSocket,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: string[],
): KubeletRequest {
  const abort = new AbortController();
  // However the stream ended: "aborted" tells only of some ends.
  stream.once("close", () => abort.abort());
  const sent = pairs(rawHeaders).filter(([name]) => !name.startsWith(":"));
  return {
    listener,
    method: String(headers[":method"]),
    target: headers[":path"] ?? "",
    rawHeaders: sent,
    header: (name) => sent.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1],
    body: (limit = 1 << 20) => readBody(stream, limit),
    certificate: clientCertificate(socket),
    httpVersion: "2.0",
    remoteAddress: socket.remoteAddress ?? "",
    signal: abort.signal,
  };
}

/** At most `limit` bytes of a body; the rest is read and dropped. */
async function readBody(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    // A request stream without an encoding yields Buffers.
    const bytes = chunk as Buffer;
    if (size < limit) chunks.push(bytes.subarray(0, limit - size));
    size += bytes.length;
  }
  return Buffer.concat(chunks);
}
