import http, { type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import type { Access } from "./access.ts";
import { bodyOf } from "./answer-body.ts";
import { exchange, headersOf, type Opened } from "./exchange.ts";
import { createIdentity } from "./identity.ts";
import { KubeletError, type KubeletErrorCode } from "./kubelet-error.ts";
import { wireError } from "./wire-error.ts";

/** How long one call may be silent, in milliseconds; 0: any time. */
export interface Patience {
  /** Until its answer begins. */
  headMs: number;
  /** Between two parts of its body. */
  bodyMs: number;
}

/** An upgraded connection; whoever has it ends it. */
export interface Upgraded {
  socket: Duplex;
  /** What arrived with the 101. */
  head: Buffer;
  headers: Headers;
}

export interface Transport {
  /** As `fetch`, with the client's credentials. Redirects are followed for GET, and only where they lead to the same kubelet. */
  fetch(operation: string, request: Request, patience: Patience): Promise<Response>;
  /** Asks for an upgrade; an answer that is none comes as `refusal`. */
  upgrade(operation: string, request: Request, patience: Patience): Promise<Upgraded | { refusal: Response }>;
  /** Takes everything secret that was ever sent out of a text. */
  redact: (text: string) => string;
  close(): void;
}

export interface TransportOptions {
  access: Access;
  userAgent: string;
  signal: AbortSignal;
}

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** HTTP/1.1 on Node's own client: `fetch` takes no certificates without a dispatcher of exactly its own undici version. */
export function createTransport({ access, userAgent, signal: ofClient }: TransportOptions): Transport {
  const { base, credentials } = access;
  const { origin } = new URL(base);
  const identity = createIdentity(access);
  const { authority: ca, serverName: servername } = credentials;
  const server = {
    ...(ca === undefined ? {} : { ca }),
    ...(servername === undefined ? {} : { servername }),
    rejectUnauthorized: credentials.insecure !== true,
  };
  const agent = base.startsWith("http:") ? new http.Agent({ keepAlive: true }) : new https.Agent({ keepAlive: true });

  /** Asks as whoever the client is by now. */
  async function prepare(operation: string, url: URL, request: Request): Promise<https.RequestOptions> {
    const refused = (code: KubeletErrorCode, reason: string) => new KubeletError({ code, operation, reason });
    if (!isWithin(url)) throw refused("other-origin", `credentials are not sent to ${url.origin}${url.pathname}`);
    const headers: OutgoingHttpHeaders = { "user-agent": userAgent };
    // Older kubelets read one protocol from each header of that name.
    for (const [name, value] of request.headers) headers[name] = name === "x-stream-protocol-version" ? value.split(", ") : value;
    const { headers: proof, tls } = await identity.prove();
    Object.assign(headers, proof);
    if (url.protocol === "http:" && "authorization" in headers)
      throw refused("credentials-over-http", "credentials are never sent over plain HTTP; use https://");
    return { method: request.method, headers, ...(url.protocol === "https:" ? { ...server, ...tls } : {}) };
  }

  function isWithin(url: URL): boolean {
    return url.origin === origin && (url.href === base || url.href.startsWith(`${base}/`));
  }

  async function open(operation: string, url: URL, request: Request, { headMs }: Patience): Promise<Opened> {
    const signal = AbortSignal.any([request.signal, ofClient]);
    const prepared = await prepare(operation, url, request);
    const body = request.body === null ? undefined : Buffer.from(await request.clone().arrayBuffer());
    // What does more than ask gets a connection of its own: on one that was kept nobody could say whether it arrived.
    const isRepeatable = request.method === "GET" && !request.headers.has("upgrade");
    const options = { ...prepared, agent: isRepeatable ? agent : false };
    return exchange({ operation, url, options, body, headMs, signal });
  }

  /** The answer at the end of what redirects there are. */
  async function answer(operation: string, request: Request, patience: Patience): Promise<Opened> {
    let url = new URL(request.url);
    for (let followed = 0; ; followed++) {
      const opened = await open(operation, url, request, patience);
      const { statusCode = 0, headers } = opened.message;
      const next = headers.location === undefined ? null : URL.parse(headers.location, url.href);
      const follows = request.method === "GET" && redirects.has(statusCode) && next !== null && isWithin(next) && followed < mostRedirects;
      if (!follows) return opened;
      opened.message.destroy();
      url = next;
    }
  }

  function responseOf(operation: string, request: Request, { message }: Opened, { bodyMs }: Patience): Response {
    const status = message.statusCode ?? 0;
    const hasNoBody = status === 204 || status === 205 || status === 304;
    if (hasNoBody) message.resume();
    const signal = AbortSignal.any([request.signal, ofClient]);
    const fail = (error: unknown): unknown => (signal.aborted ? signal.reason : wireError(operation, origin, error));
    try {
      return new Response(hasNoBody ? null : bodyOf(message, { operation, idleMs: bodyMs, fail }), {
        status,
        headers: headersOf(message),
      });
    } catch (error) {
      // A status of no response.
      message.destroy();
      throw wireError(operation, origin, error);
    }
  }

  return {
    async fetch(operation, request, patience) {
      const opened = await answer(operation, request, patience);
      if (opened.upgraded) {
        opened.upgraded.socket.destroy();
        throw new KubeletError({ code: "malformed", operation, reason: "the server switched protocols without being asked" });
      }
      return responseOf(operation, request, opened, patience);
    },
    async upgrade(operation, request, patience) {
      const opened = await open(operation, new URL(request.url), request, patience);
      if (!opened.upgraded) return { refusal: responseOf(operation, request, opened, patience) };
      return { ...opened.upgraded, headers: headersOf(opened.message) };
    },
    redact: identity.redact,
    close: () => agent.destroy(),
  };
}
