import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Har } from "../har/har.ts";
import { startReference } from "./proxy.test.support.ts";

const source = `import { main } from ${JSON.stringify(new URL("../cli.ts", import.meta.url).href)}; await main(process.argv.slice(1));`;

function start(...args: string[]): ChildProcess {
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  return spawn(process.execPath, ["--conditions=@kubelet-conformance/source", "--input-type=module", "--eval", source, "--", ...args], {
    cwd,
  });
}

async function refused(...args: string[]): Promise<string> {
  const child = start(...args);
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  await once(child, "close");
  expect(child.exitCode).toBe(2);
  return errors;
}

let directory = "";
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "proxy-command-"))));
afterEach(() => rmSync(directory, { recursive: true }));

test.each([
  ["--har out.har", "--har goes with --proxy URL; give that, or leave it out"],
  ["--proxy https://n:1 --scenario s.yaml", "--scenario says nothing with --proxy; leave one of them out"],
  ["--proxy https://n:1 --replay x.har", "--replay says nothing with --proxy; leave one of them out"],
  ["--replay x.har --kubernetes-version 1.30", "--kubernetes-version says nothing with --replay; leave one of them out"],
  ["--proxy node-1:10250", '--proxy "node-1:10250" is no URL of a kubelet; write https://NODE:10250'],
  ["--proxy u:hunter2@n:1", '--proxy "[redacted]@n:1" is no URL of a kubelet; write https://NODE:10250'],
  ["--proxy https://n:1/?token=hunter2", '--proxy "https://n:1/?[redacted]" has a path; write https://n:1, all paths go there'],
  ["--proxy https://u:p@n:1", "--proxy takes no password in its URL; give credentials with --token-file"],
  ["--proxy https://n:1/pods", '--proxy "https://n:1/pods" has a path; write https://n:1, all paths go there'],
  ["--proxy https://n:1 --client-key k.pem", "--client-certificate and --client-key go together; give both"],
  ["--proxy https://n:1 --token-file absent", "--token-file absent does not exist; give a file with a bearer token"],
  [
    "--proxy https://n:1 --allow-origin localhost",
    '--allow-origin "localhost" is no origin; write it as browsers do, e.g. http://localhost:5173',
  ],
  ["--proxy http://n:1 --token-file package.json", "--token-file package.json holds no token; it must be one word"],
  [
    "--proxy http://n:1 --no-insecure-skip-tls-verify",
    "unknown option --no-insecure-skip-tls-verify; did you mean --insecure-skip-tls-verify?",
  ],
  [
    `--proxy http://n:1 --kubernetes-version 1.36 --har ${"n".repeat(300)}`,
    `${"n".repeat(300)} cannot be written: ENAMETOOLONG; name a file in a directory that you may write to`,
  ],
  ["--replay absent.har", "absent.har does not exist; name a HAR file"],
])("refuses %s", async (args, message) => expect(await refused(...args.split(" "))).toBe(`mock-kubelet: ${message}\n`));

describe("in front of the reference kubelet", () => {
  let reference: Awaited<ReturnType<typeof startReference>>;
  beforeAll(async () => void (reference = await startReference()));
  afterAll(() => reference.stop());

  /** The command with the reference's administrator for credentials. */
  async function proxy(...args: string[]): Promise<{ child: ChildProcess; url: string; lines: string[]; closed: Promise<unknown> }> {
    writeFileSync(join(directory, "client.crt"), reference.upstream.clientCertificate?.cert ?? "");
    writeFileSync(join(directory, "client.key"), reference.upstream.clientCertificate?.key ?? "");
    const identity = ["--client-certificate", join(directory, "client.crt"), "--client-key", join(directory, "client.key")];
    const child = start("--proxy", reference.upstream.url, ...identity, "--insecure-skip-tls-verify", "--port", "0", "--http", ...args);
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout ?? process.stdin });
    reader.on("line", (line) => lines.push(line));
    const [line] = (await once(reader, "line")) as [string]; // readline's event
    return { child, url: /http:\S+/.exec(line)?.[0] ?? "", lines, closed: once(child, "close") };
  }

  test("finds out the version, says what is wrong, and completes the recording when it is stopped", async () => {
    const file = join(directory, "out.har");
    const { child, url, lines, closed } = await proxy("--har", file);
    expect(lines[0]).toBe(`mock-kubelet on ${url} for ${reference.upstream.url}, Kubernetes 1.36`);
    expect((await fetch(`${url}/pods?watch=true`)).status).toBe(200);
    // Does not end by itself.
    const logs = await fetch(`${url}/containerLogs/default/${reference.pod}/counter?follow=true`);
    await logs.body?.getReader().read();
    child.kill("SIGINT");
    await closed;
    expect(child.exitCode).toBe(0);
    expect(lines.slice(2)).toEqual([
      'violation of the request, getPods, GET /pods: query parameter "watch" is unknown to this operation and ignored',
      `2 exchanges, 1 violation of the spec of Kubernetes 1.36; recorded in ${file}`,
    ]);
    const { log } = JSON.parse(readFileSync(file, "utf8")) as Har; // As the proxy wrote it.
    expect(log.entries.map(({ request: { url: recorded }, comment }) => [recorded.split("/")[3], comment])).toEqual([
      ["pods?watch=%5Bredacted%5D", undefined],
      ["containerLogs", "the client went away"],
    ]);
    expect(readdirSync(directory).toSorted()).toEqual(["client.crt", "client.key", "out.har"]);
  });

  test("ends with 1 where its recording is lost", async () => {
    const parent = join(directory, "gone");
    mkdirSync(parent);
    const { child, lines, closed } = await proxy("--har", join(parent, "out.har"));
    rmSync(parent, { recursive: true });
    child.kill("SIGTERM");
    await closed;
    expect(lines.at(-1)).toMatch(/; the recording is lost: ENOENT/);
    expect(child.exitCode).toBe(1);
  });

  test("serves again what it has recorded", async () => {
    const file = join(directory, "out.har");
    const first = await proxy("--har", file);
    const pods = await (await fetch(`${first.url}/runningpods/`)).text();
    first.child.kill("SIGTERM");
    await first.closed;
    const child = start("--replay", file, "--port", "0", "--http");
    const [line] = (await once(createInterface({ input: child.stdout ?? process.stdin }), "line")) as [string];
    expect(line).toMatch(/, 1 answer of /);
    const again = await fetch(`${/http:[^, ]+/.exec(line)?.[0]}/runningpods/`, { headers: { Origin: "http://elsewhere.example" } });
    expect(await again.text()).toBe(pods);
    expect(again.headers.get("access-control-allow-origin")).toBe("http://elsewhere.example");
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
  });

  test("keeps out pages that were not allowed, and other names", async () => {
    const { child, url, closed } = await proxy("--allow-origin", "http://localhost:5173");
    const ask = (headers: Record<string, string>, method = "GET"): Promise<[number | undefined, string | undefined]> =>
      new Promise((done) => {
        request(`${url}/pods`, { headers, method }, (response) => {
          response.resume();
          done([response.statusCode, response.headers["access-control-allow-origin"]]);
        }).end();
      });
    expect(await ask({ Origin: "http://evil.example" })).toEqual([403, undefined]);
    expect(await ask({ "Sec-Fetch-Site": "cross-site" })).toEqual([403, undefined]);
    expect(await ask({ Host: "rebound.example" })).toEqual([403, undefined]);
    expect(await ask({ Origin: "http://localhost:5173" })).toEqual([200, "http://localhost:5173"]);
    const preflight = { Origin: "http://localhost:5173", "Access-Control-Request-Method": "POST" };
    expect(await ask(preflight, "OPTIONS")).toEqual([204, "http://localhost:5173"]);
    child.kill("SIGTERM");
    await closed;
  });

  test("does not begin where it cannot record, or is not let in by the certificate", async () => {
    const common = ["--proxy", reference.upstream.url, "--port", "0"];
    expect(await refused(...common)).toMatch(/gave no answer: its certificate.*--certificate-authority/);
    expect(await refused(...common, "--insecure-skip-tls-verify", "--har", join(directory, "none", "x.har"))).toMatch(
      /none\/x\.har cannot be written: there is no directory .*none; create it first\n$/,
    );
  });
});
