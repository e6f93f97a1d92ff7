import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { split } from "../har/mask.ts";
import type { ProxiedExchange } from "../har/exchange.ts";
import type { Specification } from "../specification.ts";
import { upgradeResponse } from "../upgrade-response.ts";
import { bodyFindings, type Finding, headFindings, requestFindings, routed, routeFindings } from "./findings.ts";
import { forward } from "./forward.ts";
import type { Upstream } from "./upstream.ts";

export interface ProxyOptions {
  upstream: Upstream;
  /** Of the kubelet's minor. */
  specification: Specification;
  /** Why a request is not let through; undefined: it is. */
  refuse: (request: IncomingMessage) => string | undefined;
  /** What is wrong, as soon as it is known. */
  onFinding: (finding: Finding, exchange: Pick<ProxiedExchange, "method" | "target" | "headers">) => void;
  /** Each exchange once it is over, in the order of their ends; `checked` says whether its answer's body was. */
  onExchange: (exchange: ProxiedExchange, checked: boolean) => void;
}

export interface Proxy {
  request: RequestListener;
  /** For requests that want another protocol. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Resolves once all that was recorded has been handed on; connections are ended by their server. */
  settled(): Promise<void>;
}

/** Passes everything on to a kubelet and everything back, and holds both against the spec. */
export function createProxy(options: ProxyOptions): Proxy {
  const running = new Set<Promise<void>>();
  const takeTurn = createTurns();
  const start = (request: IncomingMessage, response: ServerResponse, socket?: Duplex): void => {
    const refused = options.refuse(request);
    if (refused !== undefined) return text(response, 403, refused);
    if (!/^[/*]/.test(request.url ?? "")) return text(response, 400, "the proxy takes no requests to other servers; send a path");
    const run = exchange(request, response, options, takeTurn, socket).finally(() => running.delete(run));
    running.add(run);
  };
  return {
    request: (request, response) => start(request, response),
    upgrade: (request, socket, head) => {
      const response = upgradeResponse(request, socket);
      socket.unshift(head);
      start(request, response, socket);
    },
    settled: async () => void (await Promise.all(running)),
  };
}

interface Turn {
  before: Promise<void>;
  over: () => void;
}

/** Looking at one body takes longer than at another, and a recording has to be in order. */
function createTurns(): () => Turn {
  let last = Promise.resolve();
  return () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    return { before, over: resolve };
  };
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  options: ProxyOptions,
  takeTurn: () => Turn,
  socket?: Duplex,
): Promise<void> {
  const { onFinding, onExchange } = options;
  const { minor } = options.specification;
  const method = request.method ?? "GET";
  const target = request.url ?? "/";
  const { path, query } = split(target);
  const route = routed(options.specification, method, path);
  const found: Finding[] = [];
  const said = { method, target, headers: [] as ProxiedExchange["headers"] };
  const add = (findings: readonly Finding[]): void => {
    found.push(...findings);
    for (const finding of findings) onFinding(finding, said);
  };

  const passing = forward(request, response, {
    upstream: options.upstream,
    socket,
    operationId: route.kind === "operation" ? route.operation.operationId : undefined,
    atHead: (answer) => {
      add(headFindings(route, minor, answer));
      return found;
    },
  });
  said.headers = passing.sent;
  add(routeFindings(route, method, minor));
  const asked = { method, path, query: query === "" ? "" : `?${query}`, headers: joined(request), body: () => passing.body };
  const requestChecked = requestFindings(route, asked).then(add);
  const done = await passing.done;
  const turn = takeTurn();
  try {
    await requestChecked;
    const isWhole = done.answer !== undefined && done.error === undefined && done.upgraded === undefined && method !== "HEAD";
    const findings = isWhole && done.answer ? await bodyFindings(route, minor, done.answer) : [];
    add(findings ?? []);
    await turn.before;
    onExchange(done, findings !== undefined);
  } finally {
    turn.over();
  }
}

function joined({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
}

function text(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
  response.end(`mock-kubelet: ${message}\n`);
}
