import type { Socket } from "node:net";
import { clientCertificate } from "./certificate.ts";
import type { KubeletRequest, Listener } from "./message.ts";
import { firstHeader, pairs } from "./node-request.ts";

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Reads a request that Node's parser refused, because it knows a fixed list of methods where net/http takes any token.
 * Undefined when it is malformed for net/http, too, or when the packet does not hold the whole head.
 */
export function parseRawRequest(packet: Buffer, listener: Listener, socket: Socket): KubeletRequest | undefined {
  const end = packet.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [requestLine = "", ...lines] = packet.toString("latin1", 0, end).split("\r\n");
  const [method = "", target = "", protocol = "", ...rest] = requestLine.split(" ");
  if (!token.test(method) || target === "" || !/^HTTP\/1\.[01]$/.test(protocol) || rest.length > 0) return undefined;
  const flat: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0));
    if (!token.test(name)) return undefined;
    flat.push(name, line.slice(colon + 1).trim());
  }
  const body = packet.subarray(end + 4);
  return {
    listener,
    method,
    target,
    rawHeaders: pairs(flat),
    header: (name) => firstHeader(flat, name),
    body: async (limit = 1 << 20) => body.subarray(0, limit),
    certificate: clientCertificate(socket),
    httpVersion: protocol === "HTTP/1.0" ? "1.0" : "1.1",
    signal: new AbortController().signal,
  };
}
