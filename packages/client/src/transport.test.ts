import { once } from "node:events";
import net from "node:net";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { expect, onTestFinished, test } from "vitest";
import { openClient, startTestKubelet } from "./kubelet.test.support.ts";
import { serve, servePlain } from "./server.test.support.ts";

test("redirects are followed within the kubelet, by GET only", async () => {
  const { client, asked } = await serve((request, response) => {
    if (request.url === "/pods") response.end("there");
    else response.writeHead(307, { Location: "/pods" }).end();
  });
  const opened = await client();
  expect((await opened.GET("/healthz")).data).toBe("there");
  const path = { namespace: "a", pod: "b", container: "c" };
  const { error } = await opened.POST("/run/{namespace}/{pod}/{container}", { params: { path } });
  expect(error).toMatchObject({ code: "redirect", message: "runCommand: 307 to /pods" });
  expect(asked.map(({ url }) => url)).toEqual(["GET /healthz", "GET /pods", "POST /run/a/b/c"]);
});

test("no redirect carries credentials to another origin, or out of the node proxy", async () => {
  const elsewhere = await serve((_request, response) => void response.end("caught"));
  const server = await serve((request, response) => {
    const to = request.url?.startsWith("/api/") === true ? "/api/v1/secrets" : elsewhere.url;
    response.writeHead(302, { Location: to }).end();
  });
  expect((await (await server.client()).GET("/healthz")).error).toMatchObject({ code: "redirect", status: 302 });
  const proxied = await openClient({ apiServer: server.url, node: "n", ca: server.authority.cert, token: "t" });
  expect((await proxied.GET("/healthz")).error).toMatchObject({ code: "redirect" });
  expect(elsewhere.asked).toEqual([]);
  expect(server.asked.map(({ url }) => url)).toEqual(["GET /healthz", "GET /api/v1/nodes/n/proxy/healthz"]);
});

test("a redirect that leads nowhere ends", async () => {
  const { client, asked } = await serve((_request, response) => void response.writeHead(301, { Location: "/healthz" }).end());
  expect((await (await client()).GET("/healthz")).error).toMatchObject({ code: "redirect" });
  expect(asked).toHaveLength(6);
});

test("a certificate that is not accepted gets nothing", async () => {
  const { url, authority, asked, server } = await serve((_request, response) => void response.end());
  const other = await createAuthority({ commonName: "other" });
  const ask = async (options: object) => (await openClient({ server: url, token: "t", ...options })).GET("/pods");
  await expect(ask({})).rejects.toMatchObject({ code: "certificate", message: expect.stringContaining("give its authority as ca") });
  await expect(ask({ ca: other.cert })).rejects.toMatchObject({ code: "certificate" });
  await expect(ask({ ca: authority.cert, tlsServerName: "x" })).rejects.toMatchObject({ code: "certificate" });
  expect(asked).toEqual([]);
  expect((await ask({ insecureSkipTlsVerify: true })).response.status).toBe(200);
  const named = authority.issue({ commonName: "n", names: ["node-1"], usage: "server" });
  if ("setSecureContext" in server) server.setSecureContext(named);
  await expect(ask({ ca: authority.cert })).rejects.toMatchObject({ code: "certificate" });
  expect((await ask({ ca: authority.cert, tlsServerName: "node-1" })).response.status).toBe(200);
});

test("what gives no answer rejects with its reason", async () => {
  const plain = await servePlain((_request, response) => void response.end());
  const noHttp = net.createServer((socket) => void socket.end("SSH-2.0\r\n"));
  await once(noHttp.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void noHttp.close());
  const { port } = noHttp.address() as net.AddressInfo; // A listening TCP server has an AddressInfo.
  const ask = async (server: string) => (await openClient({ server })).GET("/pods");
  await expect(ask(plain.replace("http:", "https:"))).rejects.toMatchObject({ code: "plain-http" });
  await expect(ask(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ code: "malformed" });
  await expect(ask("https://absent.invalid")).rejects.toMatchObject({ code: "unreachable" });
  const closed = await serve(() => {});
  closed.server.close();
  await expect((await closed.client()).GET("/pods")).rejects.toMatchObject({ code: "refused", status: undefined, operation: "getPods" });
});

test("silence is over after timeoutMs, before the answer and within it", async () => {
  const { client } = await serve((request, response) => {
    if (request.url === "/metrics") response.write("begun");
  });
  const opened = await client({ timeoutMs: 50 });
  await expect(opened.GET("/pods")).rejects.toMatchObject({
    code: "timeout",
    message: expect.stringContaining("no answer began within 50 ms"),
  });
  await expect(opened.GET("/metrics", { timeoutMs: 1000 })).rejects.toMatchObject({
    code: "timeout",
    message: expect.stringContaining("stopped for 1000 ms"),
  });
});

test("an answer that breaks off rejects", async () => {
  const { client } = await serve((_request, response) => {
    response.writeHead(200, { "Content-Length": 100 }).write("begun", () => response.destroy());
  });
  await expect((await client()).GET("/metrics")).rejects.toMatchObject({ code: "reset", operation: "getMetrics" });
});

test("a signal ends a call with its reason, close() with a code", async () => {
  const { client, server } = await serve(() => {});
  const opened = await client();
  const controller = new AbortController();
  const reason = new Error("enough");
  const asked = once(server, "request");
  const one = opened.GET("/pods", { signal: controller.signal });
  const other = opened.GET("/pods");
  await asked;
  controller.abort(reason);
  await expect(one).rejects.toBe(reason);
  opened.close();
  await expect(other).rejects.toMatchObject({ code: "closed" });
  await expect(opened.GET("/pods")).rejects.toMatchObject({ code: "closed" });
});

test("connections are kept, and one that the server has closed meanwhile costs nothing", async () => {
  const { client, server } = await serve((_request, response) => void response.end("x"));
  let connections = 0;
  server.on("secureConnection", () => void connections++);
  const opened = await client();
  for (let call = 0; call < 3; call++) await opened.GET("/healthz");
  expect(connections).toBe(1);
  server.closeAllConnections();
  expect((await opened.GET("/healthz")).data).toBe("x");
});

test("the read-only port is asked without credentials", async () => {
  const { urls } = await startTestKubelet({ overrides: { readOnlyPort: 0 }, ports: { main: 0, readOnly: 0, healthz: 0 } });
  const client = await openClient({ server: urls.readOnly ?? urls.healthz ?? "" });
  expect((await client.GET("/healthz")).data).toBe("ok");
});
