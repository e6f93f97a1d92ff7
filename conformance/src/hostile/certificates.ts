import type tls from "node:tls";
import { createSelfSigned } from "@kubelet-conformance/control-plane/pki";
import type { Hostile, Place } from "./hostile.ts";
import { escapes } from "./answers-body.ts";
import { listenTls, reader, send } from "./listen.ts";

const day = 86_400_000;
const soon = (days: number): Date => new Date(Date.now() + days * day);
const listens = (options: (place: Place) => tls.TlsOptions | Promise<tls.TlsOptions>) => async (place: Place) =>
  listenTls(
    place,
    reader((socket) => send(socket, "ok")),
    await options(place),
  );
const node = { commonName: "node", names: ["127.0.0.1"], usage: "server" } as const;

/** Certificates and versions of TLS that must not be accepted, and those that are hard to take. */
export const certificates: readonly Hostile[] = [
  { name: "a certificate that signs itself", open: listens(() => createSelfSigned(node)), code: 2, says: /does not come from/ },
  {
    name: "an expired certificate",
    open: listens(({ authority }) => authority.issue({ ...node, notBefore: soon(-9), notAfter: soon(-1) })),
    code: 2,
    says: /has expired/,
  },
  {
    name: "a certificate of tomorrow",
    open: listens(({ authority }) => authority.issue({ ...node, notBefore: soon(1), notAfter: soon(9) })),
    code: 2,
    says: /not valid yet/,
  },
  {
    name: "a certificate for another name",
    open: listens(({ authority }) => authority.issue({ ...node, names: ["other.example"] })),
    code: 2,
    says: /another name/,
  },
  {
    name: "a certificate for names that are escape sequences",
    open: listens(({ authority }) => authority.issue({ ...node, commonName: escapes, names: ["x.example"] })),
    code: 2,
  },
  { name: "a client's certificate", open: listens(({ authority }) => authority.issue({ ...node, usage: "client" })), code: 2 },
  {
    name: "a chain of two hundred certificates",
    open: listens(({ serving, authority }) => ({
      ...serving,
      cert: serving.cert + Array.from({ length: 200 }, () => authority.cert).join(""),
    })),
    code: 2,
  },
  {
    name: "TLS 1.0",
    open: listens(() => ({ minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" })),
    code: 2,
    says: /TLS/,
  },
  {
    name: "TLS 1.1",
    open: listens(() => ({ minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" })),
    code: 2,
    says: /TLS/,
  },
  {
    name: "TLS renegotiated without end",
    open: (place) =>
      listenTls(
        place,
        (socket) => {
          // What listenTls hands over is a TLS socket.
          const secure = socket as tls.TLSSocket;
          const again = (): void => void secure.renegotiate({}, (error) => error === null && again());
          socket.once("data", again);
        },
        { maxVersion: "TLSv1.2" },
      ),
    code: 2,
    timeout: 1,
  },
  {
    name: "a server that asks for certificates of a thousand authorities",
    open: listens(({ authority }) => ({
      requestCert: true,
      rejectUnauthorized: false,
      ca: Array.from({ length: 20 }, () => authority.cert),
    })),
    code: 2,
  },
];
