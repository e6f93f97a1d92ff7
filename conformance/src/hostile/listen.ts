import net, { type AddressInfo, type Socket } from "node:net";
import tls from "node:tls";
import type { Answer, Place } from "./hostile.ts";

/** The head of a request, its body skipped. */
export interface Request {
  method: string;
  path: string;
  /** The whole head. */
  head: string;
  /** How many requests this server got before. */
  number: number;
}

/** Listens on a free port until the run is over. */
export async function listenTcp(place: Place, onConnection: (socket: Socket) => void, scheme = "https"): Promise<string> {
  const server = net.createServer(onConnection);
  return listen(place, server, scheme);
}

/** The same with TLS; `options` beside the certificate. */
export async function listenTls(place: Place, onConnection: (socket: Socket) => void, options: tls.TlsOptions = {}): Promise<string> {
  const server = tls.createServer({ ...place.serving, ...options }, onConnection);
  server.on("tlsClientError", () => {});
  return listen(place, server, "https");
}

async function listen(place: Place, server: net.Server, scheme: string): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  // A TLS socket fails beside the one that carries it.
  server.on("secureConnection", (socket: Socket) => socket.on("error", () => {}));
  place.closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return `${scheme}://127.0.0.1:${port}`;
}

/** Reads requests one after the other and leaves each to `answer`. */
export function reader(answer: Answer): (socket: Socket) => void {
  let number = 0;
  return (socket) => {
    let received = "";
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      for (let end = received.indexOf("\r\n\r\n"); end >= 0; end = received.indexOf("\r\n\r\n")) {
        const head = received.slice(0, end + 4);
        const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
        received = received.slice(end + 4 + length);
        const [method = "", path = ""] = head.split(" ");
        answer(socket, { method, path, head, number: number++ });
      }
    });
  };
}

/** Answers every request over TLS like that. */
export async function everywhere(place: Place, answer: Answer): Promise<string> {
  return listenTls(place, reader(answer));
}

/** Answers what discovery asks as a kubelet does, up to the first other request, and that and all others like that. */
export async function later(place: Place, answer: Answer): Promise<string> {
  return listenTls(place, reader(afterDiscovery(answer)));
}

export function afterDiscovery(answer: Answer): Answer {
  const left = new Map(Object.entries(discovery));
  return (socket, request) => {
    const found = left.get(request.path);
    left.delete(request.path);
    if (found === undefined) answer(socket, request);
    else send(socket, found);
  };
}

const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };

/** What a kubelet says of itself. */
export const discovery: Readonly<Record<string, string>> = {
  "/pods": JSON.stringify({
    kind: "PodList",
    apiVersion: "v1",
    metadata: {},
    items: [
      {
        metadata: { name: "web", namespace: "default", uid: "11111111-2222-3333-4444-555555555555" },
        spec: { nodeName: "node1", containers: [{ name: "web" }] },
        status: { phase: "Running", containerStatuses: [{ name: "web", restartCount: 0, state: running }] },
      },
    ],
  }),
  "/configz": JSON.stringify({ kubeletconfig: { authentication: { anonymous: { enabled: false } }, authorization: { mode: "Webhook" } } }),
  "/metrics": `# HELP kubernetes_build_info x\n# TYPE kubernetes_build_info gauge\nkubernetes_build_info{git_version="v1.36.4"} 1\n`,
};

/** A plain answer; the connection stays open. */
export function send(socket: Socket, body: string | Buffer, head = "HTTP/1.1 200 OK\r\n"): void {
  socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`, "latin1");
  socket.write(body);
}

/** Writes without end, as fast as it is read. */
export function flood(socket: Socket, piece: string | Buffer): void {
  const go = (): void => {
    while (!socket.destroyed && socket.writable && socket.write(piece));
    if (!socket.destroyed) socket.once("drain", go);
  };
  go();
}

/** Writes a piece now and then, without end. */
export function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => {
    if (socket.writable) socket.write(piece);
  }, 50);
  socket.on("close", () => clearInterval(timer));
}
