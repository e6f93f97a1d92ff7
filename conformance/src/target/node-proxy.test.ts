import { once } from "node:events";
import http, { type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createNodeProxyTransport, nodeProxyUrl } from "./node-proxy.ts";
import type { Transport } from "./transport.ts";
import type { WireRequest } from "./wire.ts";

/** A way through an API server that answers as told. */
async function through(answer: RequestListener, path = ""): Promise<Transport> {
  const server = http.createServer(answer);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // A listening TCP server has an AddressInfo.
  const transport = createNodeProxyTransport({ access: { server: `http://127.0.0.1:${port}${path}` }, node: "n 1", timeoutMs: 5_000 });
  onTestFinished(() => {
    transport.close();
    server.close();
    server.closeAllConnections();
  });
  return transport;
}

const get: WireRequest = { method: "GET", target: "/pods?x=1", listener: "main", client: { name: "kubeconfig" } };
const status = (code: number, message: string) => JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message, code });

describe("a request", () => {
  test.each([
    ["main", {}, "/api/v1/nodes/n%201/proxy/pods?x=1"],
    ["read-only", { readOnlyPort: 10255 }, "/api/v1/nodes/n%201:10255/proxy/pods?x=1"],
  ] as const)(
    "to the %s listener goes below the node's proxy, also where the API server has a path of its own",
    async (listener, ports, path) => {
      const transport = await through((request, response) => void response.end(request.url), "/k8s/c1");
      transport.usePorts(ports);
      expect((await transport.send({ ...get, listener })).body.toString()).toBe(`/k8s/c1${path}`);
    },
  );

  test.each([
    [{ client: { name: "none" } }],
    [{ client: { name: "identity:pods", authorization: "Bearer secret" } }],
    [{ headers: { Authorization: "Bearer secret" } }],
    [{ headers: { "impersonate-user": "x" } }],
    [{ protocol: "h2" }],
    [{ method: "TRACE" }],
    [{ target: "*" }],
    [{ target: "http://elsewhere.example/" }],
    [{ raw: { bytes: () => "GET / HTTP/1.1\r\n\r\n" } }],
  ] satisfies [Partial<WireRequest>][])("with %j is not sent at all", async (more) => {
    let asked = 0;
    const transport = await through((_request, response) => void response.end(String(++asked)));
    await expect(transport.send({ ...get, ...more })).rejects.toMatchObject({ code: "not-through-proxy" });
    expect(asked).toBe(0);
  });

  test("is never sent after a redirect", async () => {
    const asked: (string | undefined)[] = [];
    const transport = await through((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end();
    });
    expect((await transport.send(get)).status).toBe(302);
    expect(asked).toHaveLength(1);
  });
});

describe("an answer", () => {
  test.each([
    [403, 'nodes "n" is forbidden: User "x" cannot get resource "nodes/proxy"', "answered-by-proxy"],
    [404, 'nodes "n" not found', "answered-by-proxy"],
    [503, "error trying to reach service: dial tcp 192.0.2.1:10250: connect: connection refused", "refused"],
    [503, "error trying to reach service: EOF", "reset"],
    [503, "error trying to reach service: x509: certificate signed by unknown authority", "unreachable"],
  ])("of the API server itself (%i %s) is none of the kubelet's", async (code, message, kind) => {
    const transport = await through((_request, response) => {
      response.writeHead(code, { "Content-Type": "application/json" }).end(status(code, message));
    });
    await expect(transport.send(get)).rejects.toMatchObject({ code: kind, message: expect.stringContaining(message.slice(-3)) });
  });

  test.each([
    [
      "application/yaml",
      "apiVersion: v1\ncode: 403\nkind: Status\nmessage: 'nodes \"n\" is\n  forbidden'\nstatus: Failure\n",
      "403 'nodes \"n\" is forbidden'",
    ],
    ["application/vnd.kubernetes.protobuf", "k8s\0\n\u000c\n\u0002v1\u0012\u0006Status\u0012", "403 (in a binary form)"],
  ])("of the API server itself is known in %s, too", async (type, body, message) => {
    const transport = await through((_request, response) => void response.writeHead(403, { "Content-Type": type }).end(body));
    await expect(transport.send(get)).rejects.toMatchObject({ code: "answered-by-proxy", message: expect.stringContaining(message) });
  });

  test.each([
    [403, "text/plain; charset=utf-8", "Forbidden (user=u, verb=get, resource=nodes, subresource(s)=[pods proxy])\n"],
    [500, "application/json", '{"kind":"PodList"}'],
    // Kubelets answer with a Status there, and nowhere else.
    [406, "application/json", status(406, "only the following media types are accepted: text/plain")],
  ])("of the kubelet comes as it is: %i %s", async (code, type, body) => {
    const transport = await through((_request, response) => void response.writeHead(code, { "Content-Type": type }).end(body));
    expect((await transport.send(get)).body.toString()).toBe(body);
  });
});

test("the URL names the node as one segment", () => {
  expect(nodeProxyUrl({ server: "https://api:6443" }, "a/b")).toBe("https://api:6443/api/v1/nodes/a%2Fb/proxy");
});
