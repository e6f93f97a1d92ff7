import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Report } from "../report/report.ts";
import { scratch } from "./cli.support.ts";

const files = await scratch();
afterAll(() => files.remove());

const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
const schema = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8")) as object;
const isReport = addFormats.default(new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })).compile(schema);

async function run(server: string, ...args: string[]) {
  const report = join(files.directory, "report.json");
  const junit = join(files.directory, "report.xml");
  const reports = ["--report", `json=${report}`, "--report", `junit=${junit}`, "--output", "plain"];
  const child = spawn(process.execPath, ["--conditions=@kubelet-conformance/source", bin, "run", "--server", server, ...args, ...reports]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close");
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code]: unknown[] = await ended;
  // The schema is checked in the same breath.
  const json = JSON.parse(await readFile(report, "utf8")) as Report;
  expect(isReport(json), JSON.stringify(isReport.errors)).toBe(true);
  expect(json.summary.emitted).toBe(json.summary.planned);
  return { code, out, err, json, junit: await readFile(junit, "utf8") };
}

/** The reference kubelet behind a cable that is cut, or clogged, once so many pieces have gone to the kubelet. */
async function behindCable(pieces: number, how: "cut" | "clog") {
  const kubelet = await startKubelet({ kubernetesVersion: "1.36" });
  onTestFinished(() => kubelet.stop());
  await kubelet.settled;
  const afterwards = { connections: 0, pieces: 0 };
  const sockets = new Set<net.Socket>();
  let left = pieces;
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const server = net.createServer((client) => {
    if (left <= 0) afterwards.connections++;
    const upstream = net.connect(Number(new URL(kubelet.urls.main).port), "127.0.0.1");
    for (const socket of [client, upstream]) sockets.add(socket.on("error", () => {}));
    upstream.on("data", (piece) => left > 0 && client.write(piece));
    upstream.on("close", () => left > 0 && client.destroy());
    client.on("close", () => upstream.destroy());
    client.on("data", (piece) => {
      if (left <= 0) afterwards.pieces++;
      else if (--left > 0) upstream.write(piece);
      else if (how === "cut") cut();
    });
  });
  onTestFinished(cut);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  const ca = await files.file("ca.pem", kubelet.caCertificate);
  const cert = await files.file("admin.pem", kubelet.adminCredentials?.cert ?? "");
  const key = await files.file("admin-key.pem", kubelet.adminCredentials?.key ?? "");
  const access = ["--certificate-authority", ca, "--client-certificate", cert, "--client-key", key];
  return { url: `https://127.0.0.1:${port}`, access, afterwards };
}

// Where the cable is cut between two checks nothing is under way, and it is cut once more.
test.each(["cut", "clog"] as const)("a kubelet whose cable is %s ends the run, whatever the number of requirements", async (how) => {
  const { url, access, afterwards } = await behindCable(40, how);
  // What a check of large headers sends alone is dozens of pieces.
  const more = ["--profile", "core", "--skip", "protocol.header", "--timeout", "1"];
  const { code, out, err, json, junit } = await run(url, ...access, ...more);
  const { summary, stoppedAnswering } = json;
  expect(stoppedAnswering?.during.length).toBeGreaterThan(0);
  expect(summary.failed).toBeLessThanOrEqual(4);
  expect(summary.blocked).toBeGreaterThan(100);
  expect(code).toBe(summary.failed > 0 ? 1 : 2);
  // Four checks, and two looks at it; a connection's TLS is one more piece.
  expect(afterwards.connections).toBeLessThanOrEqual(6);
  expect(afterwards.pieces).toBeLessThanOrEqual(12);
  const failed = json.results.filter(({ verdict }) => verdict === "failed").map(({ id }) => id);
  expect(stoppedAnswering?.during).toEqual(expect.arrayContaining(failed));
  expect(err).toMatch(/^kubelet-conformance: https:\/\/127\.0\.0\.1:\d+ stopped answering during .*: see the kubelet's log/m);
  expect(out).toMatch(/\n +\d+ {2}the kubelet stopped answering during [^\n]+\n/);
  expect(out).toMatch(/\nstopped answering: (incomplete|not-conformant): .*\d+ blocked/);
  expect(junit).toMatch(/<testcase classname="kubelet\.target" name="answers" [^>]*><error message="the kubelet stopped answering during /);
});

test("a kubelet that is gone between two checks has failed at nothing: exit code 2, and the last check is named", async () => {
  let checks = 0;
  const server = http.createServer((request, response) => {
    response.setHeader("Connection", "close");
    // It takes no more, and answers this one.
    if (request.url?.startsWith("/healthz") && ++checks === 3) server.close();
    if (request.url === "/pods") response.end('{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}\n');
    else if (request.url?.startsWith("/healthz")) response.setHeader("X-Content-Type-Options", "nosniff").end("ok");
    else response.writeHead(404).end("404 page not found\n");
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // As above.
  const token = await files.file("token", "t");
  const options = ["--token-file", token, "--kubernetes-version", "1.36", "--concurrency", "1"];
  const { code, err, json } = await run(url, ...options, "--focus", "health.main.ok", "--focus", "health.check");
  expect(json.summary).toMatchObject({ verdict: "incomplete", failed: 0, suiteError: 0 });
  expect(json.stoppedAnswering).toMatchObject({
    during: [],
    after: expect.stringMatching(/^health\./),
    seen: "the connection was refused",
  });
  expect(err).toMatch(
    /stopped answering after health\.\S+ \(the connection was refused\): see the kubelet's log for why, get it to run, and/,
  );
  expect(code).toBe(2);
});
