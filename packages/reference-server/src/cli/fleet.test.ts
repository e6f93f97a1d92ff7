import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import request from "supertest";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../kubelet.test.support.ts";

const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--conditions=@kubelet-conformance/source", bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("--nodes serves many nodes with one authority, says where, and leaves nothing", async () => {
  const file = join(await temporaryDirectory(), "servers");
  const child = start("--nodes", "12", "--hostname-override", "Lab", "--servers-file", file, "--kubernetes-version", "1.36");
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith("kubelet-conformance run")) break;
  }
  expect(lines[0]).toMatch(/^reference-kubelet v1\.36\.\d+ of 12 nodes, lab-01 to lab-12, serves at https:\/\/127\.0\.0\.1:\d+ to https:/);
  const [, ca = "", cert = "", key = ""] =
    /--certificate-authority (\S+) --client-certificate (\S+) --client-key (\S+)/.exec(lines.join("\n")) ?? [];
  const files = await Promise.all([ca, cert, key].map((path) => readFile(path)));
  const servers = (await readFile(file, "utf8")).trimEnd().split("\n");
  expect(new Set(servers).size).toBe(12);
  const ask = (url: string) => request(url).get("/pods").ca(files[0]!).cert(files[1]!).key(files[2]!);
  const pods = await Promise.all(
    servers.map(async (url) => (await ask(url).expect(200)).body as { items: { metadata: { name: string } }[] }),
  );
  expect(pods.map(({ items }) => items[0]?.metadata.name)).toEqual(
    Array.from({ length: 12 }, (_, index) => `sample-lab-${String(index + 1).padStart(2, "0")}`),
  );
  const ended = once(child, "close");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(await readdir(join(ca, "../..")).catch(() => "gone")).toBe("gone");
});

test.each([
  [["--nodes", "0"], "--nodes: 0 leaves nothing to serve; give 1 or more"],
  [["--nodes", "x"], '--nodes: "x" is not a number from 0 to 10000'],
  [["--servers-file", "x"], "--servers-file is for many nodes; add --nodes N"],
  [["--nodes", "3", "--port", "65534"], "--port: there are no 3 ports from 65534 on; give a smaller one"],
  [["--nodes", "2", "--system-logs", "/x"], "--system-logs is for one node; leave it out with --nodes"],
])("%j is refused", async (args, message) => {
  const child = start(...args);
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  expect(await once(child, "close")).toEqual([2, null]);
  expect(errors).toBe(`reference-kubelet: ${message}\n`);
});
