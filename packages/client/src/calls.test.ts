import { inspect } from "node:util";
import { expect, test } from "vitest";
import { type components, KubeletError } from "./index.ts";
import { adminOf, counter, openClient, startTestKubelet } from "./kubelet.test.support.ts";
import { serve } from "./server.test.support.ts";

test("JSON comes parsed and typed, text as a string, whatever the kubelet calls it", async () => {
  const client = await adminOf(await startTestKubelet());
  const { data: pods, error } = await client.GET("/pods");
  const list: components["schemas"]["PodList"] | undefined = pods;
  expect(error).toBeUndefined();
  expect(list?.items?.[0]?.metadata.name).toBe("sample-node");
  const { data: text } = await client.GET("/metrics");
  const metrics: string | undefined = text;
  expect(metrics).toMatch(/^# HELP /);
  // The kubelet says application/json there.
  const number = await client.POST("/run/{namespace}/{pod}/{container}", { params: { path: counter, query: { cmd: "echo 12" } } });
  expect(number.data).toBe("12\n");
  const nothing = await client.GET("/containerLogs/{namespace}/{pod}/{container}", { params: { path: counter, query: { tailLines: 0 } } });
  expect(nothing.data).toBe("");
});

test.each([
  [400, "bad", "bad-request"],
  [401, "Unauthorized", "unauthorized"],
  [401, "", "unauthorized"],
  [403, "Forbidden (user=u, verb=get, resource=nodes, subresource(s)=[pods proxy])", "forbidden"],
  [404, "pod does not exist", "not-found"],
  [404, "404 page not found\n", "no-such-route"],
  [404, "404: Page Not Found", "no-such-route"],
  [405, "", "method-not-allowed"],
  [406, "406: Not Acceptable", "not-acceptable"],
  [422, '{"message": "Invalid request."}', "invalid"],
  [429, "", "too-many-requests"],
  [500, "Internal Error: x", "kubelet-failed"],
  [503, "", "kubelet-unreachable"],
  [418, "", "unexpected-status"],
  [304, "", "not-modified"],
] as const)("%i with %j is an error of the code %s", async (status, text, code) => {
  const { client } = await serve((_request, response) => void response.writeHead(status).end(text));
  const { data, error, response } = await (await client()).GET("/pods");
  expect(data).toBeUndefined();
  expect(error).toBeInstanceOf(KubeletError);
  expect(error).toMatchObject({ code, status, text, operation: "getPods", answeredBy: "kubelet" });
  expect(response.status).toBe(status);
});

test("an error is one line, however long and wild the words are", async () => {
  const { client } = await serve((_request, response) => void response.writeHead(500).end(`a\n\u001b[31mb\r\n${"x".repeat(5_000_000)}`));
  const { error } = await (await client()).GET("/pods");
  expect(error?.message).toMatch(/^getPods: 500 a \[31mb x+\.\.\.$/);
  expect(error?.message.length).toBeLessThan(600);
  expect(error?.text).toHaveLength(1 << 20);
});

test("no error holds a credential, also where the server says it", async () => {
  const { client } = await serve(
    (request, response) =>
      void response
        .writeHead(403, { "X-Echo": request.headers.authorization })
        .end(`you sent ${request.headers.authorization}, secret-token`),
  );
  const opened = await client();
  const { error } = await opened.GET("/pods");
  expect(error?.text).toBe("you sent Bearer [redacted], [redacted]");
  expect(inspect([error, opened], { depth: 9, showHidden: true })).not.toContain("secret-token");
});

test.each([
  [403, "forbidden", "api-server"],
  // Kubelets refuse like this on their z-pages.
  [406, "not-acceptable", "kubelet"],
])("a Status object with %i is %s, said by the %s", async (status, code, answeredBy) => {
  const message = 'nodes "n" is forbidden: User "u" cannot get resource "nodes/proxy"';
  const { url, authority, asked } = await serve(
    (_request, response) => void response.writeHead(status).end(JSON.stringify({ kind: "Status", message })),
  );
  const client = await openClient({ apiServer: url, node: "n", ca: authority.cert, token: "proxy-token" });
  const { error } = await client.GET("/pods");
  expect(error).toMatchObject({ code, answeredBy, status, message: expect.stringContaining("is forbidden") });
  expect(asked).toEqual([{ url: "GET /api/v1/nodes/n/proxy/pods", authorization: "Bearer proxy-token" }]);
});

test("what is binary is not taken for text", async () => {
  const client = await adminOf(await startTestKubelet());
  const asked = { params: { path: { name: "heap" } } };
  await expect(client.GET("/debug/pprof/{name}", asked)).rejects.toMatchObject({ code: "binary-answer", operation: "getPprof" });
  const { data } = await client.GET("/debug/pprof/{name}", { ...asked, parseAs: "arrayBuffer" });
  expect(data?.byteLength).toBeGreaterThan(10);
});

test("JSON that is none rejects", async () => {
  const { client } = await serve((_request, response) => void response.setHeader("Content-Type", "application/json").end("{"));
  await expect((await client()).GET("/pods")).rejects.toMatchObject({ code: "malformed", operation: "getPods" });
});

test.each([204, 205])("an answer %d has no data", async (status) => {
  const { client } = await serve((_request, response) => void response.writeHead(status).end());
  const answer = await (await client()).GET("/pods");
  expect([answer.response.status, answer.data, answer.error]).toEqual([status, undefined, undefined]);
});

test("bodies go out as the kubelet reads them", async () => {
  const { client } = await serve(
    (request, response) => void request.pipe(response.setHeader("X-Type", request.headers["content-type"] ?? "")),
  );
  const opened = await client();
  const text = await opened.PUT("/debug/flags/v", { body: "4" });
  expect([text.data, text.response.headers.get("x-type")]).toEqual(["4", "text/plain"]);
  const form = await opened.POST("/stats/summary", { body: { only_cpu_and_memory: "true" }, parseAs: "text" });
  expect([form.data, form.response.headers.get("x-type")]).toEqual(["only_cpu_and_memory=true", "application/x-www-form-urlencoded"]);
});

test.each(["", ".", ".."])("the name %j in a path is refused: it would ask for another path", async (pod) => {
  const { client, asked } = await serve((_request, response) => void response.end());
  const opened = await client();
  const path = { namespace: "a", pod, container: "c" };
  await expect(opened.POST("/checkpoint/{namespace}/{pod}/{container}", { params: { path } })).rejects.toMatchObject({
    code: "invalid-path",
    message: expect.stringContaining(`pod is no name: ${JSON.stringify(pod)}`),
  });
  await expect(opened.exec({ ...path, command: ["a"] })).rejects.toMatchObject({ code: "invalid-path" });
  await expect(opened.GET("/logs/{path}", { params: { path: { path: `x/${pod}/y` } } })).rejects.toMatchObject({ code: "invalid-path" });
  expect(asked).toEqual([]);
});

test("names are encoded, the slashes of a log's path stay", async () => {
  const { client, asked } = await serve((_request, response) => void response.end());
  const opened = await client();
  await opened.POST("/checkpoint/{namespace}/{pod}/{container}", { params: { path: { namespace: "a/b", pod: "c?d", container: "e f" } } });
  await opened.GET("/logs/{path}", { params: { path: { path: "pods/a b/c.log" } } });
  await opened.GET("/logs/{path}", { params: { path: { path: "pods/" } } });
  expect(asked.map(({ url }) => url)).toEqual(["POST /checkpoint/a%2Fb/c%3Fd/e%20f", "GET /logs/pods/a%20b/c.log", "GET /logs/pods/"]);
});

test("middlewares see requests without credentials, and cannot lead them elsewhere", async () => {
  const { client, asked } = await serve((_request, response) => void response.end("x"));
  const opened = await client();
  const seen: string[] = [];
  opened.use({ onRequest: ({ request }) => void seen.push([...request.headers.keys()].join()) });
  await opened.GET("/healthz");
  expect(seen).toEqual([""]);
  expect(asked).toHaveLength(1);
  opened.use({ onRequest: ({ request }) => new Request("https://elsewhere.example/", request) });
  await expect(opened.GET("/healthz")).rejects.toMatchObject({ code: "other-origin" });
});

test("what the spec has not does not compile", async () => {
  const { client } = await serve((_request, response) => void response.writeHead(404).end());
  const opened = await client();
  // @ts-expect-error no such path
  expect((await opened.GET("/nothing")).error).toMatchObject({ operation: "GET /nothing" });
  // @ts-expect-error no such method
  expect((await opened.POST("/pods")).error).toMatchObject({ operation: "POST /pods" });
  // @ts-expect-error a parameter is missing
  await expect(opened.GET("/logs/{path}")).rejects.toMatchObject({ code: "invalid-path" });
});
