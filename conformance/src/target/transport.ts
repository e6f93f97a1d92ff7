import { agentPool, type SecureContexts } from "./agents.ts";
import { exchangeHttp1 } from "./http1.ts";
import { exchangeHttp2 } from "./http2.ts";
import { defaultBodyLimit } from "./limits.ts";
import { exchangeRaw } from "./raw.ts";
import { type Send, type WireClient, WireError, type WireRequest } from "./wire.ts";
import { wireError } from "./wire-errors.ts";

export interface TransportOptions {
  /** Base URL of the main listener. */
  server: string;
  tls?: {
    /** PEM of the authorities that the server's certificate must come from. Default: the system's. */
    ca?: string | undefined;
    /** Accept any certificate. Default false. */
    insecure?: boolean | undefined;
    /** Name to ask for and to verify instead of the URL's host. */
    servername?: string | undefined;
    /** What is parsed of certificates, to be kept for other targets. Default: for this one only. */
    contexts?: SecureContexts | undefined;
  };
  /** Overall limit of one exchange, connecting included. Default 10,000 ms. */
  timeoutMs?: number;
  /** Default 8 MiB. */
  bodyLimit?: number;
}

export interface Transport {
  send: Send;
  /** Says where the plain listeners are, on the server's host. Until then requests to them fail with code `no-listener`. */
  usePorts: (ports: { readOnlyPort?: number; healthzPort?: number }) => void;
  /** Closes the kept connections. */
  close: () => void;
}

/** Sends requests exactly as written. Credentials never leave over plain HTTP, redirects are never followed. */
export function createTransport(options: TransportOptions): Transport {
  const { timeoutMs = 10_000, bodyLimit = defaultBodyLimit } = options;
  const main = new URL(options.server);
  const ports: { readOnlyPort?: number; healthzPort?: number } = {};
  const pool = agentPool(options);

  const once = async (request: WireRequest, signal: AbortSignal) => {
    const base = baseOf(request.listener, main, ports);
    const client = base.protocol === "https:" ? ((await request.client.renew?.()) ?? request.client) : { name: request.client.name };
    if (request.raw) {
      const isBare = base.protocol !== "https:" || request.raw.plain === true;
      const credentials = isBare || client.authorization === undefined ? "" : `Authorization: ${client.authorization}\r\n`;
      return exchangeRaw(request.raw, { base, tls: pool.tls(client), credentials, bodyLimit, signal });
    }
    const headers = headersOf(request, client, base);
    if (request.protocol === "h2") return exchangeHttp2(request, { base, tls: pool.tls(client), headers, bodyLimit, signal });
    return exchangeHttp1(request, {
      base,
      // An upgrade takes its connection along, and a refusal that comes from the runtime closes it without saying so.
      agent: Object.keys(headers).some((name) => name.toLowerCase() === "upgrade") ? pool.single(base, client) : pool.agent(base, client),
      headers,
      bodyLimit,
      signal,
    });
  };

  const send: Send = async (request) => {
    const limit = request.timeoutMs ?? timeoutMs;
    // One of its own: AbortSignal.any takes longer than many an exchange.
    const end = new AbortController();
    const { signal } = end;
    let isLate = false;
    const alarm = setTimeout(() => {
      isLate = true;
      end.abort();
    }, limit);
    const giveUp = (): void => end.abort();
    request.signal?.addEventListener("abort", giveUp, { once: true });
    if (request.signal?.aborted) giveUp();
    try {
      return await once(request, signal).catch((error: unknown) => {
        if (request.once || signal.aborted || !diedInThePool(error)) throw error;
        return once(request, signal).catch((second: unknown) => {
          // Nobody is left who would be asked: the first attempt may have been what ended the server.
          throw wireError(second).code === "refused" ? error : second;
        });
      });
    } catch (error) {
      if (isLate) throw new WireError("timeout", `no complete answer within ${limit / 1000} s`, { cause: error });
      if (signal.aborted) throw new WireError("aborted", "the request was given up", { cause: error });
      throw wireError(error);
    } finally {
      clearTimeout(alarm);
      request.signal?.removeEventListener("abort", giveUp);
    }
  };

  return {
    send,
    usePorts: (known) => void Object.assign(ports, known),
    close: pool.close,
  };
}

/** A kept connection that a server which is still there closed while it was idle says nothing about the request. */
function diedInThePool(error: unknown): boolean {
  if (!(error instanceof Error) || !("reusedConnection" in error) || error.reusedConnection !== true) return false;
  return "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

function baseOf(listener: WireRequest["listener"], main: URL, ports: { readOnlyPort?: number; healthzPort?: number }): URL {
  if (listener === "main") return main;
  const port = listener === "read-only" ? ports.readOnlyPort : ports.healthzPort;
  if (port === undefined) throw new WireError("no-listener", `the target's ${listener} port is not known`);
  return new URL(`http://${main.hostname}:${port}`);
}

function headersOf(request: WireRequest, client: WireClient, base: URL): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { "User-Agent": "kubelet-conformance" };
  if (request.protocol === "h2") headers[":authority"] = base.host;
  else headers["Host"] = base.host;
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (base.protocol === "https:" || name.toLowerCase() !== "authorization")
      headers[name] = typeof value === "string" ? value : [...value];
  }
  if (client.authorization !== undefined) headers["Authorization"] = client.authorization;
  for (const [name, value] of Object.entries(client.headers ?? {})) headers[name] = typeof value === "string" ? value : [...value];
  return headers;
}
