import { once } from "node:events";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { afterEach, describe, expect, it } from "vitest";
import { replay, type Endpoint, type ReplayRequest } from "./replay.ts";

const servers: net.Server[] = [];
const sockets = new Set<net.Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: net.Server, trust?: Endpoint["tls"]): Promise<Endpoint> {
  servers.push(server);
  server.on("connection", (socket: net.Socket) => sockets.add(socket.once("close", () => sockets.delete(socket))));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { host: "127.0.0.1", port: address.port, tls: trust };
}

/** Answers the first bytes of every connection with `answer`, and keeps what it was sent. */
async function scripted(answer: string, closes: boolean): Promise<{ endpoint: Endpoint; sent: string[] }> {
  const sent: string[] = [];
  const endpoint = await listen(
    net.createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", (bytes) => {
        sent.push(bytes.toString());
        if (closes) socket.end(answer);
        else socket.write(answer);
      });
    }),
  );
  return { endpoint, sent };
}

const request: ReplayRequest = { method: "POST", target: "/a//b?x=%zz", headers: [], client: { name: "none" } };
const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("what is sent", () => {
  const sentFor = async (changes: Partial<ReplayRequest>) => {
    const { endpoint, sent } = await scripted(ok, true);
    await replay(endpoint, { ...request, ...changes });
    return sent.join("").replace(/^Host: .*\r\n/m, "");
  };

  it("is the target byte for byte, with a length of 0", async () => {
    expect(await sentFor({})).toBe("POST /a//b?x=%zz HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });

  it("has no length when asked, and none on GET", async () => {
    expect(await sentFor({ framing: "none" })).not.toContain("Content-Length");
    expect(await sentFor({ method: "GET" })).not.toContain("Content-Length");
  });

  it("is chunked when asked", async () => {
    expect(await sentFor({ framing: "chunked", body: '{"a":1}' })).toContain(
      'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n7\r\n{"a":1}\r\n0\r\n\r\n',
    );
  });

  it("carries the client's authorization and the request's own Connection header", async () => {
    const sent = await sentFor({
      client: { name: "bad-token", authorization: "Bearer not-a-token" },
      headers: [["Connection", "Upgrade"]],
    });
    expect(sent).toContain("Authorization: Bearer not-a-token\r\nConnection: Upgrade\r\n");
    expect(sent).not.toContain("close");
  });
});

describe("what comes back", () => {
  it("is the answer, and whether the connection was closed", async () => {
    const [closed, open] = [await scripted(ok, true), await scripted(ok, false)];
    expect(await replay(closed.endpoint, request)).toMatchObject({ status: 200, stayedOpen: false });
    expect(await replay(open.endpoint, request)).toMatchObject({ status: 200, stayedOpen: true });
  });

  it("is an error where there is no answer", async () => {
    const { endpoint } = await scripted("", true);
    expect(await replay(endpoint, request)).toEqual({ error: "connection closed without an answer" });
    servers.pop()?.close();
    expect(await replay(endpoint, request)).toEqual({ error: "ECONNREFUSED" });
  });
});

describe("over TLS", () => {
  it("presents the client's certificate and trusts only the given authority", async () => {
    const authority = await createAuthority({ commonName: "test-ca" });
    const server = authority.issue({ commonName: "node", names: ["localhost"], usage: "server" });
    const admin = authority.issue({ commonName: "admin", usage: "client" });
    const endpoint = await listen(
      tls.createServer({ ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: false }, (socket) => {
        socket.once("data", () => socket.end(`HTTP/1.1 200 ${String(socket.getPeerCertificate().subject.CN)}\r\n\r\n`));
      }),
      { ca: authority.cert },
    );
    expect(await replay(endpoint, { ...request, client: { name: "admin", certificate: admin } })).toMatchObject({ reason: "admin" });
    const other = await createAuthority({ commonName: "other-ca" });
    expect(await replay({ ...endpoint, tls: { ca: other.cert } }, request)).toHaveProperty("error");
  });

  it("speaks HTTP/2 only where it is agreed on", async () => {
    const authority = await createAuthority({ commonName: "test-ca" });
    const credentials = authority.issue({ commonName: "node", names: ["localhost"], usage: "server" });
    const server = http2.createSecureServer(credentials);
    server.on("stream", (stream) => {
      stream.respond({ ":status": 404, "content-type": "text/plain" }, { sendDate: false } as http2.ServerStreamResponseOptions);
      stream.end("pod does not exist");
    });
    const endpoint = await listen(server, { ca: authority.cert });
    expect(await replay(endpoint, { ...request, http2: true })).toMatchObject({ status: 404, body: Buffer.from("pod does not exist") });
    const plain = await listen(tls.createServer(credentials), { ca: authority.cert });
    expect(await replay(plain, { ...request, http2: true })).toEqual({ error: "HTTP/2 was not agreed on" });
  });
});
