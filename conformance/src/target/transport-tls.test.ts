import http2 from "node:http2";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTransport } from "./transport.ts";
import { type WireClient, WireError, type WireRequest } from "./wire.ts";

const authority = await createAuthority({ commonName: "ca" });
const serving = authority.issue({ commonName: "node", names: ["127.0.0.1"], usage: "server" });
const client: WireClient = {
  name: "credentials",
  certificate: authority.issue({ commonName: "somebody", usage: "client" }),
  authorization: "Bearer t",
};
const get = (target: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: "GET",
  target,
  listener: "main",
  client,
  ...more,
});

const tlsServer = https.createServer(
  { ...serving, ca: authority.cert, requestCert: true, rejectUnauthorized: false },
  (request, response) => {
    // An https server's socket is a TLS socket.
    const socket = request.socket as TLSSocket;
    const peer = socket.getPeerCertificate();
    response.end(
      JSON.stringify({ user: peer.subject?.CN ?? null, authorization: request.headers.authorization ?? null, verified: socket.authorized }),
    );
  },
);
const h2Server = http2.createSecureServer({ ...serving }, (request, response) => {
  response.setHeader("x-asked", `${request.method} ${request.url}`);
  if (request.url === "/reset") request.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  else if (request.url !== "/silence") response.end(`version ${request.httpVersion}`);
});
const urlOf = (server: https.Server | http2.Http2SecureServer): string => {
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return `https://127.0.0.1:${port}`;
};

const sessions = new Set<http2.ServerHttp2Session>();
h2Server.on("session", (session) => sessions.add(session));
beforeAll(async () => {
  await Promise.all([tlsServer, h2Server].map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))));
});
afterAll(() => {
  for (const session of sessions) session.destroy();
  tlsServer.closeAllConnections();
  tlsServer.close();
  h2Server.close();
});

describe("over TLS", () => {
  test("the certificate and the token of the identity go out, those of another do not", async () => {
    const transport = createTransport({ server: urlOf(tlsServer), tls: { ca: authority.cert } });
    const ask = async (as: WireClient): Promise<unknown> => JSON.parse((await transport.send(get("/", { client: as }))).body.toString());
    expect(await ask(client)).toEqual({ user: "somebody", authorization: "Bearer t", verified: true });
    expect(await ask({ name: "none" })).toEqual({ user: null, authorization: null, verified: false });
    expect(await ask(client)).toEqual({ user: "somebody", authorization: "Bearer t", verified: true });
    transport.close();
  });

  test("any certificate is accepted when that was asked for, and only then", async () => {
    const careless = createTransport({ server: urlOf(tlsServer), tls: { insecure: true } });
    expect((await careless.send(get("/"))).status).toBe(200);
    careless.close();
    const careful = createTransport({ server: urlOf(tlsServer) });
    await expect(careful.send(get("/"))).rejects.toMatchObject({ code: "tls" });
    careful.close();
  });
});

test("a session is resumed whatever a connection is for, by the same identity only", async () => {
  const transport = createTransport({ server: urlOf(tlsServer), tls: { ca: authority.cert } });
  const resumed: boolean[] = [];
  const note = (socket: TLSSocket): void => void resumed.push(socket.isSessionReused());
  tlsServer.on("secureConnection", note);
  const raw = { bytes: () => "GET / HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n" };
  for (const request of [get("/"), get("/", { raw }), get("/", { raw }), get("/", { raw, client: { name: "none" } })]) {
    expect((await transport.send(request)).status).toBe(200);
  }
  tlsServer.off("secureConnection", note);
  transport.close();
  expect(resumed).toEqual([false, true, true, false]);
});

describe("over HTTP/2", () => {
  const codeOf = async (attempt: Promise<unknown>): Promise<string> => {
    const error = await attempt.catch((reason: unknown) => reason);
    return error instanceof WireError ? error.code : `no WireError: ${String(error)}`;
  };
  test("a request and its answer", async () => {
    const { send } = createTransport({ server: urlOf(h2Server), tls: { ca: authority.cert } });
    const response = await send(get("/a%20b?c=1", { protocol: "h2" }));
    expect(response).toMatchObject({ status: 200, httpVersion: "2.0" });
    expect(response.body.toString()).toBe("version 2.0");
    expect(response.headers).toContainEqual(["x-asked", "GET /a%20b?c=1"]);
  });
  test("a server that does not offer it", async () => {
    const { send } = createTransport({ server: urlOf(tlsServer), tls: { ca: authority.cert } });
    expect(await codeOf(send(get("/", { protocol: "h2" })))).toBe("no-http2");
  });
  test("a stream that the server resets", async () => {
    const { send } = createTransport({ server: urlOf(h2Server), tls: { ca: authority.cert } });
    expect(await codeOf(send(get("/reset", { protocol: "h2" })))).toBe("malformed");
  });
  test("silence", async () => {
    const { send } = createTransport({ server: urlOf(h2Server), tls: { ca: authority.cert }, timeoutMs: 300 });
    expect(await codeOf(send(get("/silence", { protocol: "h2" })))).toBe("timeout");
  });
});
