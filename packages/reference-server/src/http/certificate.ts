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
  const { subject, ext_key_usage: usages } = socket.getPeerCertificate();
  // Node answers an empty object when the peer presented nothing, which its types do not say.
  if ((subject as unknown) === undefined) return undefined;
  return {
    verified: socket.authorized || isRefusedForKeyUsage(socket, usages),
    commonName: list(subject.CN)[0] ?? "",
    organizations: list(subject.O),
  };
}

/** OpenSSL also judges by the plain key usage, crypto/x509 by the extended one only: clientAuth, any, or none said. */
function isRefusedForKeyUsage({ authorizationError }: TLSSocket, usages: string[] | undefined): boolean {
  // Node sets OpenSSL's name of the error there, which its types do not say.
  const isPurpose = String(authorizationError) === "INVALID_PURPOSE";
  return isPurpose && (usages === undefined || usages.includes("1.3.6.1.5.5.7.3.2") || usages.includes("2.5.29.37.0"));
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
