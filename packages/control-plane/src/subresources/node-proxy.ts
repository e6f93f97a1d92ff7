import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream";
import { ApiError, badRequest } from "../api/status-error.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";
import { sendError } from "../server/respond.ts";
import { locateNode, type NodeLocation } from "./node-client.ts";
import { proxiedAnswer, typed } from "./proxied-answer.ts";
import { proxiedPath } from "./proxied-path.ts";

const hopByHop = ["connection", "proxy-connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings"];

/** Forwards a request, upgrades included, to the kubelet with the server's own identity, and its answer back. */
export function proxyNode(call: Call, { state, nodeClient }: ServerContext): Answer {
  const { request, response, target, upgrade, search } = call;
  const { name = "", rest } = target;
  const prefix = `/api/v1/nodes/${name}/proxy`;
  if (rest === "" && !upgrade && ["GET", "HEAD"].includes(request.method ?? "")) {
    response.writeHead(301, { Location: `${prefix}/${search}`, "Content-Length": 0 }).end();
    return undefined;
  }
  const path = pathOf(rest);
  const location = locateNode(state, name);
  const { secure, host, port } = location;
  const askedForGzip = upgrade === undefined && wouldAskForGzip(request);
  const send = secure ? httpsRequest : httpRequest;
  const forwarded = send({
    host,
    port,
    method: request.method,
    // An upgrade loses its query.
    path: upgrade === undefined ? path + search : path,
    headers: {
      ...requestHeaders(request, location, upgrade !== undefined),
      "x-forwarded-uri": prefix + path,
      ...(askedForGzip && { "accept-encoding": "gzip" }),
    },
    agent: false,
    ...(secure && nodeClient),
  });
  forwarded.on("error", (error) => {
    const message = `error trying to reach service: ${reasonOf(error, location)}`;
    sendError(response, new ApiError({ code: 503, reason: "ServiceUnavailable", message }));
  });
  forwarded.on("response", (answer) => {
    const { headers, body } = proxiedAnswer(answer, responseHeaders(answer, location, prefix), askedForGzip);
    const passing = typed(headers, (all) => {
      response.writeHead(answer.statusCode ?? 502, all);
      response.flushHeaders();
    });
    pipeline(body, passing, response, () => {});
  });
  forwarded.on("upgrade", (answer: IncomingMessage, far: Duplex, head: Buffer) => {
    if (upgrade === undefined) far.destroy();
    else {
      response.statusCode = answer.statusCode ?? 101;
      join(upgrade, answer, far, head);
    }
  });
  response.once("close", () => {
    if (!response.writableFinished) forwarded.destroy();
  });
  if (upgrade === undefined) pipeline(request, forwarded, () => {});
  else forwarded.end();
  return undefined;
}

function pathOf(rest: string): string {
  try {
    return proxiedPath(rest);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(rest)}`);
  }
}

/** As Go's client does. */
function wouldAskForGzip({ headers, method }: IncomingMessage): boolean {
  return headers["accept-encoding"] === undefined && headers.range === undefined && method !== "HEAD";
}

/** The kubelet switches protocols: its head goes back as it came, then both sides are joined. */
function join({ socket, head }: { socket: Duplex; head: Buffer }, answer: IncomingMessage, far: Duplex, farHead: Buffer): void {
  const raw = answer.rawHeaders;
  const lines = raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1] ?? ""}`] : []));
  socket.write(`HTTP/1.1 ${answer.statusCode ?? 101} ${answer.statusMessage ?? ""}\r\n${lines.join("\r\n")}\r\n\r\n`);
  if (farHead.length > 0) socket.write(farHead);
  if (head.length > 0) far.write(head);
  for (const [one, other] of [
    [socket, far],
    [far, socket],
  ] as const) {
    one.on("error", () => other.destroy());
    one.once("close", () => other.destroy());
    one.pipe(other);
  }
}

function requestHeaders(request: IncomingMessage, { host, port }: NodeLocation, isUpgrade: boolean): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(request.headers)) {
    // The caller's credentials end here.
    if (value !== undefined && !name.startsWith(":") && name !== "authorization" && !hopByHop.includes(name)) headers[name] = value;
  }
  if (isUpgrade) Object.assign(headers, { connection: "Upgrade", upgrade: request.headers.upgrade });
  return { ...headers, host: `${host}:${port}`, "x-forwarded-for": request.socket.remoteAddress };
}

function responseHeaders(answer: IncomingMessage, at: NodeLocation, prefix: string): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(answer.headers)) if (!hopByHop.includes(name)) headers[name] = value;
  const { location } = answer.headers;
  if (location !== undefined) headers["location"] = rewritten(location, at, prefix);
  return headers;
}

/** A redirect within the kubelet leads back through the proxy; one to another host stays as it is. */
function rewritten(location: string, { secure, host, port }: NodeLocation, prefix: string): string {
  const base = `${secure ? "https" : "http"}://${host}:${port}`;
  if (location.startsWith("/") && !location.startsWith("//")) return prefix + location;
  return location.startsWith(`${base}/`) ? prefix + location.slice(base.length) : location;
}

function reasonOf(error: Error & { code?: string }, { host, port }: NodeLocation): string {
  return error.code === "ECONNREFUSED" ? `dial tcp ${host}:${port}: connect: connection refused` : error.message;
}
