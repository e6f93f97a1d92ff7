import { randomBytes } from "node:crypto";
import type { Duplex, Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import {
  acceptSpdy,
  PORT,
  portChannels,
  portPreamble,
  REQUEST_ID,
  serveChannels,
  STREAM_TYPE,
  type SpdyStream,
} from "@kubelet-conformance/streaming";
import type { StreamLimits } from "./limits.ts";

/** Where connections are forwarded to. */
export interface ForwardTarget {
  readonly sandboxId: string;
  /** Throws why there is no connection. */
  readonly connect: (port: number) => Duplex;
}

interface StreamPair {
  data?: SpdyStream;
  error?: SpdyStream;
  timer: NodeJS.Timeout;
}

/** Forwards connections over SPDY: a pair of streams each, as many as the client opens. */
export function forwardOverSpdy(connection: Duplex, head: Buffer, target: ForwardTarget, limits: StreamLimits): void {
  const pairs = new Map<string, StreamPair>();
  const spdy = acceptSpdy(connection, {
    head,
    idleTimeoutMs: limits.idleMs,
    accepts: (headers) => isPort(headers[PORT]) && (headers[STREAM_TYPE] === "data" || headers[STREAM_TYPE] === "error"),
    onStream(stream) {
      const type = stream.headers[STREAM_TYPE] === "data" ? "data" : "error";
      const id = requestIdOf(stream, type);
      const pair = pairs.get(id) ?? { timer: setTimeout(() => giveUp(id), limits.creationMs).unref() };
      pairs.set(id, pair);
      if (pair[type] !== undefined) {
        pair.error?.write(`error processing stream for request ${id}: ${type} stream already assigned`);
        return;
      }
      pair[type] = stream;
      const { data, error } = pair;
      if (data === undefined || error === undefined) return;
      clearTimeout(pair.timer);
      pairs.delete(id);
      void forwardPair(data, error, target, limits);
    },
  });
  // Go's %p of the connection.
  const pointer = `0xc000${randomBytes(3).toString("hex")}`;
  const giveUp = (id: string): void => {
    pairs.get(id)?.error?.write(`(conn=${pointer}, request=${id}) timed out waiting for streams`);
    pairs.delete(id);
  };
  void spdy.closed.then(() => {
    for (const { timer } of pairs.values()) clearTimeout(timer);
  });
}

/** Clients that number nothing open the error stream first and the data stream next. */
function requestIdOf(stream: SpdyStream, type: "data" | "error"): string {
  return stream.headers[REQUEST_ID] || String(type === "error" ? stream.id : stream.id - 2);
}

async function forwardPair(data: SpdyStream, error: SpdyStream, target: ForwardTarget, limits: StreamLimits): Promise<void> {
  const problem = await forward(Number(data.headers[PORT]), { readable: data, writable: data }, target, limits);
  await new Promise<void>((resolve) => data.end(() => resolve()));
  if (problem === undefined) {
    error.end();
    return;
  }
  error.write(problem);
  data.reset();
  error.reset();
}

/** Forwards the ports that were asked for over WebSocket, one connection each. */
export async function forwardOverWebSocket(
  connection: Duplex,
  head: Buffer,
  { protocol, ports, target, limits }: { protocol: string; ports: readonly number[]; target: ForwardTarget; limits: StreamLimits },
): Promise<void> {
  const channels = serveChannels(connection, head, { protocol, idleMs: limits.idleMs });
  for (const [index, port] of ports.entries()) {
    const { data, error } = portChannels(index);
    channels.send(data, portPreamble(port));
    channels.send(error, portPreamble(port));
  }
  const forwarded = ports.map(async (port, index) => {
    const { data, error } = portChannels(index);
    const problem = await forward(port, { readable: channels.input(data), writable: channels.output(data) }, target, limits);
    if (problem !== undefined) channels.send(error, problem);
  });
  await Promise.all(forwarded);
  channels.close();
}

/** A connection's two directions; over SPDY they are one stream. */
interface Ends {
  readonly readable: Readable;
  readonly writable: Writable;
}

/** Copies both ways until one side has ended, and then a little longer; what went wrong, in the runtime's words. */
async function forward(
  port: number,
  { readable, writable }: Ends,
  { sandboxId, connect }: ForwardTarget,
  { graceMs }: StreamLimits,
): Promise<string | undefined> {
  let pod: Duplex;
  try {
    pod = connect(port);
  } catch (error) {
    return `error forwarding port ${port} to pod ${sandboxId}, uid : ${error instanceof Error ? error.message : String(error)}`;
  }
  const directions = [copy(readable, pod), copy(pod, writable)];
  await Promise.race(directions);
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, graceMs);
  await Promise.race([Promise.all(directions), late.promise]);
  clearTimeout(timer);
  readable.unpipe(pod).resume();
  pod.unpipe(writable).destroy();
  return undefined;
}

/** Resolves when there is nothing more to copy. Neither side is closed: containerd does not tell one side of the other's end. */
async function copy(from: Readable, to: Writable): Promise<void> {
  from.pipe(to, { end: false });
  // Whoever goes away ends the connection, which is no problem of the forwarding.
  await finished(from, { writable: false }).catch(() => undefined);
}

function isPort(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
