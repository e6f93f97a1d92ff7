import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
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

test("a reader that goes away costs neither the report nor the exit code", async () => {
  const file = join(files.directory, "unread.json");
  const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
  const flags = ["testbed", "--focus", "health", "--output", "plain", "--report", `json=${file}`];
  const child = spawn(process.execPath, ["--conditions=@kubelet-conformance/source", bin, ...flags]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const closed = once(child, "close");
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect(await closed).toEqual([0, null]);
  expect(errors).toBe(`report: ${file}\n`);
  // The report of a run that got to its end.
  expect((JSON.parse(await readFile(file, "utf8")) as Report).summary.verdict).toBe("conformant");
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

test("what SIGKILL of a testbed leaves of the reference kubelet goes with the next one", { timeout: 60_000 }, async () => {
  const temporary = join(files.directory, "tmp");
  await mkdir(temporary);
  const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, ["--conditions=@kubelet-conformance/source", bin, "testbed", "--output", "plain", ...args], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: temporary },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    return { child, closed: once(child, "close") };
  };
  const killed = start();
  await once(killed.child.stdout, "data");
  killed.child.kill("SIGKILL");
  await killed.closed;
  expect(await readdir(temporary)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^kubelet-testbed-/), expect.stringMatching(/^reference-kubelet-/)]),
  );
  const next = start("--focus", "health.main.ok");
  next.child.stdout.resume();
  expect(await next.closed).toEqual([0, null]);
  expect(await readdir(temporary)).toEqual([]);
});
