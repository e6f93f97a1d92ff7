import type { ClientHttp2Session, IncomingHttpHeaders } from "node:http2";
import type tls from "node:tls";
import { systemCode } from "../errors.ts";
import { bodyCollector, pairs } from "./limits.ts";
import { connectTls } from "./tls-sessions.ts";
import { WireError, type WireRequest, type WireResponse } from "./wire.ts";

export interface Http2Exchange {
  base: URL;
  tls: tls.ConnectionOptions;
  headers: Record<string, string | string[]>;
  bodyLimit: number;
  signal: AbortSignal;
}

/** One HTTP/2 exchange on a connection of its own. Fails with code `no-http2` when the server does not choose `h2` by ALPN. */
export async function exchangeHttp2(request: WireRequest, options: Http2Exchange): Promise<WireResponse> {
  const startedAt = performance.now();
  if (options.base.protocol !== "https:") throw new WireError("no-http2", "HTTP/2 needs a TLS port");
  const socket = await negotiate(options);
  try {
    // Loaded here: few checks need it and it costs every start some milliseconds.
    const http2 = process.getBuiltinModule("node:http2");
    const session = http2.connect(options.base, { createConnection: () => socket });
    try {
      return { ...(await roundTrip(session, request, options)), durationMs: performance.now() - startedAt };
    } finally {
      session.destroy();
    }
  } finally {
    socket.destroy();
  }
}

function negotiate({ base, tls: settings, signal }: Http2Exchange): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = base.hostname.replace(/^\[(.*)\]$/, "$1");
    const socket = connectTls(settings, { host, port: Number(base.port || 443), ALPNProtocols: ["h2"] });
    const abort = (): void => {
      socket.destroy(new WireError("aborted", "the request was given up"));
    };
    signal.addEventListener("abort", abort, { once: true });
    socket.once("error", (error) => {
      const refused = systemCode(error) === "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL";
      reject(refused ? notOffered(error) : error);
    });
    socket.once("secureConnect", () => {
      signal.removeEventListener("abort", abort);
      if (socket.alpnProtocol === "h2") resolve(socket);
      else {
        socket.destroy();
        reject(notOffered());
      }
    });
  });
}

function notOffered(cause?: Error): WireError {
  return new WireError("no-http2", "the server does not offer HTTP/2 (ALPN h2)", { cause });
}

function roundTrip(session: ClientHttp2Session, request: WireRequest, options: Http2Exchange): Promise<Omit<WireResponse, "durationMs">> {
  return new Promise((resolve, reject) => {
    session.on("error", reject);
    session.on("close", () => reject(new WireError("closed", "the connection was closed before the answer was complete")));
    const stream = session.request(
      { ":method": request.method, ":path": request.target, ...options.headers },
      { signal: options.signal, endStream: request.body === undefined },
    );
    const collector = bodyCollector(options.bodyLimit);
    let status = 0;
    let headers: [string, string][] = [];
    // The third argument, the headers in wire order, is missing from Node's types.
    stream.on("response", (head: IncomingHttpHeaders & { ":status"?: number }, _flags: number, raw?: string[]) => {
      status = head[":status"] ?? 0;
      headers = pairs(raw ?? []).filter(([name]) => !name.startsWith(":"));
    });
    stream.on("error", reject);
    stream.on("data", (chunk: Buffer) => {
      try {
        collector.add(chunk);
      } catch (error) {
        reject(error);
        stream.destroy();
      }
    });
    stream.on("end", () => resolve({ status, reason: "", headers, body: collector.body(), httpVersion: "2.0" }));
    if (request.body !== undefined) stream.end(request.body);
  });
}
