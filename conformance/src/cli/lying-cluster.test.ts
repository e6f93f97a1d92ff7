import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { Report } from "../report/report.ts";
import { cli, scratch } from "./cli.support.ts";

const files = await scratch();
afterAll(() => files.remove());

/** The body of an answer, or a status and its body; undefined: no answer at all. */
type Reply = object | readonly [number, object] | undefined;

interface Liar {
  kubeconfig: string;
  /** Method and path of each request. */
  asked: string[];
  /** Resolves with the first request. */
  reached: Promise<void>;
}

/** An API server that says whatever a test wants; 404 where that is null. */
async function liar(say: (path: string) => Reply | null): Promise<Liar> {
  const asked: string[] = [];
  const first = Promise.withResolvers<void>();
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://liar");
    asked.push(`${request.method} ${url.pathname}`);
    first.resolve();
    const reply = say(url.pathname);
    if (reply === undefined) return;
    const [status, body] = reply === null ? [404, { message: "not found" }] : isPair(reply) ? reply : [200, reply];
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    kubeconfig: await files.file(`${port}.conf`, kubeconfigOf({ server: `http://127.0.0.1:${port}` })),
    asked,
    reached: first.promise,
  };
}

function kubeconfigOf(cluster: object): string {
  const contexts = [{ name: "c", context: { cluster: "c" } }];
  return JSON.stringify({ "current-context": "c", contexts, clusters: [{ name: "c", cluster }] });
}

function isPair(reply: object): reply is readonly [number, object] {
  return Array.isArray(reply);
}

const nodeInfo = { kubeletVersion: "v1.36.4", containerRuntimeVersion: "containerd://2.1.4" };
const node = { metadata: { name: "n1", uid: "u1" }, spec: {}, status: { nodeInfo } };
const nodePath = "/api/v1/nodes/n1";

async function run({ kubeconfig }: Liar, ...args: string[]): Promise<{ code: number; report: Report }> {
  const { code, out, err } = await cli([
    "run",
    "--kubeconfig",
    kubeconfig,
    "--node",
    "n1",
    "--profile",
    "node",
    ...args,
    "--output",
    "json",
  ]);
  // What is printed under this flag is a report.
  const report = out === "" ? undefined : (JSON.parse(out) as Report);
  if (!report || report.notTested) throw new Error(err);
  return { code, report };
}

function result({ results }: Report, id: string) {
  return results.find((one) => one.id === id);
}

/** About the node, as kube-proxy (client-go/tools/events) and a kubelet (client-go/tools/record) write them. */
const regarding = { involvedObject: { kind: "Node", name: "n1" }, type: "Normal" };
const ofProxy = {
  ...regarding,
  metadata: { name: "n1.1", namespace: "default" },
  reason: "Starting",
  source: {},
  reportingComponent: "kube-proxy",
};
const ofKubelet = (reason: string) => ({
  ...regarding,
  metadata: { name: `n1.${reason}`, namespace: "default" },
  reason,
  source: { component: "kubelet", host: "n1" },
});
const states = ["NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"];

async function eventVerdicts(items: object[]): Promise<(string | undefined)[]> {
  const server = await liar((path) => (path === nodePath ? node : path === "/api/v1/events" ? { metadata: {}, items } : null));
  const { report } = await run(server, "--focus", "node-status.events");
  return ["starting", "conditions", "source", "namespace"].map((name) => result(report, `node-status.events.${name}`)?.verdict);
}

describe("events of a live cluster", () => {
  test("those of a start decide all about them", async () => {
    expect(await eventVerdicts(["Starting", ...states].map(ofKubelet))).toEqual(["passed", "passed", "passed", "passed"]);
  });

  test("those that kube-proxy writes about the node are not the kubelet's", async () => {
    expect(await eventVerdicts([ofProxy])).toEqual(Array(4).fill("not-applicable"));
    expect(await eventVerdicts([ofProxy, ofKubelet("Rebooted")])).toEqual(["not-applicable", "not-applicable", "passed", "passed"]);
  });

  test("of a start that is remembered its states are missed", async () => {
    expect(await eventVerdicts([ofKubelet("Starting")])).toEqual(["passed", "warned", "passed", "passed"]);
  });
});

describe("an API server that", () => {
  test("lets nobody read leases is no failure of the kubelet, and the report quotes it", async () => {
    const forbidden = [403, { message: 'leases "n1" is forbidden:\nUser "x" cannot get' }] as const;
    const server = await liar((path) => (path === nodePath ? node : path.includes("/leases/") ? forbidden : null));
    const { report } = await run(server);
    expect(result(report, "heartbeat.lease.exists")).toMatchObject({
      verdict: "blocked",
      reason: expect.stringMatching(/leases\/n1 with 403: leases "n1" is forbidden: User "x" cannot get; .* may get and list leases$/),
    });
    expect(result(report, "node-status.registered")?.verdict).toBe("passed");
  });

  test("falls silent costs a few requests and not one for each check", async () => {
    let answers = 0;
    const server = await liar((path) => (path === nodePath && answers++ < 2 ? node : undefined));
    // What asks for more than the node as it was at first.
    const asking = ["heartbeat", "node-status.registered", "node-status.events"].flatMap((id) => ["--focus", id]);
    const { report } = await run(server, "--timeout", "0.2", ...asking);
    expect(report.summary).toMatchObject({ failed: 0, suiteError: 0 });
    expect(result(report, "heartbeat.lease.exists")?.reason).toContain("gives no answer: no complete answer within 0.2 s");
    expect(server.asked.length).toBeLessThan(15);
  });

  test("has the node deleted in the middle tells nothing about the kubelet", async () => {
    let answers = 0;
    const server = await liar((path) => (path === nodePath && answers++ < 2 ? node : null));
    const { report } = await run(server, "--focus", "node-status.registered");
    expect(report.summary).toMatchObject({ failed: 0, suiteError: 0 });
    expect(result(report, "node-status.registered")?.reason).toContain("n1 was deleted while it was tested");
  });

  test("is asked for the node a few times and not by each check", async () => {
    const server = await liar((path) => (path === nodePath ? node : null));
    const { report } = await run(server, "--focus", "node-status", "--focus", "node-labels");
    expect(report.results.length).toBeGreaterThan(40);
    // To find it, to begin, and for what must be known as it is now.
    expect(server.asked.filter((request) => request === `GET ${nodePath}`).length).toBeLessThan(6);
  });

  test("is older than the kubelet drops what is new in the status, so that it is written again and again", async () => {
    const server = await liar((path) => (path === nodePath ? node : path === "/version" ? { major: "1", minor: "35+" } : null));
    const { report } = await run(server, "--focus", "heartbeat.status.quiet", "--long-checks");
    expect(result(report, "heartbeat.status.quiet")).toMatchObject({
      verdict: "not-applicable",
      reason: expect.stringContaining("the API server (1.35) is older than the kubelet"),
    });
  });

  test.each([
    ["2026-01-01T00:00:00Z", "not-applicable"],
    ["2026-01-03T00:00:00Z", "failed"],
  ])("has a lease of %s with another owner than the node of the day before: %s", async (creationTimestamp, verdict) => {
    const ownerReferences = [{ kind: "Node", name: "n1", uid: "u0" }];
    const server = await liar((path) => {
      if (path === nodePath) return { ...node, metadata: { ...node.metadata, creationTimestamp: "2026-01-02T00:00:00Z" } };
      return path.includes("/leases/") ? { metadata: { name: "n1", creationTimestamp, ownerReferences }, spec: {} } : null;
    });
    const { report } = await run(server, "--focus", "heartbeat.lease.owner");
    expect(result(report, "heartbeat.lease.owner")?.verdict).toBe(verdict);
  });

  test("answers with another node is none", async () => {
    const server = await liar(() => ({ ...node, metadata: { name: "n2" } }));
    await expect(run(server)).rejects.toThrow(/GET \/api\/v1\/nodes\/n1 with something else; is it an API server\?$/m);
  });

  test.each(["javascript:alert(1)", "127.0.0.1/path?", "user@127.0.0.1", "127.0.0.1\u001b[2J", "::1%lo", "no such.host", ""])(
    "names %j as a node's address is not followed there",
    async (address) => {
      const status = { nodeInfo, addresses: [{ type: "InternalIP", address }], daemonEndpoints: { kubeletEndpoint: { Port: 10250 } } };
      const server = await liar((path) => (path === nodePath ? { ...node, status } : null));
      await expect(run(server, "--direct")).rejects.toThrow(/^kubelet-conformance: the node n1 has no address and port of its kubelet/);
    },
  );

  test("holds nonsense breaks no check, and no node that has a name is left out", async () => {
    const nonsense = {
      metadata: { name: "odd\u001b[2J", labels: [1], annotations: "x", uid: 5 },
      spec: "spec",
      status: {
        nodeInfo: { kubeletVersion: "v1.36.4", containerRuntimeVersion: ["a".repeat(100_000)] },
        conditions: [null, 1, { type: 5 }, { type: "Ready" }, [[]]],
        addresses: { a: 1 },
        capacity: [],
        allocatable: "9",
        images: [{ names: null }, null],
        daemonEndpoints: [],
        declaredFeatures: {},
      },
    };
    const items = [{ metadata: { name: "bare" } }, { metadata: {} }, { metadata: { name: 17 } }, null, nonsense, node];
    const odd = { metadata: { name: "x", namespace: 5 }, involvedObject: { kind: "Node", name: "odd\u001b[2J" }, source: "x", reason: {} };
    const server = await liar((path) => {
      if (path === "/api/v1/nodes") return { metadata: {}, items };
      if (path === "/api/v1/events") return { metadata: [], items: [odd, { involvedObject: null }, 7] };
      if (path.includes("/leases/")) return { metadata: { name: path.split("/").at(-1), ownerReferences: "no" }, spec: { renewTime: {} } };
      return path === nodePath ? node : path === "/api/v1/nodes/bare" ? { metadata: { name: "bare" } } : nonsense;
    });
    const { code, out, err } = await cli([
      "run",
      "--kubeconfig",
      server.kubeconfig,
      "--all-nodes",
      "--profile",
      "node",
      "--output",
      "plain",
    ]);
    expect(err).toBe(
      "kubelet-conformance: the node bare has a kubelet of version unknown; covered are 1.25 to 1.37, and --kubernetes-version 1.37 tests it as one of those\n",
    );
    expect(out).not.toContain("suite-error");
    expect(out).not.toContain("\u001b");
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThan(1500);
    const rows = out.slice(out.indexOf("NODE ")).split("\n");
    expect(rows.slice(1, 4).map((row) => row.split(" ")[0])).toEqual(["bare", "n1", "odd\\u001b[2J"]);
    expect(code).toBe(2);
    expect(new Set(server.asked.map((request) => request.split(" ")[0]))).toEqual(new Set(["GET"]));
  });

  test.each([
    [{ notAfter: new Date(Date.now() - 1000) }, "certificate has expired; renew it on the API server"],
    [{ notBefore: new Date(Date.now() + 3_600_000) }, "certificate is not yet valid; check the clocks of both machines"],
    [{ names: ["api.example"] }, "write a name that it has as the cluster's tls-server-name in the kubeconfig"],
    [{ names: [] }, "write a name that it has as the cluster's tls-server-name in the kubeconfig"],
  ])("shows a certificate with %j is not asked, and the next step is named", async (flaw, message) => {
    const authority = await createAuthority({ commonName: "cluster" });
    const { cert, key } = authority.issue({ commonName: "api", names: ["127.0.0.1"], usage: "server", ...flaw });
    const server = https.createServer({ cert, key });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    // A TCP server that listens has an address with a port.
    const { port } = server.address() as AddressInfo;
    const cluster = { server: `https://127.0.0.1:${port}`, "certificate-authority-data": Buffer.from(authority.cert).toString("base64") };
    const kubeconfig = await files.file(`${port}.conf`, kubeconfigOf(cluster));
    const { code, err } = await cli(["run", "--kubeconfig", kubeconfig, "--all-nodes"]);
    expect(err).toContain(message);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });

  test("never answers lets Ctrl-C end the run", async () => {
    const server = await liar(() => undefined);
    const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      ["--conditions=@kubelet-conformance/source", bin, "run", "--kubeconfig", server.kubeconfig, "--all-nodes"],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    onTestFinished(() => void child.kill("SIGKILL"));
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const closed = once(child, "close");
    await server.reached;
    child.kill("SIGINT");
    expect(await closed).toEqual([130, null]);
    expect(errors).toBe("kubelet-conformance: interrupted\n");
  });
});
