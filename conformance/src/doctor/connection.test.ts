import { createAuthority, createSelfSigned, type Credentials } from "@kubelet-conformance/control-plane";
import { once } from "node:events";
import http, { type RequestListener } from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Server, type Socket } from "node:net";
import tls from "node:tls";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { cli, scratch } from "../cli/cli.support.ts";
import { WireError } from "../target/wire.ts";
import { wireError } from "../target/wire-errors.ts";
import { ofNoConnection } from "./connection.ts";
import { examineJson } from "./doctor.support.ts";
import { lookAtHealthz } from "./ports.ts";

const files = await scratch();
afterAll(() => files.remove());
const authority = await createAuthority({ commonName: "cluster-ca" });
const ca = ["--certificate-authority", await files.file("ca.crt", authority.cert)];
const names = ["localhost", "127.0.0.1"];
const sound = authority.issue({ commonName: "node", names, usage: "server" });

/** Listens on a free port of 127.0.0.1 until the test ends, and ends all its connections then. */
async function listen(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  // A server that listens on TCP has one.
  return (server.address() as AddressInfo).port;
}

async function kubeletLike(answer: RequestListener, credentials: Credentials = sound): Promise<string> {
  return `https://127.0.0.1:${await listen(https.createServer(credentials, answer))}`;
}

const unauthorized: RequestListener = (_, response) => void response.writeHead(401).end("Unauthorized");

describe("no connection", () => {
  test("nothing listens", async () => {
    const server = net.createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const { complaints, code, of } = await examineJson(["--server", `https://127.0.0.1:${port}`]);
    expect(complaints[0]).toBe("to-do connection.refused");
    expect(of("connection.refused").steps[0]?.command).toContain("systemctl status kubelet");
    expect(code).toBe(1);
  });

  test("a name without an address", async () => {
    const { of } = await examineJson(["--server", "https://node.invalid:10250"]);
    expect(of("connection.dns")).toMatchObject({ owner: "client", text: expect.stringContaining("node.invalid has no address") });
  });

  // What only a network that loses packets or has no route shows; no test may rely on one.
  test.each([
    [new WireError("timeout", "nothing within 3 s"), "connection.timeout"],
    [wireError(Object.assign(new Error("connect"), { code: "ETIMEDOUT" })), "connection.timeout"],
    [wireError(Object.assign(new Error("connect"), { code: "EHOSTUNREACH" })), "connection.no-route"],
    [wireError(Object.assign(new Error("getaddrinfo"), { code: "EAI_AGAIN" })), "connection.dns"],
  ])("%s", (error, id) => {
    expect(ofNoConnection("https://10.0.0.7:10250", error)).toMatchObject({ level: "to-do", id });
  });
});

describe("a server that hangs does not keep the doctor", () => {
  test("before the handshake", async () => {
    const port = await listen(net.createServer());
    const { complaints } = await examineJson(["--server", `https://127.0.0.1:${port}`, "--timeout", "0.2"]);
    expect(complaints[0]).toBe("to-do connection.silent");
  });

  test("after it", async () => {
    const { complaints } = await examineJson(["--server", await kubeletLike(() => {}), ...ca, "--timeout", "0.5"]);
    expect(complaints[0]).toBe("to-do connection.silent");
  });

  test("in the middle of an answer", async () => {
    const server = await kubeletLike((request, response) => {
      if (request.url === "/metrics") response.write("kubelet_");
      else response.writeHead(401).end("Unauthorized");
    });
    const { of } = await examineJson(["--server", server, ...ca, "--timeout", "0.5"]);
    expect(of("connection.silent").text).toContain("gives no answer about metrics (no complete answer within 0.5 s)");
  });
});

describe("the wrong protocol", () => {
  test("TLS to a port without it", async () => {
    const port = await listen(http.createServer(unauthorized));
    expect((await examineJson(["--server", `https://127.0.0.1:${port}`])).complaints[0]).toBe("to-do tls.plain-http");
  });

  test("no TLS to a port with it", async () => {
    // What Go's server says to such a client.
    const port = await listen(
      http.createServer((_, response) => void response.writeHead(400).end("Client sent an HTTP request to an HTTPS server.\n")),
    );
    expect((await examineJson(["--server", `http://127.0.0.1:${port}`])).complaints[0]).toBe("to-do tls.http-on-tls");
  });

  test("only TLS versions that are too old", async () => {
    const port = await listen(tls.createServer({ ...sound, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" }));
    expect((await examineJson(["--server", `https://127.0.0.1:${port}`, ...ca])).complaints[0]).toBe("to-do tls.version");
  });

  test.each(["reset", "end"] as const)("a connection that is closed at once (%s)", async (how) => {
    const port = await listen(net.createServer((socket) => void (how === "reset" ? socket.resetAndDestroy() : socket.end())));
    expect((await examineJson(["--server", `https://127.0.0.1:${port}`])).complaints[0]).toBe("to-do connection.broken");
  });

  test("something else than a kubelet", async () => {
    const server = await kubeletLike((_, response) => void response.writeHead(404).end("not here"));
    expect((await examineJson(["--server", server, ...ca])).complaints[0]).toBe("to-do connection.not-kubelet");
  });
});

describe("the serving certificate", () => {
  const day = 86_400_000;
  const now = Date.now();
  const issue = (more: object): Credentials => authority.issue({ commonName: "node", names, usage: "server", ...more });

  test.each<[string, Credentials, string]>([
    ["has expired", issue({ notBefore: new Date(now - 2 * day), notAfter: new Date(now - day) }), "to-do tls.expired"],
    ["is not valid yet", issue({ notBefore: new Date(now + day), notAfter: new Date(now + 2 * day) }), "to-do tls.not-yet-valid"],
    ["ends soon", issue({ notBefore: new Date(now - 300 * day), notAfter: new Date(now + day) }), "soon tls.expires-soon"],
    ["is for localhost, and an address was asked for", issue({ names: ["localhost"] }), "to-do tls.wrong-name"],
    ["is for another name", issue({ names: ["other.example"] }), "to-do tls.wrong-name"],
  ])("%s", async (_, credentials, complaint) => {
    const { complaints } = await examineJson(["--server", await kubeletLike(unauthorized, credentials), ...ca]);
    expect(complaints).toContain(complaint);
  });

  test("is accepted for an address, without any name", async () => {
    const { of } = await examineJson(["--server", await kubeletLike(unauthorized, issue({ names: ["127.0.0.1"] })), ...ca]);
    expect(of("tls.certificate").level).toBe("ok");
  });

  test("is accepted for the name that the user says", async () => {
    const server = await kubeletLike(unauthorized, issue({ names: ["node1.example"] }));
    const { of } = await examineJson(["--server", server, ...ca, "--tls-server-name", "node1.example"]);
    expect(of("tls.certificate").level).toBe("ok");
  });

  test("comes from an authority that is not trusted", async () => {
    const server = await kubeletLike(unauthorized);
    expect((await examineJson(["--server", server])).of("tls.unknown-authority")).toMatchObject({
      owner: "client",
      text: 'its certificate comes from "cluster-ca", not from an authority that this machine knows',
    });
  });

  test("was made by the kubelet itself, since serverTLSBootstrap is off", async () => {
    // As the kubelet names both.
    const own = await createAuthority({ commonName: "node1-ca@1764000000" });
    const leaf = own.issue({ commonName: "node1@1764000000", names, usage: "server" });
    const server = await kubeletLike(unauthorized, { ...leaf, cert: leaf.cert + own.cert });
    expect((await examineJson(["--server", server, ...ca])).of("tls.self-signed").owner).toBe("cluster-administrator");
  });

  test("that nobody signed is none of the kubelet's own", async () => {
    const server = await kubeletLike(unauthorized, await createSelfSigned({ commonName: "node", names, usage: "server" }));
    expect((await examineJson(["--server", server, ...ca])).complaints[0]).toBe("to-do tls.unknown-authority");
  });

  test("is only warned of where the user takes any", async () => {
    const { complaints } = await examineJson(["--server", await kubeletLike(unauthorized), "--insecure-skip-tls-verify"]);
    expect(complaints.slice(0, 2)).toEqual(["warning tls.unknown-authority", "to-do access.unauthenticated"]);
  });

  test("that is not accepted is shown no credentials", async () => {
    const seen: unknown[] = [];
    const server = await kubeletLike((request, response) => {
      seen.push(request.headers.authorization);
      unauthorized(request, response);
    });
    await examineJson(["--server", server, "--token", "planted-secret"]);
    expect(seen).toEqual([]);
  });
});

test("a clock that is off is noticed in any answer", async () => {
  const server = await kubeletLike((_, response) => {
    response.setHeader("Date", new Date(Date.now() - 120_000).toUTCString());
    response.writeHead(401).end("Unauthorized");
  });
  const { of } = await examineJson(["--server", server, ...ca]);
  expect(of("clock.skew")).toMatchObject({
    level: "to-do",
    owner: "node",
    text: expect.stringMatching(/is 1(19|20) s behind of the clock here/),
  });
});

test("what /healthz complains of is named", async () => {
  const server = await kubeletLike((request, response) => {
    if (request.url !== "/healthz?verbose") unauthorized(request, response);
    else response.writeHead(500).end("[+]ping ok\n[+]log ok\n[-]syncloop failed: reason withheld\nhealthz check failed\n");
  });
  expect((await examineJson(["--server", server, ...ca])).of("health.failing").text).toBe("/healthz: syncloop failed");
});

test.each([
  ["v1.34.10", 1, "soon", "kubelets from 1.35 on do not start by themselves"],
  ["v1.36.4", 1, "soon", "failCgroupV1: false keeps its kubelet"],
  ["v1.36.4", 2, "ok", "cgroup v2"],
])("a kubelet of %s says that it is on cgroup v%i", async (version, cgroups, level, text) => {
  const server = await kubeletLike((request, response) => {
    if (request.url === "/configz") response.end(JSON.stringify({ kubeletconfig: { failCgroupV1: false } }));
    else if (request.url === "/metrics")
      response.end(`kubernetes_build_info{git_version="${version}"} 1\nkubelet_cgroup_version ${cgroups}\n`);
    else unauthorized(request, response);
  });
  const { of } = await examineJson(["--server", server, ...ca]);
  expect(of("cgroup.version")).toMatchObject({ level, text: expect.stringContaining(text) });
});

test("what a server sends back of a secret, and control characters, are not written", async () => {
  const server = await kubeletLike((request, response) => {
    response
      .writeHead(403)
      .end(`Forbidden (user=\u001b[31m${request.headers.authorization ?? ""}, verb=get, resource=nodes, subresource(s)=[pods proxy])\n`);
  });
  for (const output of ["text", "json"]) {
    const { out } = await cli(["doctor", "--server", server, ...ca, "--token", "planted-secret", "--output", output]);
    expect(out).toContain("403: ");
    expect(out).not.toContain("planted-secret");
    expect(out).not.toContain("\u001b");
  }
});

test("the healthz port", async () => {
  const look = (port: number) => lookAtHealthz({ hostname: "127.0.0.1", port, limitMs: 2000, signal: new AbortController().signal });
  expect(await look(await listen(http.createServer((_, response) => void response.end("ok"))))).toMatchObject([
    { level: "ok", id: "port.healthz" },
  ]);
  expect(await look(await listen(http.createServer(unauthorized)))).toMatchObject([
    { level: "warning", text: expect.stringContaining("status 401") },
  ]);
});
