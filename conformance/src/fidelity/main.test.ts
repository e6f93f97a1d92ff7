import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const server = http.createServer((_, response) => {
  response.sendDate = false;
  response.writeHead(404, "Not Found", ["Content-Type", "text/plain; charset=utf-8", "Content-Length", "19"]).end("404 page not found\n");
});
let directory: string;
let url: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "recordings-"));
  const response = {
    status: 404,
    reason: "Not Found",
    headers: [
      ["Content-Type", "text/plain; charset=utf-8"],
      ["Content-Length", "19"],
    ],
    body: "404 page not found\n",
  };
  const request = { method: "GET", path: "/nothing", as: "none" };
  await mkdir(join(directory, "v1.36.4"));
  await writeFile(
    join(directory, "v1.36.4", "default.json"),
    JSON.stringify({
      stage: "default",
      pod: "p",
      results: {
        "route.same": { request, response },
        "route.other": { request, response: { ...response, status: 405 } },
        "route.admin": { request: { method: "GET", path: "/" }, response },
        "unheard.of": { request, response },
      },
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ["--conditions=@kubelet-conformance/source", main, ...args], (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe("the command", () => {
  it("shows each difference and fails", async () => {
    const { code, stdout } = await run("--recordings", directory, "--server", url, "--verbose");
    expect(stdout).toBe(
      `v1.36.4 default: 3 compared, 1 differ, 1 out of scope

  route.other  (GET /nothing)
    status
    - "405"
    + "404"
  out of scope: route.admin: there are no credentials for the client admin
total: 3 compared, 1 differ, 1 out of scope
  1 out of scope: there are no credentials for the client admin
`,
    );
    expect(code).toBe(1);
  });

  it("says why it leaves a whole stage out", async () => {
    const other = join(directory, "other", "v1.36.4");
    await mkdir(other, { recursive: true });
    const results = { "route.x": { request: { method: "GET", path: "/" }, response: { error: "timeout" } } };
    await writeFile(join(other, "new.json"), JSON.stringify({ stage: "new", pod: "p", results }));
    const { stdout } = await run("--recordings", join(directory, "other"));
    expect(stdout).toContain("v1.36.4 new: 0 compared, 0 differ, 1 out of scope (stage new is not compared yet)\n");
  });

  it("says why it left out exchanges, without being asked", async () => {
    const { stdout } = await run("--recordings", directory, "--server", url, "--filter", "same|admin");
    expect(stdout).toContain(
      "total: 1 compared, 0 differ, 1 out of scope\n  1 out of scope: there are no credentials for the client admin\n",
    );
  });

  it("succeeds without differences", async () => {
    expect(await run("--recordings", directory, "--server", url, "--filter", "same")).toMatchObject({ code: 0, stderr: "" });
  });

  it.each([
    [["--stage", "nonsense"], /unknown stage nonsense; the stages compared are default,/],
    [["--filter", "("], /--filter \( is no regular expression/],
    [["--nonsense"], /Unknown option '--nonsense'.*--help/],
    [["--recordings", "/absent"], /cannot read the recordings in \/absent/],
    [["--server", "10.0.0.1"], /--server 10\.0\.0\.1 is no URL/],
    [["--filter", "^nothing$"], /nothing was compared/],
  ])("refuses %j in one line", async (args, message) => {
    const { code, stderr } = await run("--recordings", directory, ...args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });
});
