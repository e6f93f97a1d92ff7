import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What the streaming server answers instead of an upgrade. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Go's http.Error; `times` it is called for the same answer. */
export function httpError(status: number, text: string, times = 1, headers: HttpAnswer["headers"] = []): HttpAnswer {
  const all = [["Content-Type", "text/plain; charset=utf-8"], ...headers, ["X-Content-Type-Options", "nosniff"]] as const;
  return { status, headers: all, body: `${text}\n`.repeat(times) };
}

/** http.NotFound, for a token that is not good. */
export const notFound: HttpAnswer = httpError(404, "404 page not found");

/** A request of a client, upgraded or not. */
export interface Arrival {
  readonly request: IncomingMessage;
  /** Writes the answer to a request that is not upgraded. */
  readonly refuse: (answer: HttpAnswer) => void;
  /** The connection, once its upgrade is announced with these headers; undefined when the client asked for none. */
  readonly upgrade: ((headers: HttpAnswer["headers"]) => Duplex) | undefined;
  /** What arrived behind the request. */
  readonly head: Buffer;
}

export function plainArrival(request: IncomingMessage, response: ServerResponse): Arrival {
  return {
    request,
    upgrade: undefined,
    head: Buffer.alloc(0),
    refuse({ status, headers, body }) {
      response.writeHead(status, [...headers, ["Content-Length", String(Buffer.byteLength(body))]].flat());
      response.end(body);
    },
  };
}

export function upgradeArrival(request: IncomingMessage, connection: Duplex, head: Buffer): Arrival {
  return {
    request,
    head,
    upgrade(headers) {
      connection.write(headOf(101, headers));
      return connection;
    },
    refuse({ status, headers, body }) {
      const framing = [
        ["Date", new Date().toUTCString()],
        ["Content-Length", String(Buffer.byteLength(body))],
      ] as const;
      connection.end(headOf(status, [...headers, ...framing]) + body);
    },
  };
}

/** An answer without anything added, as x/net/websocket writes its own. */
export function bareAnswer(status: number, headers: HttpAnswer["headers"], body: string): string {
  return headOf(status, headers) + body;
}

function headOf(status: number, headers: HttpAnswer["headers"]): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines}\r\n`;
}
