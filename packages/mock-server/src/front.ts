import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { allowOrigin, answerPreflight, isPreflight } from "./cors.ts";
import { deliver } from "./deliver.ts";
import { isRelay, type MockRequest, type Reply, type Responder } from "./exchange.ts";
import { originForm } from "./origin-form.ts";
import { forward } from "./relay.ts";
import { upgradeResponse } from "./upgrade-response.ts";
import { violationsHeader } from "./validation/violation.ts";

export interface FrontOptions {
  /** Asked for each request: files that change make another one. */
  respond: () => Responder;
  cors: boolean;
  /** Answers what is not a kubelet's: `/` and `/_mock/`. */
  answerOwn: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Told of each reply before it is sent. */
  record: (request: MockRequest, reply: Reply) => void;
  /** Resets the TCP connection of a request. */
  reset: (request: IncomingMessage) => void;
}

/** The wire side of the mock: requests and upgrades go the same way, from CORS to the answer. */
export interface Front {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const longestBody = 65_536;

export function createFront(options: FrontOptions): Front {
  const handle = (request: IncomingMessage, response: ServerResponse, connection?: { socket: Duplex; head: Buffer }): void => {
    answer(request, response, options, connection).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      // What could not be sent must not be in the way of saying so.
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`the mock failed: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  };
  return {
    request: handle,
    upgrade(request, socket, head) {
      handle(request, upgradeResponse(request, socket), { socket, head });
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { respond, cors, answerOwn, record, reset }: FrontOptions,
  connection?: { socket: Duplex; head: Buffer },
): Promise<void> {
  const target = originForm(request.url ?? "/");
  request.url = target;
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  if (path === "/_mock" || path.startsWith("/_mock/")) return answerOwn(request, response);
  if (cors) {
    if (isPreflight(request)) return answerPreflight(request, response);
    allowOrigin(request, response);
  }
  if (path === "/") return answerOwn(request, response);

  const mocked: MockRequest = {
    method: request.method ?? "GET",
    path,
    query: mark === -1 ? "" : target.slice(mark),
    headers: joined(request),
    // Behind an upgrade come other things than bodies.
    body: async () => (connection ? Buffer.alloc(0) : bodyOf(request)),
  };
  const signal = goneSignal(response);
  const reply = await respond()(mocked);
  record(mocked, reply);
  if (reply.violations.length > 0) response.setHeader("Mock-Violations", violationsHeader(reply.violations));
  const { delivery } = reply;
  if (!isRelay(reply.answer)) {
    request.resume();
    return deliver(response, mocked.method, reply.answer, { ...delivery, reset: () => reset(request), signal });
  }
  if (delivery.delay !== undefined) await wait(delivery.delay, undefined, { signal }).catch(() => undefined);
  await forward(reply.answer, request, response, { signal, ...(connection ? { connection } : {}) });
}

/** Aborted when the answer is over, be it sent or not. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  return gone.signal;
}

function joined({ headers }: IncomingMessage): MockRequest["headers"] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Without an encoding, chunks are bytes.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (length < longestBody) chunks.push(chunk.subarray(0, longestBody - length));
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}
