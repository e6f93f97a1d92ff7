import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer, Delivery } from "./exchange.ts";

export interface DeliverOptions extends Delivery {
  /** Resets the connection under TLS. */
  reset: () => void;
  /** Aborted when the client has gone, or the mock closes. */
  signal: AbortSignal;
}

/** Puts an answer on the wire, or breaks it on the way as it is told to. Fulfilled when that is done, or the client has gone. */
export async function deliver(
  response: ServerResponse,
  method: string,
  { status, headers, body }: Answer,
  { delay = 0, fault, bytesPerSecond, reset, signal }: DeliverOptions,
): Promise<void> {
  if (signal.aborted) return;
  try {
    if (delay > 0) await wait(delay, undefined, { signal });
    if (fault === "hang") return void (await once(signal, "abort"));
    if (fault === "reset") return reset();
    for (const [name, value] of headers) response.setHeader(name, value);
    const content = Buffer.from(body);
    if (fault === "endless" && method !== "HEAD") return await endless(response, status, content, bytesPerSecond ?? 65_536, signal);
    response.setHeader("Content-Length", fault === "truncate" ? Math.max(1, content.length) : content.length);
    response.writeHead(status);
    if (method === "HEAD") return void response.end();
    if (fault === "truncate") return await truncate(response, content);
    if (bytesPerSecond !== undefined) await slow(response, content, bytesPerSecond, signal);
    response.end(bytesPerSecond === undefined ? content : undefined);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Half of the body, and the end of the connection where more was announced. */
async function truncate(response: ServerResponse, content: Buffer): Promise<void> {
  const half = content.subarray(0, Math.floor(content.length / 2));
  response.flushHeaders();
  await new Promise<void>((done) => response.write(half.length === 0 ? "" : half, () => done()));
  response.destroy();
}

/** The body again and again, for as long as the client listens. */
async function endless(
  response: ServerResponse,
  status: number,
  content: Buffer,
  bytesPerSecond: number,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(status);
  const text = content.length === 0 ? Buffer.from("\n") : content;
  const times = Math.ceil(bytesPerSecond / 10 / text.length);
  const piece = Buffer.concat(Array<Buffer>(times).fill(text));
  while (!signal.aborted) await slow(response, piece, bytesPerSecond, signal);
}

/** Ten pieces a second, or a byte each time that one is due. */
async function slow(response: ServerResponse, content: Buffer, bytesPerSecond: number, signal: AbortSignal): Promise<void> {
  const size = Math.max(1, Math.ceil(bytesPerSecond / 10));
  for (let sent = 0; sent < content.length; sent += size) {
    const piece = content.subarray(sent, sent + size);
    if (!response.write(piece)) await once(response, "drain", { signal });
    await wait((piece.length / bytesPerSecond) * 1000, undefined, { signal });
  }
}
