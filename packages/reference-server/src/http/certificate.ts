import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { ClientCertificate } from "./message.ts";

const seen = new WeakMap<Socket, ClientCertificate | null>();

/** The certificate that a connection's client presented; read once per connection. Undefined when there was none, or no TLS. */
export function clientCertificate(socket: Socket): ClientCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  let certificate = seen.get(socket);
  if (certificate === undefined) {
    certificate = read(socket) ?? null;
    seen.set(socket, certificate);
  }
  return certificate ?? undefined;
}

function read(socket: TLSSocket): ClientCertificate | undefined {
  const subject = socket.getPeerCertificate().subject;
  // Node answers an empty object when the peer presented nothing, which its types do not say.
  if ((subject as unknown) === undefined) return undefined;
  return {
    verified: socket.authorized,
    commonName: list(subject.CN)[0] ?? "",
    organizations: list(subject.O),
  };
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
