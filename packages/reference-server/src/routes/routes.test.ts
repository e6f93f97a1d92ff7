import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { testKubelet } from "../kubelet.test.support.ts";

test("/pods is a compact PodList of what the kubelet was told, with its own view of the status", async () => {
  const kubelet = await testKubelet();
  const { text, headers } = await kubelet.get("/pods").expect(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(text.startsWith('{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"counter-node"')).toBe(true);
  expect(text.endsWith("}\n")).toBe(true);
  const [pod] = (JSON.parse(text) as { items: Record<string, Record<string, unknown>>[] }).items;
  expect(pod?.["metadata"]).toMatchObject({ namespace: "default", uid: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(pod?.["metadata"]).not.toHaveProperty("creationTimestamp");
  expect(pod?.["status"]).toMatchObject({
    phase: "Pending",
    initContainerStatuses: [{ name: "init", ready: true, state: { terminated: { exitCode: 0, reason: "Completed" } } }],
    containerStatuses: [
      { name: "counter", ready: true, state: { running: {} } },
      { name: "waiting", ready: false, state: { waiting: { reason: "ErrImageNeverPull" } } },
    ],
  });
});

test("/runningpods/ is asked of the runtime each time", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.33" });
  const names = async () => {
    const { text } = await kubelet.get("/runningpods/").expect(200);
    const { items } = JSON.parse(text) as { items: { metadata: object; spec: { containers: { name: string }[] } }[] | null };
    return items?.map(({ metadata, spec }) => [Object.keys(metadata), spec.containers.map(({ name }) => name)]) ?? null;
  };
  expect(await names()).toEqual([[["name", "namespace", "uid", "creationTimestamp"], ["counter"]]]);
  for (const { id } of kubelet.double.state.containers.values()) await kubelet.double.client().runtime.stopContainer({ containerId: id });
  expect(await names()).toBeNull();
});

test("a container that ended is started again and counted", async () => {
  const kubelet = await testKubelet();
  const status = async () => {
    const { text } = await kubelet.get("/pods");
    const { items } = JSON.parse(text) as { items: { status: { containerStatuses: { restartCount: number; ready: boolean }[] } }[] };
    return items[0]?.status.containerStatuses[0];
  };
  const running = [...kubelet.double.state.containers.values()].find(({ finishedAt }) => finishedAt === 0n);
  await kubelet.double.client().runtime.stopContainer({ containerId: running?.id ?? "" });
  await expect.poll(status, { timeout: 10_000 }).toMatchObject({ restartCount: 1, ready: true });
});

test("health checks by minor, verbose, excluded", async () => {
  const kubelet = await testKubelet();
  const verbose = await kubelet.get("/healthz?verbose&exclude=syncloop&exclude=x").expect(200);
  expect(verbose.text).toBe(
    '[+]ping ok\n[+]log ok\n[+]syncloop excluded: ok\n[+]device-plugin ok\nwarn: some health checks cannot be excluded: no matches for "x"\nhealthz check passed\n',
  );
  expect((await kubelet.get("/healthz?exclude=x").expect(200)).text).toBe("ok");
  await kubelet.get("/healthz/device-plugin").expect(200, "ok");
  await (await testKubelet({ kubernetesVersion: "1.31" })).get("/healthz/device-plugin").expect(404);
});

test("metrics: type by minor, gzip, families by name in 1.37 only, slis reset", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.37" });
  const filtered = await kubelet.get("/metrics?name[]=kubelet_node_name").expect(200);
  expect(filtered.text).toBe(
    '# HELP kubelet_node_name [ALPHA] The node\'s name. The count is always 1.\n# TYPE kubelet_node_name gauge\nkubelet_node_name{node="node"} 1\n',
  );
  expect(filtered.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
  expect(filtered.headers["process-start-time-unix"]).toMatch(/^\d+$/);
  const zipped = await kubelet.raw("GET /metrics HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
  expect(zipped).toContain("Content-Encoding: gzip\r\n");
  const plain = await kubelet.get("/metrics/cadvisor").set("Accept-Encoding", "identity").expect(200);
  expect(plain.text).toContain('container="counter"');
  await kubelet.get("/healthz");
  expect((await kubelet.get("/metrics/slis")).text).toContain('kubernetes_healthcheck{name="ping",type="healthz"} 1\n');
  const reset = await kubelet.raw("DELETE /metrics/slis HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  expect(reset).toContain("\r\n\r\nmetrics reset\n");
  await kubelet.get("/metrics/slis").expect(200, "");
  expect(gunzipSync(Buffer.from(body(zipped), "latin1")).toString()).toContain("kubernetes_build_info{");
});

/** The body of a chunked answer. */
function body(answer: string): string {
  let rest = answer.slice(answer.indexOf("\r\n\r\n") + 4);
  let result = "";
  for (let size = Number.parseInt(rest, 16); size > 0; size = Number.parseInt(rest, 16)) {
    const start = rest.indexOf("\r\n") + 2;
    result += rest.slice(start, start + size);
    rest = rest.slice(start + size + 2);
  }
  return result;
}

test("debugging handlers off: stubs, nothing, and what stays", async () => {
  const kubelet = await testKubelet({ configuration: { enableDebuggingHandlers: false } });
  const stub = await kubelet.post("/run/default/counter-node/counter").expect(405);
  expect([stub.text, stub.headers["allow"]]).toEqual(["Debug endpoints are disabled.\n", undefined]);
  await kubelet.get("/configz").expect(404, "404 page not found\n");
  await kubelet.post("/checkpoint/default/counter-node/counter").expect(404, "404 page not found\n");
  await kubelet.get("/logs").expect(307);
  await kubelet.get("/pods").expect(200);
});

test("the healthz listener has its own few answers", async () => {
  const { urls } = await testKubelet();
  const get = async (path: string) => (await fetch(`${urls.healthz}${path}`)).text();
  expect(await get("/healthz?verbose")).toBe("[+]ping ok\nhealthz check passed\n");
  expect(await get("/healthz/ping")).toBe("ok");
  expect(await get("/healthz/log")).toBe("404 page not found\n");
});

test("authorization by rules and tokens, in the words of the minor", async () => {
  const options = {
    tokens: [{ token: "t", name: "u-none", uid: "1", groups: [] }],
    authorizationRules: [{ user: "u-none", verbs: ["get"], resources: ["nodes/metrics"] }],
    configuration: { authorization: { mode: "Webhook" } },
  };
  const forbidden = async (kubernetesVersion: string) => {
    const kubelet = await testKubelet({ kubernetesVersion, ...options });
    const head = "HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nConnection: close\r\n\r\n";
    expect(await kubelet.raw(`GET /metrics ${head}`, { credentials: null })).toMatch(/^HTTP\/1\.1 200 /);
    expect(await kubelet.raw(`GET /nowhere ${head}`, { credentials: null })).toMatch(/^HTTP\/1\.1 404 /);
    const answer = await kubelet.raw(`GET /pods ${head}`, { credentials: null });
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    return answer.slice(answer.indexOf("\r\n\r\n") + 4);
  };
  expect(await forbidden("1.31")).toBe("Forbidden (user=u-none, verb=get, resource=nodes, subresource=proxy)");
  expect(await forbidden("1.36")).toBe("Forbidden (user=u-none, verb=get, resource=nodes, subresource(s)=[pods proxy])\n");
});

test.each([
  ["x", 'strconv.ParseUint: parsing "x": invalid syntax\n'],
  ["+1", 'strconv.ParseUint: parsing "+1": invalid syntax\n'],
  ["99999999999", 'strconv.ParseUint: parsing "99999999999": value out of range\n'],
  ["2147483648", 'failed set klog.logging.verbosity 2147483648: strconv.ParseInt: parsing "2147483648": value out of range\n'],
])("verbosity %s is refused as Go's parser does", async (verbosity, text) => {
  const kubelet = await testKubelet();
  const sent = `PUT /debug/flags/v HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${verbosity.length}\r\n\r\n${verbosity}`;
  expect((await kubelet.raw(sent)).split("\r\n\r\n")[1]).toBe(text);
});

test("a form that cannot be read is reported in the words of Go's library", async () => {
  const kubelet = await testKubelet();
  const failed = (reason: string) => `Internal Error: parse form failed: ${reason}`;
  await kubelet.post("/stats/summary").set("Content-Type", "a/b/c").expect(500, failed("mime: unexpected content after media subtype"));
  await kubelet.get("/stats/summary?a=%zz&b;c").expect(500, failed("invalid semicolon separator in query"));
  const chunked = await kubelet.raw(
    "POST /stats/summary HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  );
  expect(chunked.split("\r\n\r\n")[1]).toBe(failed("invalid byte in chunk length"));
});

test("a scraper chooses how metric names are escaped, from 1.31 on", async () => {
  const type = async (kubernetesVersion: string, accept: string) => {
    const kubelet = await testKubelet({ kubernetesVersion });
    return (await kubelet.get("/metrics/probes").set("Accept", accept)).headers["content-type"];
  };
  expect(await type("1.36", "application/openmetrics-text; version=1.0.0; escaping=dots")).toMatch(/; escaping=dots$/);
  expect(await type("1.36", "text/plain; escaping=strange")).toMatch(/; escaping=underscores$/);
  expect(await type("1.30", "text/plain; escaping=dots")).toBe("text/plain; version=0.0.4; charset=utf-8");
});

test("a name that /healthz cannot exclude is quoted", async () => {
  const kubelet = await testKubelet();
  const { text } = await kubelet.get("/healthz?exclude=%22%09%e9&verbose").expect(200);
  expect(text).toContain('no matches for "\\"\\t\\xe9"\n');
});

test("run answers with the output, and without any with nothing at all, not even a type", async () => {
  const kubelet = await testKubelet();
  await kubelet.settled;
  const run = (cmd: string) =>
    kubelet.raw(`POST /run/default/counter-node/counter?cmd=${cmd} HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n`);
  expect(await run("echo%20hi")).toMatch(/\r\nContent-Type: application\/json\r\n[^]*\r\n\r\nhi\n$/);
  const silent = await run("sleep%200");
  expect(silent).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Content-Length: 0\r\n/);
  expect(silent).not.toContain("Content-Type");
});

test("a command that runs for a client ends when the client leaves", async () => {
  const kubelet = await testKubelet();
  await kubelet.settled;
  const call = kubelet.double.nextCall("ExecSync");
  const leaving = kubelet.post("/run/default/counter-node/counter?cmd=sleep%20infinity");
  void leaving.end(() => undefined);
  const asked = await call;
  expect(asked.cancelled).toBe(false);
  void leaving.abort();
  await expect.poll(() => asked.cancelled).toBe(true);
});
