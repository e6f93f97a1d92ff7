import { once } from "node:events";
import net, { type Socket } from "node:net";
import tls from "node:tls";

/** libuv's codes in the words of Go's syscall.Errno. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset by peer",
  EHOSTUNREACH: "no route to host",
  ENETUNREACH: "network is unreachable",
  ETIMEDOUT: "connection timed out",
  EADDRNOTAVAIL: "cannot assign requested address",
};

/** Connects to a URL's host. Rejects with an error in the words of Go's net package. */
export async function dial({ protocol, hostname, port }: URL): Promise<Socket> {
  if (protocol !== "http:" && protocol !== "https:") throw new Error(`unknown scheme: ${protocol.slice(0, -1)}`);
  const host = hostname.replaceAll(/[[\]]/g, "");
  const number = Number(port === "" ? (protocol === "https:" ? 443 : 80) : port);
  const socket =
    protocol === "https:" ? tls.connect({ host, port: number, servername: net.isIP(host) ? "" : host }) : net.connect(number, host);
  try {
    await once(socket, protocol === "https:" ? "secureConnect" : "connect");
    socket.setNoDelay();
    return socket;
  } catch (error) {
    socket.destroy();
    throw new Error(dialErrorText(error, hostname, number), { cause: error });
  }
}

function dialErrorText(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND") return `dial tcp: lookup ${host}: no such host`;
  const reason = reasons[code];
  if (reason !== undefined) return `dial tcp ${host}:${port}: connect: ${reason}`;
  return error instanceof Error ? error.message : String(error);
}
