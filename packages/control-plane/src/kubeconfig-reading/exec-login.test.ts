import { access, chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { createAuthority } from "../pki.ts";
import { readKubeconfig } from "../read-kubeconfig.ts";

const directory = await mkdtemp(join(tmpdir(), "plugin-"));
afterAll(() => rm(directory, { recursive: true, force: true }));

const version = "client.authentication.k8s.io/v1";
let written = 0;

/** A kubeconfig whose user logs in by a program with this text, and its path. */
async function withPlugin(script: string, exec: object = {}, cluster: object = {}): Promise<string> {
  const name = `plugin-${++written}`;
  const program = join(directory, name);
  await writeFile(program, `#!${process.execPath}\n${script}\n`);
  await chmod(program, 0o755);
  const user = { exec: { apiVersion: version, interactiveMode: "Never", command: `./${name}`, ...exec } };
  const path = join(directory, `${name}.conf`);
  const clusters = [{ name: "c", cluster: { server: "https://api:6443", ...cluster } }];
  const contexts = [{ name: "c", context: { cluster: "c", user: "u" } }];
  await writeFile(path, JSON.stringify({ "current-context": "c", contexts, clusters, users: [{ name: "u", user }] }));
  return path;
}

/** Prints this status as an ExecCredential. */
function prints(status: object, apiVersion = version): string {
  return `console.log(${JSON.stringify(JSON.stringify({ kind: "ExecCredential", apiVersion, status }))});`;
}

describe("a program that logs the user in", () => {
  test.each([version, "client.authentication.k8s.io/v1beta1"])("gives a token in %s", async (apiVersion) => {
    const path = await withPlugin(prints({ token: "t-1" }, apiVersion), { apiVersion });
    expect(await readKubeconfig(path)).toMatchObject({ server: "https://api:6443", token: "t-1" });
  });

  test("gives a certificate with its key", async () => {
    const authority = await createAuthority({ commonName: "ca" });
    const { cert, key } = authority.issue({ commonName: "u", usage: "client" });
    const read = await readKubeconfig(await withPlugin(prints({ clientCertificateData: cert, clientKeyData: key })));
    expect(read).toMatchObject({ certificate: cert, key });
    expect(read.token).toBeUndefined();
  });

  test("is told its arguments, its variables and the cluster", async () => {
    const seen = join(directory, "seen.json");
    const note = `require("node:fs").writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ args: process.argv.slice(2), variable: process.env.REGION, info: JSON.parse(process.env.KUBERNETES_EXEC_INFO) }));`;
    const { cert } = await createAuthority({ commonName: "ca" });
    const data = Buffer.from(cert).toString("base64");
    const extensions = [{ name: "client.authentication.k8s.io/exec", extension: { audience: "a" } }];
    const exec = { args: ["get-token", "--id=1"], env: [{ name: "REGION", value: "r1" }], provideClusterInfo: true };
    const cluster = { "certificate-authority-data": data, "tls-server-name": "api", extensions };
    await readKubeconfig(await withPlugin(note + prints({ token: "t" }), exec, cluster));
    expect(JSON.parse(await readFile(seen, "utf8"))).toEqual({
      args: ["get-token", "--id=1"],
      variable: "r1",
      info: {
        kind: "ExecCredential",
        apiVersion: version,
        spec: {
          interactive: false,
          cluster: { server: "https://api:6443", "tls-server-name": "api", "certificate-authority-data": data, config: { audience: "a" } },
        },
      },
    });
    await readKubeconfig(await withPlugin(note + prints({ token: "t" })));
    expect(JSON.parse(await readFile(seen, "utf8"))).toMatchObject({ info: { spec: { interactive: false } } });
    expect(await readFile(seen, "utf8")).not.toContain('"cluster"');
  });

  test("runs once for as long as its credential lasts, and again after that", async () => {
    const count = join(directory, "count");
    await writeFile(count, "");
    const script = (expires: string): string => `
      const fs = require("node:fs");
      fs.appendFileSync(${JSON.stringify(count)}, "x");
      const token = "t-" + fs.readFileSync(${JSON.stringify(count)}, "utf8").length;
      console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: ${JSON.stringify(version)}, status: { token, expirationTimestamp: ${expires} } }));`;
    const lasting = await readKubeconfig(await withPlugin(script('"2999-01-01T00:00:00Z"')));
    expect([lasting.token, await lasting.renew?.()]).toEqual(["t-1", { token: "t-1" }]);
    const expired = await readKubeconfig(await withPlugin(script('"2020-01-01T00:00:00Z"')));
    // Whoever asks at the same time shares one run.
    expect([expired.token, ...(await Promise.all([expired.renew?.(), expired.renew?.()]))]).toEqual([
      "t-2",
      { token: "t-3" },
      { token: "t-3" },
    ]);
  });

  const secret = "s3cr3t-token";
  test.each([
    [
      "fails",
      `console.error("${secret}"); console.log("${secret}"); process.exit(3);`,
      {},
      /failed \(exit code 3\); run it by hand to see why$/,
    ],
    ["prints no JSON", `console.log("${secret}");`, {}, /what it printed is not JSON/],
    ["prints another kind", `console.log(JSON.stringify({ kind: "${secret}" }));`, {}, /printed no ExecCredential but something else/],
    [
      "prints another version",
      prints({ token: secret }, "client.authentication.k8s.io/v1beta1"),
      {},
      /of another version than .*\/v1; correct exec.apiVersion/,
    ],
    ["prints no status", prints({}), {}, /without a token and without a certificate; log in with it first/],
    ["prints half a pair", prints({ token: secret, clientKeyData: secret }), {}, /key without its certificate/],
    ["prints no time", prints({ token: secret, expirationTimestamp: "soon" }), {}, /expirationTimestamp is no time/],
    [
      "prints too much",
      `process.stdout.write("${secret}".repeat(200_000)); setInterval(() => {}, 1000);`,
      {},
      /prints more than a credential/,
    ],
    ["wants a terminal", prints({ token: secret }), { interactiveMode: "Always" }, /there is no terminal; run this in one, or use a token/],
    [
      "is not there",
      "",
      { command: "kubelet-conformance-absent", installHint: "get it\nat https://x.example" },
      /is not there; its installation hint: get it at https:\/\/x\.example$/,
    ],
    [
      "is not there and says nothing about it",
      "",
      { command: "kubelet-conformance-absent" },
      /is not there; install it, or correct exec.command$/,
    ],
  ])("that %s ends in one line that names it and holds none of what it said", async (_what, script, exec, message) => {
    const error: unknown = await readKubeconfig(await withPlugin(script, exec)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "kubeconfig-unusable", message: expect.stringMatching(message) });
    expect(String(error)).toMatch(/\.conf: the program "\S*(\/plugin-\d+|kubelet-conformance-absent)"/);
    expect(String(error)).not.toContain(secret);
    expect(String(error)).not.toContain("\n");
  });

  test("that hangs is given up together with what it started", async () => {
    const pids = join(directory, "pids");
    const script = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      require("node:fs").writeFileSync(${JSON.stringify(pids)}, process.pid + " " + child.pid);
      setInterval(() => {}, 1000);`;
    const path = await withPlugin(script);
    await expect(readKubeconfig(path, { execTimeoutMs: 5_000 })).rejects.toThrow(
      /did not end within 5 s; run it by hand to see what it waits for/,
    );
    const started = (await readFile(pids, "utf8")).split(" ").map(Number);
    expect(started).toHaveLength(2);
    for (const pid of started) await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test("ends with the run", async () => {
    const started = join(directory, "started");
    const end = new AbortController();
    const script = `require("node:fs").mkdirSync(${JSON.stringify(started)}); setInterval(() => {}, 1000);`;
    const reading = readKubeconfig(await withPlugin(script), { signal: end.signal }).catch((reason: unknown) => reason);
    await vi.waitFor(() => access(started), { timeout: 10_000 });
    end.abort();
    const error: unknown = await reading;
    expect(String(error)).toMatch(/was given up/);
  });
});

/** A zombie that nobody has asked after counts as ended. */
async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status !== "" && !/\) Z /.test(status);
}
