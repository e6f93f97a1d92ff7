import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { scratch } from "../cli/cli.support.ts";
import { type TestFleet, testFleet } from "../cli/fleet.support.ts";

const here = join(import.meta.dirname, "../../ci/kubernetes");
const files = await scratch();
let fleet: TestFleet;
let bin: string;

beforeAll(async () => {
  fleet = await testFleet(files, { nodes: 2, kubelet: { kubernetesVersion: "1.36", hostnameOverride: "node" } });
  bin = await mkdtemp(join(tmpdir(), "kubernetes-bin-"));
  const program = join(bin, "kubelet-conformance");
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${join(here, "../../bin/kubelet-conformance.js")}" "$@"\n`);
  await chmod(program, 0o755);
});
afterAll(async () => {
  await fleet.fleet.stop();
  await files.remove();
  await rm(bin, { recursive: true });
});

/** Runs a shell with the program on its path; answers with what it printed. */
async function shell(args: readonly string[], environment: Record<string, string>): Promise<string> {
  const env = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, ...environment };
  return (await promisify(execFile)("/bin/sh", [...args], { env })).stdout;
}

async function plugin(name: string, ...args: string[]): Promise<{ out: string; done: string; unpacked: string }> {
  const results = join(files.directory, name);
  const out = await shell([join(here, "sonobuoy/plugin.sh"), ...args], { SONOBUOY_RESULTS_DIR: results });
  const done = await readFile(join(results, "done"), "utf8");
  const unpacked = join(files.directory, `${name}-unpacked`);
  await mkdir(unpacked);
  await promisify(execFile)("tar", ["-xzf", done, "-C", unpacked]);
  expect(await readdir(results)).not.toContain("done.tmp");
  return { out, done, unpacked };
}

test("the Sonobuoy plugin hands over a tarball with the reports", async () => {
  const { out, done, unpacked } = await plugin("good", "--servers-file", fleet.servers, ...fleet.access, "--focus", "health.check");
  expect(out).toMatch(/^conformant: 2 kubelets: 2 conformant/m);
  expect(done).toBe(join(files.directory, "good", "kubelet-conformance.tar.gz"));
  expect((await readdir(unpacked)).toSorted()).toEqual(["junit.xml", "log.txt", "report.html", "report.json"]);
  expect(await readFile(join(unpacked, "junit.xml"), "utf8")).toContain('<testsuite name="node-1"');
});

test("what could not be run is an error that Sonobuoy sees", async () => {
  const { unpacked } = await plugin("bad", "--profile", "<none>");
  expect(await readFile(join(unpacked, "junit.xml"), "utf8")).toMatch(/<error message="exit code 2: kubelet-conformance: .*&lt;none&gt;/);
});

test("on every node the plugin stays until it is told to end, and then ends at once", async () => {
  const env = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, SONOBUOY_RESULTS_DIR: join(files.directory, "kept"), KEEP_RUNNING: "true" };
  const child = spawn("/bin/sh", [join(here, "sonobuoy/plugin.sh"), "--profile", "none"], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const exited = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) if (line.includes("waiting for Sonobuoy")) break;
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
  // Its sleep, if it had begun one. With a container it would be gone.
  await promisify(execFile)("kill", ["--", `-${child.pid}`]).catch(() => {});
});

test("the Job's command prints a report, and fails without one", async () => {
  // Its members are what is looked at.
  const job = parse(await readFile(join(here, "job.yaml"), "utf8")) as {
    spec: { completions: number; parallelism: number; template: { spec: { containers: [{ args: [string]; env: [{ value: string }] }] } } };
  };
  const { completions, parallelism, template } = job.spec;
  const [{ args, env }] = template.spec.containers;
  expect([parallelism, env[0].value]).toEqual([completions, String(completions)]);
  const script = args[0]
    .replace("--in-cluster --all-nodes", "$ACCESS")
    .replaceAll("/tmp/", `${files.directory}/`)
    .replace("/dev/termination-log", join(files.directory, "said"));
  const access = ["--servers-file", fleet.servers, ...fleet.access, "--focus", "health.check.ping"].join(" ");
  const out = await shell(["-c", script], { ACCESS: access, JOB_COMPLETION_INDEX: "1", SHARDS: "2" });
  expect(JSON.parse(out)).toMatchObject({ kind: "fleet", kubelets: [{ name: expect.stringMatching(/^node-[12]$/) }] });
  await expect(shell(["-c", script], { ACCESS: "--servers-file /absent", JOB_COMPLETION_INDEX: "0", SHARDS: "2" })).rejects.toMatchObject({
    code: 2,
  });
  expect(await readFile(join(files.directory, "said"), "utf8")).toContain("there is no such file");
});

test.each(["job", "daemonset"])("the plugin definition %s is one", async (name) => {
  const definition: unknown = parse(await readFile(join(here, `sonobuoy/${name}.yaml`), "utf8"));
  expect(definition).toMatchObject({
    "sonobuoy-config": { driver: name === "job" ? "Job" : "DaemonSet", "result-format": "junit" },
    spec: { name: "plugin", command: ["kubelet-conformance-sonobuoy"], args: expect.arrayContaining(["--in-cluster"]) },
  });
});

test("what --direct needs in addition is what kubelets ask for, and no more", async () => {
  // The file's own shape is what is looked at.
  const [role] = parseAllDocuments(await readFile(join(here, "rbac-direct.yaml"), "utf8")).map(
    (document) => document.toJS() as { rules?: { resources: string[] }[] },
  );
  const granted = role?.rules?.flatMap(({ resources }) => resources) ?? [];
  const asked = ["checkpoint", "configz", "healthz", "log", "metrics", "pods", "proxy", "stats", "statusz"];
  expect(granted.toSorted()).toEqual(asked.map((name) => `nodes/${name}`));
});

test("nothing in the cluster may be written", async () => {
  const text = await readFile(join(here, "rbac.yaml"), "utf8");
  const documents = parseAllDocuments(text).map((document) => document.toJS() as { rules?: { verbs: string[] }[] }); // Roles have rules.
  const verbs = documents.flatMap(({ rules = [] }) => rules.flatMap((rule) => rule.verbs));
  expect(verbs.length).toBeGreaterThan(0);
  expect(verbs.filter((verb) => verb !== "get" && verb !== "list")).toEqual([]);
});
