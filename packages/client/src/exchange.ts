import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { KubeletError } from "./kubelet-error.ts";
import { wireError } from "./wire-error.ts";

export interface Exchange {
  operation: string;
  url: URL;
  options: https.RequestOptions;
  body: Buffer | undefined;
  /** Milliseconds until the answer begins; 0: any time. */
  headMs: number;
  signal: AbortSignal;
}

/** What a request was answered with; the body is still to be read. */
export interface Opened {
  message: IncomingMessage;
  upgraded?: { socket: Duplex; head: Buffer };
}

/** Sends one request. Rejects with a KubeletError, or with the signal's reason. */
export async function exchange({ operation, url, options, body, headMs, signal }: Exchange): Promise<Opened> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Opened>();
  const send = url.protocol === "https:" ? https.request : http.request;
  const sent = send(url, options);
  const end = (): unknown => sent.destroy();
  signal.addEventListener("abort", end, { once: true });
  const reason = `no answer began within ${headMs} ms; allow more with timeoutMs`;
  const late = (): unknown => sent.destroy(new KubeletError({ code: "timeout", operation, reason }));
  const timer = headMs === 0 ? undefined : setTimeout(late, headMs);
  sent.on("response", (message) => {
    // Who reads it hears of errors; what comes behind the last byte is nobody's.
    message.on("error", () => {});
    resolve({ message });
  });
  sent.on("upgrade", (message, socket, head) => {
    const cut = (): unknown => socket.destroy();
    signal.addEventListener("abort", cut, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", cut));
    resolve({ message, upgraded: { socket, head } });
  });
  sent.on("error", reject);
  sent.once("close", () => signal.removeEventListener("abort", end));
  sent.end(body);
  try {
    return await promise;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    // The server closed a connection that was kept just before this request was written to it.
    if (sent.reusedSocket && !(error instanceof KubeletError)) return await exchange({ operation, url, options, body, headMs, signal });
    throw wireError(operation, url.origin, error);
  } finally {
    clearTimeout(timer);
  }
}

/** An answer as `fetch` gives it. */
export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  return headers;
}
