import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import type { Report } from "../report/report.ts";
import { scratch } from "./cli.support.ts";

const files = await scratch();
afterAll(() => files.remove());

test("Ctrl-C ends a run at once with what it has: a partial report and exit code 130", async () => {
  let asked: () => void = () => {};
  const reached = new Promise<void>((resolve) => (asked = resolve));
  // A kubelet that answers discovery and then falls silent.
  const server = http.createServer((request, response) => {
    if (request.url === "/pods") response.end('{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}\n');
    else if (request.url === "/healthz/log") asked();
    else response.writeHead(404).end("404 page not found\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  const file = join(files.directory, "partial.json");
  const token = await files.file("token", "t");
  const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
  const child = spawn(process.execPath, [
    "--conditions=@kubelet-conformance/source",
    bin,
    "run",
    "--server",
    `http://127.0.0.1:${port}`,
    "--token-file",
    token,
    "--kubernetes-version",
    "1.36",
    "--focus",
    "health",
    "--concurrency",
    "1",
    "--report",
    `json=${file}`,
  ]);
  const exited = once(child, "exit");
  await reached;
  child.kill("SIGINT");
  const [code]: unknown[] = await exited;
  server.closeAllConnections();
  server.close();
  expect(code).toBe(130);
  // What the file holds is checked by the lines below.
  const report = JSON.parse(await readFile(file, "utf8")) as Report;
  expect(report.interrupted).toBe(true);
  expect(report.summary.emitted).toBeGreaterThan(0);
  expect(report.summary.emitted).toBeLessThan(report.summary.planned);
});

test("SIGTERM ends the testbed while a kubelet says no version", async () => {
  const [kubelet, asked] = [join(files.directory, "kubelet"), join(files.directory, "asked")];
  await writeFile(kubelet, `#!/bin/sh\ntrap '' TERM INT\n: > ${asked}\nwhile :; do sleep 1; done\n`, { mode: 0o755 });
  const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@kubelet-conformance/source", bin, "testbed", "--kubelet", kubelet]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const closed = once(child, "close");
  await vi.waitFor(() => readFile(asked), { timeout: 30_000 });
  child.kill("SIGTERM");
  expect(await closed).toEqual([130, null]);
  expect(errors).toBe("kubelet-conformance: interrupted before a kubelet ran\n");
});
