import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import * as http from "node:http";
import * as https from "node:https";
import { connect as connectTls } from "node:tls";
import type { MockKubelet } from "./mock-kubelet.ts";

export interface Seen {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** Sends a request on a connection of its own, and reads the answer to its end. Rejects where the connection breaks. */
export async function send(
  { url, ca }: Pick<MockKubelet, "url" | "ca">,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Seen> {
  const { request } = url.startsWith("https:") ? https : http;
  const outgoing = request(url + path, { method, headers, agent: false, servername: "localhost", ...(ca === undefined ? {} : { ca }) });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage]; // node's event
  const text = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** What comes back, byte for byte, for bytes that are sent over TLS, up to the end of the connection. */
export async function exchange({ port, ca }: Pick<MockKubelet, "port" | "ca">, bytes: string): Promise<string> {
  const socket = connectTls({ host: "127.0.0.1", port, ca });
  socket.write(bytes);
  return Buffer.concat(await socket.toArray()).toString();
}
