import { once } from "node:events";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import type { WireClient } from "../target/wire.ts";
import { parseAnswer, type Answer, type NoAnswer } from "./answer.ts";

/** Where a listener is, and how to trust it. */
export interface Endpoint {
  host: string;
  port: number;
  /** Undefined: plain HTTP. `ca` undefined: any certificate is accepted. */
  tls: { ca: string | undefined } | undefined;
}

/** One request, byte for byte. */
export interface ReplayRequest {
  method: string;
  target: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?: string | undefined;
  /** `none`: no Content-Length although the method may have a body. */
  framing?: "chunked" | "none" | undefined;
  http2?: boolean | undefined;
  /** The connection is not asked to close. */
  keepAlive?: boolean | undefined;
  client: WireClient;
}

/** The recordings' own limit. */
const limitMs = 20_000;
/** No recorded answer comes near it. */
const limitBytes = 8 * 1024 * 1024;
/** How long a kubelet that answered completely may take to close before the connection counts as left open. */
const closingMs = 1_000;

const bodiless: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"]);

/**
 * Sends one request on a connection of its own, with `Connection: close` unless it brings that header itself or is to be kept open. Never rejects. An
 * answer whose head has not come after `timeoutMs` is none.
 */
export async function replay(endpoint: Endpoint, request: ReplayRequest, timeoutMs = limitMs): Promise<Answer | NoAnswer> {
  try {
    return await (request.http2 === true ? replayHttp2(endpoint, request) : replayHttp1(endpoint, request, timeoutMs));
  } catch (error) {
    return {
      error: error instanceof Error && "code" in error ? String(error.code) : String(error),
    };
  }
}

async function connect(endpoint: Endpoint, request: ReplayRequest): Promise<net.Socket> {
  const socket = endpoint.tls === undefined ? net.connect(endpoint.port, endpoint.host) : connectTls(endpoint, endpoint.tls.ca, request);
  try {
    await once(socket, endpoint.tls === undefined ? "connect" : "secureConnect", { signal: AbortSignal.timeout(limitMs) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function connectTls({ host, port }: Endpoint, ca: string | undefined, request: ReplayRequest): tls.TLSSocket {
  return tls.connect({
    host,
    port,
    servername: "localhost",
    ALPNProtocols: [request.http2 === true ? "h2" : "http/1.1"],
    ...(ca === undefined ? { rejectUnauthorized: false } : { ca }),
    ...request.client.certificate,
  });
}

async function replayHttp1(endpoint: Endpoint, request: ReplayRequest, timeoutMs: number): Promise<Answer | NoAnswer> {
  const socket = await connect(endpoint, request);
  const { promise, resolve } = Promise.withResolvers<Answer | NoAnswer>();
  const received: Buffer[] = [];
  let size = 0;
  let closing: NodeJS.Timeout | undefined;
  const finish = (reason: string) => {
    const answer = parseAnswer(Buffer.concat(received));
    resolve(answer === undefined ? { error: reason } : { ...answer, stayedOpen: reason === "left open" || reason === "timeout" });
  };
  const limit = setTimeout(() => finish("timeout"), timeoutMs);
  socket.on("data", (bytes) => {
    received.push(bytes);
    size += bytes.length;
    if (size > limitBytes) finish("the answer is longer than 8 MiB");
    clearTimeout(closing);
    if (parseAnswer(Buffer.concat(received))?.complete === true) closing = setTimeout(() => finish("left open"), closingMs);
  });
  socket.on("error", (error) => finish("code" in error ? String(error.code) : error.message));
  socket.on("end", () => finish("connection closed without an answer"));
  socket.on("close", () => finish("connection closed without an answer"));
  socket.write(serialize(endpoint, request));
  try {
    return await promise;
  } finally {
    clearTimeout(limit);
    clearTimeout(closing);
    socket.destroy();
  }
}

function serialize({ host, port }: Endpoint, { method, target, headers, body, framing, keepAlive, client }: ReplayRequest): string {
  const head: (readonly [string, string])[] = [["Host", `${host}:${port}`]];
  if (client.authorization !== undefined) head.push(["Authorization", client.authorization]);
  head.push(...headers);
  if (framing === "chunked") head.push(["Transfer-Encoding", "chunked"]);
  else if (body !== undefined || (framing !== "none" && !bodiless.has(method)))
    head.push(["Content-Length", String(Buffer.byteLength(body ?? ""))]);
  if (!keepAlive && !headers.some(([name]) => name.toLowerCase() === "connection")) head.push(["Connection", "close"]);
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `${method} ${target} HTTP/1.1\r\n${lines}\r\n${framing === "chunked" ? chunked(body ?? "") : (body ?? "")}`;
}

function chunked(body: string): string {
  return `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

async function replayHttp2(endpoint: Endpoint, request: ReplayRequest): Promise<Answer | NoAnswer> {
  const socket = await connect(endpoint, request);
  if (!(socket instanceof tls.TLSSocket) || socket.alpnProtocol !== "h2") {
    socket.destroy();
    return { error: "HTTP/2 was not agreed on" };
  }
  const session = http2.connect(`https://${endpoint.host}:${endpoint.port}`, {
    createConnection: () => socket,
  });
  try {
    const { method, target, headers, body, client } = request;
    const stream = session.request({
      ":method": method,
      ":path": target,
      ...(client.authorization === undefined ? {} : { authorization: client.authorization }),
      ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      ...(bodiless.has(method) ? {} : { "content-length": String(Buffer.byteLength(body ?? "")) }),
    });
    const failed = once(session, "error").then(([error]: unknown[]) => Promise.reject(error));
    const answered = once(stream, "response", { signal: AbortSignal.timeout(limitMs) });
    stream.end(body);
    const [head]: http2.IncomingHttpHeaders[] = await Promise.race([answered, failed]);
    const parts: Buffer[] = await stream.toArray({ signal: AbortSignal.timeout(limitMs) });
    const fields = Object.entries(head ?? {}).map(([name, value]) => [name, String(value)] as const);
    return {
      status: Number(head?.[":status"]),
      reason: "",
      headers: fields.filter(([name]) => !name.startsWith(":")),
      body: Buffer.concat(parts),
      stayedOpen: false,
    };
  } finally {
    session.destroy();
  }
}
