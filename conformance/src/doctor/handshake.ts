import type { X509Certificate } from "node:crypto";
import { once } from "node:events";
import net, { type Socket } from "node:net";
import tls from "node:tls";
import { WireError } from "../target/wire.ts";
import { wireError } from "../target/wire-errors.ts";

export interface HandshakeOptions {
  /** Base URL of the kubelet's main port. */
  server: string;
  /** PEM of the authorities to trust. Default: the system's. */
  ca?: string | undefined;
  /** The name to ask for and to verify instead of the URL's host. */
  servername?: string | undefined;
  /** For the connection, and again for the handshake. */
  limitMs: number;
  signal: AbortSignal;
}

/** What a server shows before anything is asked of it. */
export interface Handshake {
  certificate: X509Certificate;
  /** OpenSSL's name of what is wrong with its chain; undefined: nothing. */
  distrust: string | undefined;
  /** The certificate is for other names than the one that was asked for. */
  wrongName: boolean;
}

/** How far a look came: no connection, no handshake, or what was seen; without TLS there is nothing to see. */
export type Reached = { stage: "connect" | "handshake"; error: WireError } | { handshake: Handshake | undefined };

/** Connects and shakes hands, shows no credentials and believes nothing. */
export async function shakeHands(options: HandshakeOptions): Promise<Reached> {
  const url = new URL(options.server);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const secure = url.protocol === "https:";
  const socket = net.connect({ host, port: Number(url.port || (secure ? 443 : 80)) });
  try {
    const failed = await within(once(socket, "connect"), socket, options);
    if (failed) return { stage: "connect", error: failed };
    if (!secure) return { handshake: undefined };
    return await shake(socket, host, options);
  } finally {
    socket.destroy();
  }
}

async function shake(socket: Socket, host: string, options: HandshakeOptions): Promise<Reached> {
  const name = options.servername ?? host;
  const connection = tls.connect({
    socket,
    servername: net.isIP(name) === 0 ? name : "",
    rejectUnauthorized: false,
    // Names are looked at below: without a server name, Node.js would ask for localhost.
    checkServerIdentity: () => undefined,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  try {
    const failed = await within(once(connection, "secureConnect"), connection, options);
    if (failed) return { stage: "handshake", error: failed };
    const certificate = connection.getPeerX509Certificate();
    if (!certificate) return { stage: "handshake", error: new WireError("tls", "the server shows no certificate") };
    const distrust: unknown = connection.authorizationError;
    return {
      handshake: {
        certificate,
        // Node.js says that it is an Error and hands over OpenSSL's name.
        distrust: typeof distrust === "string" ? distrust : distrust instanceof Error ? distrust.message : undefined,
        wrongName: (net.isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) === undefined,
      },
    };
  } finally {
    connection.destroy();
  }
}

/** Waits for a socket, not longer than the limit; answers with what went wrong. */
async function within(event: Promise<unknown>, socket: Socket, { limitMs, signal }: HandshakeOptions): Promise<WireError | undefined> {
  const limit = AbortSignal.timeout(limitMs);
  const end = AbortSignal.any([limit, signal]);
  const giveUp = (): void => void socket.destroy(new WireError("timeout", `nothing within ${limitMs / 1000} s`));
  end.addEventListener("abort", giveUp);
  // A server that closes in the middle of the handshake is no error to the socket.
  const closed = once(socket, "close").then(() => {
    throw new WireError("reset", "the connection was closed before an answer came");
  });
  try {
    await Promise.race([event, closed]);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return wireError(error);
  } finally {
    closed.catch(() => {});
    end.removeEventListener("abort", giveUp);
  }
}
