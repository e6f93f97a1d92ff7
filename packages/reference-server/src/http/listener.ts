import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";
import tls, { type SecureContextOptions } from "node:tls";
import { type FirstBytes, firstBytes } from "./first-bytes.ts";
import { serveHttp1 } from "./http1.ts";
import { serveHttp2 } from "./http2.ts";
import type { Handler, Listener, Refusal } from "./message.ts";

/** What the main listener needs for TLS. */
export interface TlsSettings extends Pick<SecureContextOptions, "minVersion" | "ciphers"> {
  cert: string | Buffer;
  key: string | Buffer;
  /** Client certificates are asked for when there is a CA, never demanded; the authenticator judges them. */
  clientCa: string | Buffer | undefined;
  /** Offer HTTP/2 in ALPN. Without it no ALPN at all is spoken. */
  http2: boolean;
}

export interface ListenerOptions {
  name: Listener;
  address: string;
  /** 0: any free port. */
  port: number;
  /** The flag or field that sets the port, for the error when it is in use. */
  portSetting: string;
  tls?: TlsSettings;
  handler: Handler;
  onError: (error: unknown) => void;
  /** Changes the refusal of what is no request. Default: none does. */
  refusal?: Refusal;
  /** What is written to a client that does not speak TLS to a TLS listener. Default: what net/http writes. */
  notTls?: NotTls;
}

/** An answer to a client by its first bytes; undefined: the usual one. */
export type NotTls = (first: FirstBytes | undefined) => string | undefined;

export interface OpenListener {
  port: number;
  /** Base URL without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/** A port that cannot be listened on. */
export class ListenError extends Error {
  readonly code = "KUBELET_LISTEN";
}

/** Opens one of the kubelet's listeners. Rejects with ListenError. */
export async function openListener(options: ListenerOptions): Promise<OpenListener> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  const server = net.createServer({ noDelay: true, allowHalfOpen: true });
  server.on("connection", track);
  server.on("connection", options.tls ? secured(options.tls, options) : (socket) => serveHttp1(socket, options));
  await listen(server, options);
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${options.tls ? "https" : "http"}://${hostOf(options.address)}:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** net/http's answer to a client that speaks plain HTTP to a TLS listener. */
const plainHttpAnswer = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
/** crypto/tls to a client of SSL 2.0. */
const protocolVersionAlert = Buffer.of(0x15, 3, 1, 0, 2, 2, 70);

/** Speaks TLS to those who begin with it. OpenSSL would tell other requests apart than net/http does, hence the look at the first bytes. */
function secured(settings: TlsSettings, options: ListenerOptions): (socket: Socket) => void {
  const server = tlsServer(settings);
  server.on("secureConnection", (socket) => {
    socket.on("error", () => socket.destroy());
    if (socket.alpnProtocol === "h2") serveHttp2(socket, options);
    else serveHttp1(socket, options);
  });
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return (socket) => {
    void firstBytes(socket).then((first) => {
      if (first === "tls") {
        server.emit("connection", socket);
        return;
      }
      const other = options.notTls?.(first);
      if (other !== undefined) socket.write(other);
      else if (first === "http") socket.write(plainHttpAnswer);
      else if (first === "ssl2") socket.write(protocolVersionAlert);
      socket.destroySoon();
    });
  };
}

function tlsServer({ cert, key, clientCa, http2, minVersion = "TLSv1.2", ciphers }: TlsSettings): tls.Server {
  return tls.createServer({
    cert,
    key,
    minVersion,
    noDelay: true,
    // The key share that comes is taken: asking for a better one costs a round trip, and twice the work.
    ecdhCurve: "X25519:P-256:P-384:P-521:X25519MLKEM768",
    // A client may end its side with its last request.
    allowHalfOpen: true,
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: false }),
    ...(http2 ? { ALPNProtocols: ["h2", "http/1.1"] } : {}),
  });
}

async function listen(server: net.Server, { address, port, portSetting, name }: ListenerOptions): Promise<void> {
  server.listen(port, address);
  try {
    await once(server, "listening");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code; // A failed listen rejects with a system error.
    const reason =
      code === "EADDRINUSE"
        ? `port ${port} on ${address} is in use; choose another with ${portSetting}`
        : `cannot listen on ${address}:${port} (${code}); see ${portSetting}`;
    throw new ListenError(`${name} listener: ${reason}`, { cause });
  }
}

function hostOf(address: string): string {
  if (address === "0.0.0.0" || address === "") return "127.0.0.1";
  if (address === "::") return "[::1]";
  return address.includes(":") ? `[${address}]` : address;
}
