import { type IncomingMessage, request as httpRequest, type ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import { hopByHop, pairs } from "./headers.ts";

/** Where a server is, and what it takes to be let in. */
export interface Upstream {
  /** Base URL, without a slash at the end. */
  url: string;
  /** PEM: what its certificate is verified against, and who asks. */
  ca?: string;
  cert?: string;
  key?: string;
}

/** A server that answers in the mock's place, piece by piece as its answer comes. */
export interface Relay {
  /** As the log of requests says it. */
  name: string;
  /** Where it is; it may be started for that. */
  upstream: () => Promise<Upstream>;
}

const forTheMock = new Set(["host", "authorization", "cookie", "prefer"]);

export interface ForwardOptions {
  /** With an upgrade: the connection that is switched, and what has been read of it. */
  connection?: { socket: Duplex; head: Buffer };
  signal: AbortSignal;
}

/**
 * Has a server answer a request, and hands its answer on as it comes: a body piece by piece, or after a switch of protocols both sides' bytes. The
 * client's credentials are for the mock and stay here. Fulfilled when the answer has ended, or one of both has gone.
 */
export async function forward(
  relay: Relay,
  request: IncomingMessage,
  response: ServerResponse,
  { connection, signal }: ForwardOptions,
): Promise<void> {
  // It may be a server that is started for this: nobody would wait for it, and after the mock's end nobody would stop it.
  if (signal.aborted) return;
  const { url, ca, cert, key } = await relay.upstream();
  if (signal.aborted) return;
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const outgoing = send(url + request.url, {
    method: request.method,
    headers: ["Host", new URL(url).host, ...headersFor(request, connection !== undefined)],
    signal,
    agent: false,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
  await new Promise<void>((done) => {
    outgoing.on("error", () => {
      if (response.headersSent) response.destroy();
      else if (!signal.aborted)
        response.writeHead(502, { "Content-Type": "text/plain; charset=utf-8" }).end(`the ${relay.name} behind the mock is gone\n`);
      done();
    });
    outgoing.on("response", (answer) => {
      for (const [name, value] of pairs(answer.rawHeaders)) {
        if (!hopByHop.has(name.toLowerCase())) response.appendHeader(name, value);
      }
      response.writeHead(answer.statusCode ?? 502);
      response.flushHeaders();
      answer.on("error", () => response.destroy()).on("close", done);
      answer.pipe(response);
    });
    outgoing.on("upgrade", (answer, upstream, head) => {
      if (!connection) return void outgoing.destroy();
      switchProtocols(answer, { socket: upstream, head }, connection);
      connection.socket.on("close", done);
    });
    if (connection) outgoing.end();
    else request.pipe(outgoing);
  });
}

function headersFor({ rawHeaders }: IncomingMessage, upgrade: boolean): string[] {
  return pairs(rawHeaders).flatMap(([name, value]) => {
    const low = name.toLowerCase();
    const stays = forTheMock.has(low) || (hopByHop.has(low) && !(upgrade && (low === "upgrade" || low === "connection")));
    return stays ? [] : [name, value];
  });
}

interface End {
  socket: Duplex;
  head: Buffer;
}

/** The answer's head as it came, then whatever each side sends. */
function switchProtocols({ statusCode, statusMessage, rawHeaders }: IncomingMessage, upstream: End, client: End): void {
  const lines = pairs(rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  client.socket.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join("")}\r\n`);
  if (upstream.head.length > 0) client.socket.write(upstream.head);
  if (client.head.length > 0) upstream.socket.write(client.head);
  for (const [from, to] of [
    [upstream.socket, client.socket],
    [client.socket, upstream.socket],
  ] as const) {
    from.on("error", () => to.destroy());
    // What was written goes out first.
    from.on("close", () => to.end(() => to.destroy()));
    from.pipe(to);
  }
}
