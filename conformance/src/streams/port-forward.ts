import { Duplex } from "node:stream";
import type { SpdyConnection, SpdyStream } from "@kubelet-conformance/streaming";
import type { CheckContext } from "../engine/check.ts";
import { commandContainer } from "./command.ts";
import { openSpdyChannels, readAll } from "./spdy.ts";
import { bound, upgrade, within } from "./upgrade.ts";
import { webSocketHeaders } from "./web-socket.ts";

/** A request that whatever speaks HTTP answers before it closes. */
export const httpRequest = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/** The request target of portForward to the pod of `--exec`. */
export function forwardTarget(context: CheckContext, query?: string): string {
  const { namespace, pod } = commandContainer(context);
  return `/portForward/${[namespace, pod].map(encodeURIComponent).join("/")}${query === undefined ? "" : `?${query}`}`;
}

/** A SPDY connection to the pod's ports. */
export async function openForward(context: CheckContext): Promise<SpdyConnection> {
  return (await openSpdyChannels(context, { target: forwardTarget(context) }, ["portforward.k8s.io"])).connection;
}

/** Sends an HTTP request to a port and collects both streams until they end. */
export async function forward(connection: SpdyConnection, port: number, requestID = "0"): Promise<{ data: string; error: string }> {
  const open = (streamType: string): Promise<SpdyStream> =>
    within(connection.createStream({ streamType, port: String(port), requestID }), `a reply to the stream of type ${streamType}`);
  // In this order, and the error stream closed towards the server, as kubectl does.
  const error = await open("error");
  error.end();
  const data = await open("data");
  data.end(httpRequest);
  const [answer, text] = await within(Promise.all([readAll(data), readAll(error)]), "the end of both streams");
  return { data: answer.toString("latin1"), error: text.toString() };
}

/** The same connection inside the binary messages of a WebSocket. */
export async function connectTunnel(context: CheckContext): Promise<SpdyConnection> {
  const { openSpdy, webSocketOver } = await import("@kubelet-conformance/streaming");
  const headers = webSocketHeaders(["SPDY/3.1+portforward.k8s.io"], "dGhlIHNhbXBsZSBub25jZQ==");
  const { connection, head } = await upgrade(context, { target: forwardTarget(context) }, headers);
  const socket = webSocketOver(connection, head);
  const inside = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => socket.send(chunk, { binary: true }, done),
    final: (done) => {
      socket.close(1000);
      done();
    },
  });
  socket.on("message", (data: Buffer) => inside.push(data));
  socket.on("close", () => inside.push(null));
  // Its close tells all that there is to tell; nobody waits for a goodbye from a server that broke the protocol.
  socket.on("error", () => socket.terminate());
  bound(connection);
  return openSpdy(inside);
}
