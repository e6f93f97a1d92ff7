import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratch } from "./cli.support.ts";
import { startCluster, type TestCluster } from "./cluster.support.ts";
import type { diff } from "./commands/diff.ts";
import type { doctor } from "./commands/doctor.ts";
import type { explain } from "./commands/explain.ts";
import type { inspect } from "./commands/inspect.ts";
import type { list } from "./commands/list.ts";
import type { merge } from "./commands/merge.ts";
import type { prove } from "./commands/prove.ts";
import type { run } from "./commands/run.ts";
import type { testbed } from "./commands/testbed.ts";
import type { commonOptions } from "./options.ts";

/** The program as it is built. */
const program = join(import.meta.dirname, "../../bin/kubelet-conformance.js");
const files = await scratch();
const token = "flags-test-token";
let cluster: TestCluster;
let kubelet: RunningKubelet;
const at = (name: string): string => join(files.directory, name);
const paths = { ca: "", certificate: "", key: "", token: "", kubeconfig: "", config: "", servers: "", report: at("one.json") };

beforeAll(async () => {
  cluster = await startCluster();
  kubelet = await startKubelet({ kubernetesVersion: "1.36", tokens: [{ token, name: "flags", uid: "", groups: ["system:masters"] }] });
  await kubelet.settled;
  paths.ca = await files.file("ca.pem", kubelet.caCertificate);
  paths.certificate = await files.file("admin.pem", kubelet.adminCredentials?.cert ?? "");
  paths.key = await files.file("admin-key.pem", kubelet.adminCredentials?.key ?? "");
  paths.token = await files.file("token", token);
  paths.kubeconfig = cluster.kubeconfig;
  paths.config = await files.file("config.yaml", `server: ${kubelet.urls.main}\nfocus: [health.main.ok]\n`);
  paths.servers = await files.file("servers.txt", `${kubelet.urls.main}\n`);
  await ended(["run", ...asAdmin(), ...ping, "--report", `json=${paths.report}`]);
});
afterAll(async () => {
  await kubelet.stop();
  await cluster.stop();
  await files.remove();
});

/** What one flag does: the rest of the command line, and what must be seen of it. */
interface Trial {
  args: () => string[];
  /** Default 0. */
  code?: number;
  /** Default: anything. */
  out?: RegExp;
  err?: RegExp;
}

const ping = ["--focus", "health.main.ok"];
const ofServer = (): string[] => ["--server", kubelet.urls.main, "--certificate-authority", paths.ca];
const asAdmin = (): string[] => [...ofServer(), "--client-certificate", paths.certificate, "--client-key", paths.key];
const ofNode = (): string[] => ["--kubeconfig", paths.kubeconfig, "--node", "live"];
const sample = (): string => `default/sample-${kubelet.nodeName}/counter`;
const onePassed = /^conformant: 1 passed \(/m;
/** Of a report of many kubelets. */
const oneConformant = /^conformant: 1 kubelet: 1 conformant \(/m;
const passes = (...more: string[]): Trial => ({ args: () => [...asAdmin(), ...ping, ...more], out: onePassed });
const testsOne = (...more: string[]): Trial => ({ args: () => ["--scenario", "default", ...ping, ...more], out: onePassed });

/** The doctor got in: only the configuration tells. */
const sees = { code: 1, out: /authorization is AlwaysAllow/ };

type FlagsOf<C extends { options: object }> = Record<Exclude<keyof C["options"], symbol | number>, Trial>;

const trials = {
  run: {
    server: passes(),
    token: { args: () => [...ofServer(), ...ping, "--token", token], out: onePassed },
    "token-file": { args: () => [...ofServer(), ...ping, "--token-file", paths.token], out: onePassed },
    "client-certificate": passes(),
    "client-key": passes(),
    "certificate-authority": passes(),
    "insecure-skip-tls-verify": {
      args: () => ["--server", kubelet.urls.main, "--token-file", paths.token, "--insecure-skip-tls-verify", ...ping],
      out: onePassed,
    },
    "tls-server-name": {
      args: () => [...asAdmin(), ...ping, "--tls-server-name", "other.example"],
      code: 2,
      err: /is for another name/,
    },
    kubeconfig: { args: () => [...ofNode(), "--focus", "node-labels.os"], out: onePassed },
    context: { args: () => [...ofNode(), "--context", "nowhere"], code: 2, err: /has no context "nowhere"; it has / },
    node: { args: () => ["--kubeconfig", paths.kubeconfig, "--node", "nobody"], code: 2, err: /nobody/ },
    "in-cluster": {
      args: () => ["--in-cluster", "--node", "live"],
      code: 2,
      err: /this runs in no pod of a cluster: KUBERNETES_SERVICE_HOST is not set/,
    },
    "all-nodes": { args: () => ["--kubeconfig", paths.kubeconfig, "--all-nodes", "--focus", "node-labels.os"], out: /1 passed/ },
    "servers-file": {
      args: () => ["--servers-file", paths.servers, "--certificate-authority", paths.ca, "--token-file", paths.token, ...ping],
      out: onePassed,
    },
    shard: { args: () => [...asAdmin(), ...ping, "--shard", "0/1"], out: oneConformant },
    parallel: passes("--parallel", "2"),
    differential: {
      args: () => [...ofNode(), "--differential", "--insecure-skip-tls-verify", "--focus", "health.main"],
      out: /proxy/,
    },
    direct: { args: () => [...ofNode(), "--direct", "--insecure-skip-tls-verify", ...ping], out: onePassed },
    "kubernetes-version": { args: () => [...asAdmin(), ...ping, "--kubernetes-version", "1.30"], out: /^kubelet 1\.30 at /m },
    profile: { args: () => [...asAdmin(), "--profile", "configuration"], out: /^configuration +(conformant|incomplete) /m },
    focus: passes(),
    skip: {
      args: () => [...asAdmin(), "--focus", "health.main", "--skip", "health.main.verbose"],
      out: /^(?![\s\S]*health\.main\.verbose )/,
    },
    "rerun-failed": { args: () => [...asAdmin(), "--rerun-failed", "/nowhere.json"], code: 2, err: /\/nowhere\.json/ },
    "read-only-port": {
      args: () => [...asAdmin(), "--focus", "read-only-port.healthz", "--read-only-port", "1"],
      code: 1,
      out: /read-only-port\.healthz: expected an answer, got the connection was refused/,
    },
    "healthz-port": passes("--healthz-port", "1"),
    pod: { args: () => [...asAdmin(), "--focus", "container-logs.response.ok", "--pod", sample()] },
    checkpoint: {
      args: () => [...asAdmin(), "--focus", "checkpoint.response.ok", "--checkpoint", sample()],
      out: /left on the node \(1 archive/,
    },
    exec: { args: () => [...asAdmin(), "--exec", "default/none/none"], code: 2, err: /--exec: there is no pod default\/none on this node/ },
    "node-root": passes("--node-root", "/"),
    "runtime-endpoint": { args: () => [...asAdmin(), "--focus", "runtime.service.version", "--runtime-endpoint", cluster.runtimeEndpoint] },
    "long-checks": passes("--long-checks"),
    declare: {
      args: () => [...asAdmin(), "--focus", "checkpoint.response.gate-off", "--declare", "checkpoint-gate=false"],
      code: 1,
      out: /failed/,
    },
    "known-failures": { args: () => [...asAdmin(), ...ping, "--known-failures", "/nowhere.yaml"], code: 2, err: /\/nowhere\.yaml/ },
    "update-known-failures": passes("--known-failures", at("known.yaml"), "--update-known-failures"),
    timeout: passes("--timeout", "5"),
    concurrency: passes("--concurrency", "1"),
    "max-failures": passes("--max-failures", "1"),
    strict: passes("--strict"),
    score: passes("--score", "all"),
    "require-complete": passes("--require-complete"),
    report: passes("--report", `json=${at("report.json")}`),
    output: { args: () => [...asAdmin(), ...ping, "--output", "json"], out: /^\{"schemaVersion":1,/ },
  } satisfies FlagsOf<typeof run>,
  testbed: {
    kubelet: testsOne("--kubelet", "reference"),
    runtime: testsOne("--runtime", "double"),
    image: { args: () => ["--image", "x"], code: 2, err: /--image is for a real runtime/ },
    restore: { args: () => ["--restore"], code: 2, err: /--restore is for a real runtime/ },
    memory: { args: () => ["--memory", "64"], code: 2, err: /--memory is for a real runtime/ },
    "kubernetes-version": { args: () => [...ping, "--scenario", "default", "--kubernetes-version", "1.30"], out: /v1\.30\./ },
    scenario: testsOne(),
    deviation: {
      args: () => [...ping, "--scenario", "default", "--deviation", "health.main.ok"],
      code: 1,
      out: /failed {2}health\.main\.ok/,
    },
    profile: { args: () => ["--scenario", "default", "--profile", "configuration"], out: /^configuration +conformant /m },
    focus: testsOne(),
    skip: testsOne("--skip", "checkpoint"),
    "rerun-failed": { args: () => ["--rerun-failed", "/nowhere.json"], code: 2, err: /\/nowhere\.json/ },
    "long-checks": testsOne("--long-checks"),
    timeout: testsOne("--timeout", "5"),
    concurrency: testsOne("--concurrency", "1"),
    strict: testsOne("--strict"),
    "require-complete": testsOne("--require-complete"),
    score: testsOne("--score", "all"),
    "known-failures": { args: () => ["--known-failures", "/nowhere.yaml"], code: 2, err: /\/nowhere\.yaml/ },
    "update-known-failures": testsOne("--known-failures", at("testbed-known.yaml"), "--update-known-failures"),
    report: testsOne("--report", `markdown=${at("report.md")}`),
    output: { args: () => ["--scenario", "default", ...ping, "--output", "plain"], out: /^passed +health\.main\.ok$/m },
  } satisfies FlagsOf<typeof testbed>,
  prove: {
    profile: { args: () => ["--profile", "core", ...ping], out: /1 of 1 deviations killed/ },
    focus: { args: () => ping, out: /1 of 1 deviations killed/ },
    skip: { args: () => ["--focus", "health.main", "--skip", "health.main", ...ping], code: 1 },
    workers: { args: () => [...ping, "--workers", "1"], out: /1 of 1 deviations killed/ },
    output: { args: () => [...ping, "--output", "json"], out: /^\[\{"id":"health\.main\.ok"/ },
    file: { args: () => [...ping, "--file", "/nowhere/x.json"], code: 2, err: /there is no directory \/nowhere/ },
  } satisfies FlagsOf<typeof prove>,
  list: {
    profile: { args: () => ["--profile", "checkpoint"], out: /^checkpoint\.response\.ok /m },
    area: { args: () => ["--area", "health"], out: /^health\.main\.ok /m },
    level: { args: () => ["--area", "health", "--level", "should"], out: /\d+ requirements: \d+ SHOULD$/m },
    "kubernetes-version": { args: () => ["--kubernetes-version", "1.25"], out: /1\.25\+/ },
    output: { args: () => ["--area", "health", "--output", "json"], out: /^\[\n {2}\{\n {4}"id": "health/ },
  } satisfies FlagsOf<typeof list>,
  explain: {
    output: { args: () => ["health.main.ok", "--output", "json"], out: /^\{\n {2}"id": "health\.main\.ok"/ },
  } satisfies FlagsOf<typeof explain>,
  doctor: {
    server: { args: asAdmin, ...sees },
    token: { args: () => [...ofServer(), "--token", token], ...sees },
    "token-file": { args: () => [...ofServer(), "--token-file", paths.token], ...sees },
    "client-certificate": { args: asAdmin, ...sees },
    "client-key": { args: asAdmin, ...sees },
    "certificate-authority": { args: asAdmin, ...sees },
    "insecure-skip-tls-verify": {
      args: () => ["--server", kubelet.urls.main, "--token-file", paths.token, "--insecure-skip-tls-verify"],
      ...sees,
    },
    "tls-server-name": { args: () => [...asAdmin(), "--tls-server-name", "other.example"], code: 1, out: /is not for other\.example/ },
    kubeconfig: { args: () => ["--kubeconfig", paths.kubeconfig], code: 1, out: /node live/ },
    context: { args: () => ["--kubeconfig", paths.kubeconfig, "--context", "nowhere"], code: 2, err: /has no context "nowhere"/ },
    node: { args: ofNode, code: 1, out: /node live/ },
    "all-nodes": { args: () => ["--kubeconfig", paths.kubeconfig, "--all-nodes"], code: 1, out: /node live/ },
    "in-cluster": { args: () => ["--in-cluster"], code: 2, err: /this runs in no pod of a cluster/ },
    direct: { args: () => [...ofNode(), "--direct"], code: 1, out: /node live/ },
    "runtime-endpoint": { args: () => ["--runtime-endpoint", cluster.runtimeEndpoint], out: /runtime at unix:\/\// },
    "node-root": { args: () => ["--node-root", "/nowhere"], code: 2, err: /--node-root \/nowhere is no directory/ },
    timeout: { args: () => [...asAdmin(), "--timeout", "2"], ...sees },
    output: { args: () => ["--runtime-endpoint", cluster.runtimeEndpoint, "--output", "json"], out: /"schemaVersion": 1/ },
  } satisfies FlagsOf<typeof doctor>,
  diff: {
    output: { args: () => ["/nowhere.json", "/nowhere.json", "--output", "markdown"], code: 2, err: /\/nowhere\.json/ },
  } satisfies FlagsOf<typeof diff>,
  merge: {
    newest: { args: () => [paths.report, paths.report, "--newest"], out: oneConformant },
    "require-complete": { args: () => [paths.report, "--require-complete"], out: oneConformant },
    report: {
      args: () => [paths.report, "--report", `html=${at("merged.html")}`],
      out: oneConformant,
      err: /^report: .*merged\.html$/m,
    },
    output: { args: () => [paths.report, "--output", "json"], out: /^\{"schemaVersion":1,"kind":"fleet",/ },
  } satisfies FlagsOf<typeof merge>,
  inspect: {
    output: { args: () => ["/nowhere.tar", "--output", "json"], code: 2, out: /"schemaVersion": 1/ },
    strict: { args: () => ["/nowhere.tar", "--strict"], code: 2, err: /\/nowhere\.tar/ },
  } satisfies FlagsOf<typeof inspect>,
};

/** Of every command; tried on one. */
const common: Record<keyof typeof commonOptions, Trial> = {
  config: {
    args: () => ["run", "--config", paths.config, "--token-file", paths.token, "--certificate-authority", paths.ca],
    out: onePassed,
  },
  lang: { args: () => ["list", "--area", "health", "--lang", "ja"], out: /MUST .*する/ },
  help: { args: () => ["run", "--help"], out: /^Usage: kubelet-conformance run /m },
  "help-all": { args: () => ["run", "--help-all"], out: /--max-failures N/ },
};

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

async function ended(args: readonly string[]): Promise<Ended> {
  return promisify(execFile)(process.execPath, [program, ...args], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: "C" },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => {
      // execFile rejects with these for an exit code.
      const { code, stdout, stderr } = error as Ended;
      return { code, stdout, stderr };
    },
  );
}

function ofCommand(command: string, flags: Record<string, Trial>): [string, Trial & { command: string[] }][] {
  return Object.entries(flags).map(([flag, trial]) => [`${command} --${flag}`, { ...trial, command: [command] }]);
}

const all: [string, Trial & { command: string[] }][] = [
  ...Object.entries(trials).flatMap(([command, flags]) => ofCommand(command, flags)),
  ...Object.entries(common).map(([flag, trial]): [string, Trial & { command: string[] }] => [`--${flag}`, { ...trial, command: [] }]),
];

describe("the built program takes", () => {
  test.concurrent.each(all)("%s", { timeout: 120_000 }, async (flag, { command, args, code = 0, out = /^/, err = /^/ }) => {
    const line = args();
    const seen = await ended([...command, ...line]);
    expect(seen).toEqual({ ...seen, code, stdout: expect.stringMatching(out), stderr: expect.stringMatching(err) });
    expect(seen.stderr).not.toMatch(/internal error|\n {4}at /);
    // The trial is of that very flag.
    const name = flag.replace(/^.*--/, "--");
    expect(line.some((word) => word === name || word.startsWith(`${name}=`))).toBe(true);
  });
});
