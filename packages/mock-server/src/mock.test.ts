import { createAuthority } from "@kubelet-conformance/control-plane/pki";
import { type Example, minors, openapi, operations, resolve, type Response } from "@kubelet-conformance/spec";
import supertest from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMockKubelet, type MockKubelet, type MockOptions } from "./mock-kubelet.ts";
import { createSpecification } from "./specification.ts";

/** Path parameters that are good for any operation. */
function filled(path: string): string {
  return path.replace("{namespace}", "default").replace("{pod}", "p").replace("{uid}", "u").replace("{container}", "c");
}

/** A client that reads every body as bytes and follows nothing. */
function client({ url, ca }: MockKubelet): {
  send: (method: string, path: string, headers?: Record<string, string>) => supertest.Test;
} {
  const agent = supertest.agent(url, ca === undefined ? {} : { ca });
  const bytes = (response: NodeJS.ReadableStream, done: (error: Error | null, body: string) => void): void => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => done(null, Buffer.concat(chunks).toString()));
  };
  return {
    send: (method, path, headers = {}) => {
      const verb = method.toLowerCase() as "get"; // the agent has a member for each method
      // supertest's parser gets node's own response.
      return agent[verb](path)
        .set(headers)
        .redirects(0)
        .buffer(true)
        .parse(bytes as unknown as Parameters<supertest.Test["parse"]>[0]);
    },
  };
}

describe.each([minors[0], "1.30", "1.33", minors[minors.length - 1] ?? "1.37"] as const)("mock of %s", (kubernetesVersion) => {
  let mock: MockKubelet;
  let send: ReturnType<typeof client>["send"];
  beforeAll(async () => {
    mock = await createMockKubelet({ kubernetesVersion });
    ({ send } = client(mock));
  });
  afterAll(() => mock.close());

  const cases = createSpecification(kubernetesVersion).operations.flatMap(({ operationId, method, path, examples }) =>
    examples.map((example) => ({ operationId, method, path, code: example.code, name: example.name, mediaType: example.mediaType })),
  );

  it.each(cases)("gives $operationId $code $name on demand", async ({ operationId, method, path, code, name, mediaType }) => {
    const answer = await send(method, filled(path), { Prefer: name === undefined ? `code=${code}` : `code=${code}, example=${name}` });
    expect(answer.status).toBe(code);
    if (mediaType === undefined) {
      expect(answer.headers).not.toHaveProperty("content-type");
      return;
    }
    const document = openapi();
    const operation = document.paths[path];
    const ofMethod = { POST: operation?.post, PUT: operation?.put, DELETE: operation?.delete }[method] ?? operation?.get;
    const response = ofMethod?.responses[String(code)];
    const example = response && resolve<Response>(document, response).content?.[mediaType]?.examples?.[name ?? ""];
    if (!example) throw new Error(`${operationId} has no such example`);
    expect(answer.headers["content-type"]).toBe(
      mediaType === "text/plain" || mediaType === "text/html" ? `${mediaType}; charset=utf-8` : mediaType,
    );
    const { value } = resolve<Example>(document, example);
    // Our parser makes strings; a text is sent as it is, whatever its type says.
    const body: unknown = typeof value === "string" ? answer.body : JSON.parse(answer.body as string);
    expect(body).toEqual(value);
  });
});

describe("mock", () => {
  let mock: MockKubelet;
  let send: ReturnType<typeof client>["send"];
  beforeAll(async () => {
    mock = await createMockKubelet();
    ({ send } = client(mock));
  });
  afterAll(() => mock.close());
  const checkpoint = "/checkpoint/default/p/c";

  it("answers as a good kubelet without a preference", async () => {
    expect(await send("post", checkpoint)).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^\{"items":\["\/var\/lib\/kubelet\/checkpoints\/.*\.tar"\]\}$/),
    });
    expect(await send("get", "/healthz")).toMatchObject({ status: 200, body: "ok", headers: { "x-content-type-options": "nosniff" } });
    expect((await send("get", "/pods")).body).toMatch(/^\{"kind":"PodList".*\}\n$/s);
  });

  it.each([
    "code=404, example=unknown-pod",
    "code=404; example=unknown-pod",
    "code=404,example=unknown-pod",
    ' Code = "404" ;Example="unknown-pod"',
    "example=unknown-pod",
    "respond-async, example=unknown-pod",
  ])("understands Prefer: %s", async (prefer) => {
    expect(await send("post", checkpoint, { Prefer: prefer })).toMatchObject({ status: 404, body: "pod does not exist" });
  });

  it("refuses wishes that it cannot meet", async () => {
    expect(await send("get", "/pods", { Prefer: "delay=forever" })).toMatchObject({
      status: 400,
      body: '"forever" is no delay; send milliseconds up to 600000, as in Prefer: delay=250\n',
    });
    expect(await send("get", "/pods?__fault=burn")).toMatchObject({
      status: 400,
      body: '"burn" is no fault; there are reset, truncate, hang, endless\n',
    });
  });

  it("understands the query where headers are hard to send, wish by wish", async () => {
    expect(await send("post", `${checkpoint}?__code=404`, { Prefer: "example=gate-off" })).toMatchObject({
      status: 404,
      body: "404 page not found\n",
    });
    expect(await send("post", `${checkpoint}?__code=404&__example=gate-off`)).toMatchObject({ status: 404, body: "404 page not found\n" });
  });

  it("sends the headers that go with an example, and no others", async () => {
    const gateOff = await send("post", checkpoint, { Prefer: "example=gate-off" });
    const unknownPod = await send("post", checkpoint, { Prefer: "example=unknown-pod" });
    expect(gateOff.headers["x-content-type-options"]).toBe("nosniff");
    expect(unknownPod.headers["x-content-type-options"]).toBeUndefined();
    expect((await send("get", "/runningpods/", { Prefer: "example=debugging-handlers-off" })).headers["allow"]).toBeUndefined();
    expect((await send("get", "/runningpods/", { Prefer: "code=405" })).headers["allow"]).toBe("GET");
  });

  it("names the examples there are", async () => {
    const answer = await send("post", checkpoint, { Prefer: "code=404, example=unknown-pot" });
    expect(answer).toMatchObject({
      status: 400,
      body: 'checkpointContainer has no example "unknown-pot" of 404; it has unknown-pod, unknown-container, bad-timeout, gate-off, wrong-shape, unknown-container-control-character\n',
    });
    expect((await send("get", "/pods", { Prefer: "code=418" })).body).toBe(
      "getPods has no answer 418; it has 200, 307, 401, 403, 404, 405, 406, 500\n",
    );
    expect((await send("get", "/pods", { Prefer: "code=four" })).body).toBe('"four" is no status code; send Prefer: code=404\n');
  });

  it("makes up bodies from the schema, repeatably", async () => {
    const ask = async (prefer: string): Promise<unknown> => (await send("get", "/configz", { Prefer: prefer })).body;
    const first = await ask("dynamic=true, seed=7");
    expect(JSON.parse(String(first))).toHaveProperty("kubeletconfig");
    expect(await ask("dynamic=true, seed=7")).toBe(first);
    expect(await ask("dynamic=true, seed=8")).not.toBe(first);
    expect(await ask("dynamic=false")).not.toBe(first);
  });

  it("makes nothing up where there is no schema", async () => {
    expect((await send("get", "/pods", { Prefer: "dynamic=true, code=404" })).body).toBe("404: Page Not Found");
  });

  it.each([
    ["get", "/nothing", 404, "404 page not found\n"],
    ["get", "/healthz/x", 404, "404 page not found\n"],
    ["post", "/checkpoint/default/p", 404, "404: Page Not Found"],
    ["get", "/pods/x", 404, "404: Page Not Found"],
    ["get", checkpoint, 405, "405: Method Not Allowed"],
    ["delete", "/pods", 405, "405: Method Not Allowed"],
    ["get", "/runningpods", 307, '<a href="/runningpods/">Temporary Redirect</a>.\n\n'],
    ["get", "//pods?a=1", 307, '<a href="/pods?a=1">Temporary Redirect</a>.\n\n'],
    ["post", "/configz", 200, /^\{"kubeletconfig":/],
    ["head", checkpoint, 405, ""],
    ["post", "/checkpoint/default/%zz/c", 400, "400 Bad Request"],
    ["post", "/checkpoint/default/a%20b/c/", 200, /^\{"items":/],
    ["get", "/pods/", 200, /^\{"kind":"PodList"/],
    ["get", "/logs/pods/default_counter/counter/0.log", 200, /./],
    ["patch", "/healthz", 200, "ok"],
  ])("dispatches %s %s as a kubelet does", async (method, path, status, body) => {
    const answer = await send(method, path);
    expect(answer.status).toBe(status);
    expect(method === "head" ? "" : answer.body).toEqual(typeof body === "string" ? body : expect.stringMatching(body));
    expect(answer.headers["allow"]).toBe(status === 405 ? (path === checkpoint ? "POST" : "GET") : undefined);
  });

  it.each([
    ["application/json", 200],
    ["text/html, application/json;q=0.5", 200],
    ["text/plain", 406],
    ["application/*", 406],
  ])("reads Accept: %s as a kubelet does", async (accept, status) => {
    expect((await send("get", "/pods", { Accept: accept })).status).toBe(status);
    expect((await send("get", "/configz", { Accept: accept })).status).toBe(200);
  });

  it("lets other origins in", async () => {
    const preflight = await send("options", checkpoint, {
      Origin: "http://localhost:3000",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "prefer, authorization",
    });
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        "access-control-allow-origin": "http://localhost:3000",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "prefer, authorization",
        "access-control-allow-credentials": "true",
        vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
      },
    });
    expect(preflight.headers).not.toHaveProperty("access-control-allow-private-network");
    const fromPublicPage = await send("options", checkpoint, {
      Origin: "https://console.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Private-Network": "true",
    });
    expect(fromPublicPage.headers["access-control-allow-private-network"]).toBe("true");
    expect((await send("get", "/pods")).headers["vary"]).toBe("Origin");
    expect((await send("get", "/pods", { Origin: "http://localhost:3000" })).headers["access-control-allow-origin"]).toBe(
      "http://localhost:3000",
    );
    expect((await send("get", "/pods")).headers["access-control-allow-origin"]).toBeUndefined();
    expect((await send("options", checkpoint)).status).toBe(405);
  });

  it("lists everything at /", async () => {
    const listing = JSON.parse((await send("get", "/", { Accept: "application/json" })).body as string) as {
      operations: { operationId: string }[];
    }; // its documented shape
    expect(listing.operations.map(({ operationId }) => operationId)).toEqual(operations().map(({ operationId }) => operationId));
    const page = await send("get", "/", { Accept: "text/html,*/*" });
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.body).toContain(
      `curl --include --insecure --request POST --header 'Prefer: code=404, example=unknown-pod' '${mock.url}/checkpoint/default/counter-lab-node/counter'`.replaceAll(
        "'",
        "'",
      ),
    );
    expect(page.body).not.toContain("<script");
  });
});

describe("createMockKubelet", () => {
  it("serves plain HTTP without CORS when asked to", async () => {
    const mock = await createMockKubelet({ tls: false, cors: false, kubernetesVersion: "v1.30.14" });
    try {
      const { send } = client(mock);
      expect(mock).toMatchObject({
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        ca: undefined,
        kubernetesVersion: "1.30",
      });
      const answer = await send("get", "//pods", { Origin: "http://localhost:3000" });
      expect(answer).toMatchObject({ status: 301, headers: { location: "/pods" } });
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    } finally {
      await mock.close();
    }
  });

  it("says what is wrong", async () => {
    await expect(createMockKubelet({ kubernetesVersion: "1.24" })).rejects.toMatchObject({ code: "unknown-version" });
    await expect(createMockKubelet({ tls: { cert: "x", key: "y" } })).rejects.toMatchObject({ code: "bad-certificate" });
    const first = await createMockKubelet();
    await expect(createMockKubelet({ port: first.port })).rejects.toMatchObject({
      code: "cannot-listen",
      message: `port ${first.port} on 127.0.0.1 is in use; choose another with --port (0: a free one)`,
    });
    await first.close();
  });

  it.each([
    [{ port: "10250" }, 'port must be a whole number from 0 to 65535; it is "10250"'],
    [{ port: Number.NaN }, "port must be a whole number from 0 to 65535; it is NaN"],
    [{ host: "" }, 'host must be a text that is not empty; it is ""'],
    [{ kubernetesVersion: 1.36 }, 'kubernetesVersion must be a text such as "1.36"; it is 1.36'],
    [{ tls: {} }, "tls must be { cert, key }, both PEM texts, or false; it is another object"],
    [{ tls: true }, "tls must be { cert, key }, both PEM texts, or false; it is true"],
    [{ strict: "false" }, 'strict must be true or false; it is "false"'],
    [{ seed: 7 }, "seed must be a text that is not empty; it is 7"],
    [{ scenario: "scenarios.yaml" }, 'there is no option "scenario"; did you mean "scenarios"?'],
    [{ kubernetes: "1.36" }, 'there is no option "kubernetes"; did you mean "kubernetesVersion"?'],
    [null, "the options must be an object"],
    ["scenarios.yaml", "the options must be an object"],
  ])("takes %j for no options", async (options, reason) => {
    // As plain JavaScript calls it.
    await expect(createMockKubelet(options as MockOptions)).rejects.toMatchObject({
      code: "bad-option",
      message: `createMockKubelet: ${reason}`,
    });
  });

  it("takes what is undefined for what is not said, and a certificate as bytes", async () => {
    const { cert, key } = (await createAuthority({ commonName: "ca" })).issue({
      commonName: "node",
      names: ["localhost"],
      usage: "server",
    });
    const options: unknown = { tls: { cert: Buffer.from(cert), key: Buffer.from(key) }, port: undefined, seed: undefined };
    await using mock = await createMockKubelet(options as MockOptions); // See above.
    expect(mock.ca).toBeUndefined();
  });
});
