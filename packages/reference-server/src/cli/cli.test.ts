import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createSelfSigned } from "@kubelet-conformance/control-plane";
import request from "supertest";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../kubelet.test.support.ts";

const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--conditions=@kubelet-conformance/source", bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function finish(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  const child = start(...args);
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  const [code] = (await once(child, "close")) as [number]; // It ends by itself, with a code.
  return { code, output, errors };
}

test.each([
  [["--prot", "1"], 2, "unknown flag --prot; did you mean --port?"],
  [["--port"], 2, "--port needs a value: --port N"],
  [["--port", "x"], 2, '--port: "x" is not a number from 0 to 65535'],
  [["start"], 2, '"start" is not a flag; the kubelet takes no arguments'],
  [["--kubernetes-version", "2.0"], 2, 'Kubernetes version "2.0" is not covered; give 1.25 to 1.37, or a patch such as v1.37.0'],
  [["--deviation", "health.plain.stauts"], 2, 'there is no deviation "health.plain.stauts"'],
  [["--kubeconfig", "/nowhere/x"], 1, "/nowhere/x: the kubeconfig cannot be read"],
  [
    ["--node-labels", "a b=c"],
    1,
    "failed to validate kubelet flags: invalid node labels: 'a b' - name part must consist of alphanumeric characters",
  ],
  [
    ["--register-with-taints", "a=b:Bad"],
    1,
    'failed to parse kubelet flag: invalid argument "a=b:Bad" for "--register-with-taints" flag: invalid taint effect: Bad, unsupported taint effect',
  ],
  [["--register-schedulable", "false"], 2, "unknown flag --register-schedulable; 1.37 does not have it"],
  [["--feature-gates", "ContainerCheckpoint"], 2, '--feature-gates: "ContainerCheckpoint" is not of the form Name=true or Name=false'],
  [["--config", "/absent.yaml"], 1, "/absent.yaml: the kubelet configuration cannot be read (ENOENT)"],
  [["--root-dir", "/proc/absent"], 1, "/proc/absent: this directory cannot be made; give another one with --root-dir (ENOENT)"],
  [["--root-dir", bin], 1, `${bin}: this directory cannot be made; give another one with --root-dir (EEXIST)`],
  [["--hostname-override", "../x"], 1, '"../x" is no node name; give one of letters'],
  [["--token-auth-file", "/absent.csv"], 1, "/absent.csv: the token file cannot be read (ENOENT)"],
])("%j ends with exit %d and one line", async (args, code, message) => {
  const { errors, ...rest } = await finish(...args);
  expect(rest).toEqual({ code, output: "" });
  expect(errors.trimEnd().split("\n")).toEqual([expect.stringContaining(`reference-kubelet: ${message}`)]);
});

test("what it says of labels that it may not set itself has two lines, as in the real one", async () => {
  const { errors, code } = await finish("--node-labels", "node-role.kubernetes.io/x=");
  expect(code).toBe(1);
  expect(errors.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/unknown 'kubernetes\.io' or 'k8s\.io' labels specified with --node-labels: \[node-role\.kubernetes\.io\/x\]$/),
    expect.stringMatching(/^--node-labels in the 'kubernetes\.io' namespace must begin with an allowed prefix/),
  ]);
});

test.each([
  [
    "featureGates:\n  ContainerCheckpont: true",
    "featureGates.ContainerCheckpont: unrecognized feature gate in 1.36; did you mean ContainerCheckpoint?",
  ],
  [
    "featureGates:\n  KubeletFineGrainedAuthz: false",
    "featureGates.KubeletFineGrainedAuthz: cannot be set to false, it is locked to true in 1.36",
  ],
  [
    "tlsMinVersion: VersionTLS12\ntlsCipherSuites: [TLS_AES_128_GCM_SHA256, FOO]",
    "tlsCipherSuites: Cipher suite FOO not supported or doesn't exist",
  ],
])("%j is refused as a real kubelet refuses it", async (text, reason) => {
  const config = join(await temporaryDirectory(), "kubelet.yaml");
  await writeFile(config, `authorization: { mode: AlwaysAllow }\n${text}\n`);
  const { code, errors } = await finish("--kubernetes-version", "1.36", "--config", config);
  expect([code, errors]).toEqual([1, `reference-kubelet: ${config}:3: ${reason}\n`]);
});

test("a field that makes no sense is told with its line", async () => {
  const config = join(await temporaryDirectory(), "kubelet.yaml");
  await writeFile(config, "kind: KubeletConfiguration\nport: 7000\nreadOnlyPort: 7000\n");
  const { code, errors } = await finish("--config", config);
  expect([code, errors]).toEqual([1, `reference-kubelet: ${config}:3: readOnlyPort: is 7000, the same as port\n`]);
});

test.each([
  ["authentication: { x509: { clientCAFile: $junk } }", "authentication.x509.clientCAFile holds no PEM certificate"],
  ["tlsCertFile: $junk\ntlsPrivateKeyFile: $junk", "tlsCertFile holds no PEM certificate"],
  ["tlsCertFile: $cert\ntlsPrivateKeyFile: $junk", "tlsPrivateKeyFile is not the key of the certificate in tlsCertFile"],
])("%j names the file that is wrong", async (text, reason) => {
  const directory = await temporaryDirectory();
  const [config, junk, cert] = ["kubelet.yaml", "junk", "cert"].map((name) => join(directory, name)) as [string, string, string];
  await writeFile(junk, "x");
  await writeFile(cert, (await createSelfSigned({ commonName: "x", usage: "server" })).cert);
  await writeFile(config, `authorization: { mode: AlwaysAllow }\n${text.replaceAll("$junk", junk).replaceAll("$cert", cert)}\n`);
  const { code, errors } = await finish("--config", config);
  expect(code).toBe(1);
  expect(errors.trimEnd().split("\n")).toEqual([expect.stringContaining(`reference-kubelet: ${junk}: ${reason}`)]);
});

test("--healthz-port is kept to without a configuration, too", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  const { code, errors } = await finish("--port", "0", "--healthz-port", String(port));
  expect([code, errors]).toEqual([1, expect.stringContaining(`healthz listener: port ${port} on 127.0.0.1 is in use`)]);
});

test("--help and --version", async () => {
  expect((await finish("--help")).output).toContain("--kubernetes-version V");
  expect(await finish("--version", "--kubernetes-version", "1.30")).toEqual({ code: 0, output: "v1.30.14\n", errors: "" });
});

test.each([
  ["SIGTERM", [0, null]],
  ["SIGINT", [0, null]],
  ["SIGKILL", [null, "SIGKILL"]],
] as const)("started with nothing it says how to call it, and %s ends it without a trace", async (signal, end) => {
  const child = start("--port", "0", "--hostname-override", "Lab");
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.includes("/checkpoint/")) break;
  }
  const [, pods = "", checkpoint = ""] = /^(curl .*\/pods)\n(curl .*)$/m.exec(lines.join("\n")) ?? [];
  expect(checkpoint).toMatch(/-X POST https:\/\/127\.0\.0\.1:\d+\/checkpoint\/default\/sample-lab\/counter$/);
  const [, ca = "", cert = "", key = "", url = ""] = /--cacert (\S+) --cert (\S+) --key (\S+) (\S+)/.exec(pods) ?? [];
  const files = await Promise.all([ca, cert, key].map((path) => readFile(path)));
  for (const path of [ca, cert, key]) expect((await stat(path)).mode & 0o777).toBe(0o600);
  await request(url).get("").ca(files[0]!).cert(files[1]!).key(files[2]!).expect(200);
  const ended = once(child, "close");
  child.kill(signal);
  expect(await ended).toEqual(end);
  await expect.poll(() => readdir(join(key, "../../..")).catch(() => "gone")).toBe("gone");
});
