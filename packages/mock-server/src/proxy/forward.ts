import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { OperationId } from "@kubelet-conformance/types";
import { type Captured, createCapture } from "../har/capture.ts";
import type { ProxiedAnswer, ProxiedExchange } from "../har/exchange.ts";
import { headerText } from "../validation/violation.ts";
import type { Finding } from "./findings.ts";
import { describeFailure } from "./failure.ts";
import { endToEnd, grouped, type HeaderList, pairs } from "../headers.ts";
import { takeTimes } from "./timeline.ts";
import { tunnel, type TunnelCounts } from "./tunnel.ts";
import type { Upstream } from "./upstream.ts";

export interface ForwardOptions {
  upstream: Upstream;
  /** The client's connection where it wants another protocol. */
  socket: Duplex | undefined;
  operationId: OperationId | undefined;
  /** Looks at an answer's head before it goes on; what is known by then to be wrong is told to the client, too. */
  atHead: (answer: Pick<ProxiedAnswer, "status" | "headers">) => readonly Finding[];
}

export interface Passing {
  /** The headers that go to the kubelet. */
  sent: HeaderList;
  /** The beginning of the request's body, at its end. */
  body: Promise<Buffer>;
  /** Never rejects. */
  done: Promise<ProxiedExchange>;
}

/** Passes one request on, and its answer back while it comes. */
export function forward(request: IncomingMessage, response: ServerResponse, options: ForwardOptions): Passing {
  const { upstream, socket, operationId, atHead } = options;
  const method = request.method ?? "GET";
  const target = request.url ?? "/";
  const startedAt = new Date();
  const sent = requestHeaders(pairs(request.rawHeaders), upstream, socket !== undefined);
  const outgoing = upstream.open(method, target);
  for (const [name, values] of grouped(sent)) outgoing.setHeader(name, values.length === 1 ? (values[0] ?? "") : values);
  // Without either there is no body, and a kubelet takes some requests otherwise once a length is named.
  const hasBody = request.headers["content-length"] !== undefined || request.headers["transfer-encoding"] !== undefined;
  if (!hasBody) outgoing.useChunkedEncodingByDefault = false;
  const times = takeTimes(outgoing);
  const sentBody = createCapture();
  const received = createCapture();
  let answer: Omit<ProxiedAnswer, "body"> | undefined;
  let serverAddress: string | undefined;
  let upgraded: TunnelCounts | undefined;
  outgoing.once("socket", (connection) => connection.once("connect", () => (serverAddress = connection.remoteAddress)));

  const body = Promise.withResolvers<Buffer>();
  request.on("data", (chunk: Buffer) => sentBody.push(chunk));
  request.once("close", () => body.resolve(sentBody.taken().bytes));
  if (socket) {
    body.resolve(Buffer.alloc(0));
    outgoing.end();
  } else {
    request.pipe(outgoing);
  }

  const done = new Promise<ProxiedExchange>((resolve) => {
    const finish = (error?: string): void => {
      const taken: Captured = received.taken();
      const common = { startedAt, method, target, operationId, httpVersion: request.httpVersion, headers: sent, body: sentBody.taken() };
      resolve({ ...common, answer: answer && { ...answer, body: taken }, error, upgraded, serverAddress, timings: times.timings() });
    };
    /** Answers in the kubelet's place. */
    const fail = (reason: string): void => {
      finish(reason);
      if (response.headersSent) return void response.destroy();
      response.writeHead(502, "Bad Gateway", { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
      response.end(`mock-kubelet: ${reason}\n`);
    };
    /** The head of an answer, for the client. */
    const head = (incoming: IncomingMessage): HeaderList => {
      times.answered();
      const headers = pairs(incoming.rawHeaders);
      answer = { status: incoming.statusCode ?? 0, reason: incoming.statusMessage ?? "", httpVersion: incoming.httpVersion, headers };
      const findings = atHead(answer);
      const told: HeaderList =
        findings.length === 0 ? [] : [["Mock-Violations", headerText(findings.map(({ direction, text }) => `${direction}: ${text}`))]];
      return [...headers, ...told];
    };

    outgoing.once("response", (incoming) => {
      const headers = endToEnd(head(incoming));
      response.sendDate = false;
      try {
        response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage, headers.flat());
      } catch (error) {
        // A status below 100, or control characters in its text.
        incoming.destroy();
        return fail(
          `${upstream.origin} gave an answer that cannot be passed on: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      response.flushHeaders();
      incoming.on("data", (chunk: Buffer) => received.push(chunk));
      incoming.pipe(response);
      incoming.once("end", () => finish());
      incoming.once("error", (error) => {
        finish(`the answer broke off: ${error.message}`);
        response.destroy();
      });
    });
    outgoing.once("upgrade", (incoming, connection, first) => {
      const headers = head(incoming);
      if (socket) upgraded = tunnel({ client: socket, kubelet: connection, first }, incoming, headers, finish);
      else connection.destroy();
    });
    outgoing.once("error", (error: NodeJS.ErrnoException) => {
      if (answer) return finish(`the answer broke off: ${error.message}`);
      fail(describeFailure(error, upstream));
    });
    response.once("close", () => {
      if (upgraded) return;
      if (!response.writableFinished) finish("the client went away");
      outgoing.destroy();
    });
  });
  return { sent, body: body.promise, done };
}

/** What goes to the kubelet: the client's headers, but for what is about its own connection, and the proxy's credentials where it has none. */
function requestHeaders(headers: HeaderList, { host, isSecure, token }: Upstream, isUpgrade: boolean): HeaderList {
  const upgrade = headers.filter(([name]) => isUpgrade && name.toLowerCase() === "upgrade");
  const kept = endToEnd(headers).filter(([name]) => {
    // Over plain HTTP nothing secret goes out.
    return isSecure || !/^(authorization|cookie)$/i.test(name);
  });
  const authorized = token === undefined || kept.some(([name]) => name.toLowerCase() === "authorization");
  return [
    ...kept.map(([name, value]): [string, string] => [name, name.toLowerCase() === "host" ? host : value]),
    ...headers.filter(([name]) => name.toLowerCase() === "transfer-encoding"),
    ...(upgrade.length === 0 ? [] : [["Connection", "Upgrade"] as const, ...upgrade]),
    ...(authorized ? [] : [["Authorization", `Bearer ${token}`] as const]),
  ];
}
