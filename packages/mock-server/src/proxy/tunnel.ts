import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { HeaderList } from "../headers.ts";

/** Bytes that went each way. */
export interface TunnelCounts {
  sent: number;
  received: number;
}

/** A connection on either side, with what had arrived on it before. */
export interface TunnelEnds {
  client: Duplex;
  kubelet: Duplex;
  first: Buffer;
}

/** Joins two connections once the kubelet has changed the protocol, until one of them ends; `onEnd` is called once. */
export function tunnel(
  { client, kubelet, first }: TunnelEnds,
  answer: IncomingMessage,
  headers: HeaderList,
  onEnd: () => void,
): TunnelCounts {
  const counts: TunnelCounts = { sent: 0, received: first.length };
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  client.write(`HTTP/1.1 101 ${answer.statusMessage ?? ""}\r\n${lines.join("")}\r\n`, "latin1");
  client.write(first);
  client.on("data", (chunk: Buffer) => (counts.sent += chunk.length));
  kubelet.on("data", (chunk: Buffer) => (counts.received += chunk.length));
  for (const [end, other] of [
    [client, kubelet],
    [kubelet, client],
  ] as const) {
    end.on("error", () => other.destroy());
    end.pipe(other);
    // What is written already still arrives; an end that only closes leaves nothing to wait for.
    end.once("close", () => other.end());
  }
  kubelet.once("close", () => onEnd());
  client.once("close", () => kubelet.destroy());
  return counts;
}
