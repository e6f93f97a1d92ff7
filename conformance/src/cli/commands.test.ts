import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportKinds } from "../report/files.ts";
import type { Report } from "../report/report.ts";
import { commands } from "./commands.ts";
import { cli, scratch } from "./cli.support.ts";

const files = await scratch();
let kubelet: RunningKubelet;
let broken: RunningKubelet;
let access: string[];
const schema: object = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"));
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats.default(ajv);
const isReport = ajv.compile(schema);

beforeAll(async () => {
  kubelet = await startKubelet({ kubernetesVersion: "1.36" });
  broken = await startKubelet({ kubernetesVersion: "1.36", deviation: "health.check.ping" });
  await kubelet.settled;
  access = await accessTo(kubelet, "good");
});
afterAll(() => files.remove());
afterAll(async () => {
  await kubelet.stop();
  await broken.stop();
});

async function accessTo({ urls, caCertificate, adminCredentials }: RunningKubelet, name: string): Promise<string[]> {
  const ca = await files.file(`${name}-ca.pem`, caCertificate);
  const cert = await files.file(`${name}.pem`, adminCredentials?.cert ?? "");
  const key = await files.file(`${name}-key.pem`, adminCredentials?.key ?? "");
  return ["--server", urls.main, "--certificate-authority", ca, "--client-certificate", cert, "--client-key", key];
}

async function runJson(args: readonly string[]): Promise<{ code: number; report: Report; err: string }> {
  const { code, out, err } = await cli(["run", ...args, "--output", "json"]);
  // The schema is checked right below.
  const report = JSON.parse(out) as Report;
  expect({ valid: isReport(report), errors: isReport.errors }).toEqual({ valid: true, errors: null });
  return { code, report, err };
}

describe("run", () => {
  test("finds the reference kubelet conformant, changes nothing and says what is not tested", async () => {
    const { code, report } = await runJson(access);
    expect(report.results.filter(({ verdict }) => verdict === "failed" || verdict === "suite-error")).toEqual([]);
    expect(report).toMatchObject({
      target: {
        kubernetesVersion: kubelet.kubernetesVersion,
        versionSource: "metrics",
        configuration: { checkpointGate: true, debuggingHandlers: true, anonymous: false },
      },
      summary: { verdict: "incomplete", failed: 0 },
      leftovers: [],
    });
    expect(await readdir(join(kubelet.rootDirectory, "checkpoints"))).toEqual([]);
    expect(code).toBe(0);
    expect((await cli(["run", ...access, "--require-complete", "--output", "plain"])).code).toBe(1);
  });

  test("makes checkpoints when it is allowed to, and lists them", async () => {
    const pod = `default/sample-${kubelet.nodeName}/counter`;
    const { code, report } = await runJson([...access, "--profile", "checkpoint", "--checkpoint", pod, "--node-root", "/"]);
    expect(report.results.filter(({ verdict }) => verdict === "failed" || verdict === "suite-error")).toEqual([]);
    expect(report.target.runtime).toBe("ok");
    const made = await readdir(join(kubelet.rootDirectory, "checkpoints"));
    expect(report.leftovers.toSorted()).toEqual(made.map((name) => join(kubelet.rootDirectory, "checkpoints", name)).toSorted());
    expect(code).toBe(0);
  });

  test("finds a broken kubelet, and writes the same in every form", async () => {
    const args = [...(await accessTo(broken, "broken")), "--focus", "health.check"];
    const { code, report } = await runJson(args);
    expect(code).toBe(1);
    expect(report.summary).toMatchObject({ verdict: "not-conformant", failed: 1 });
    expect(report.results.find(({ verdict }) => verdict === "failed")).toMatchObject({
      id: "health.check.ping",
      expected: "status 200",
      exchanges: [{ request: { target: "/healthz/ping", client: "credentials" }, response: { status: 404 } }],
    });
    const reports = reportKinds.flatMap((kind) => ["--report", `${kind}=${join(files.directory, `all.${kind}`)}`]);
    const plain = await cli(["run", ...args, "--output", "plain", ...reports]);
    expect(plain.out).toMatch(/^failed +health\.check\.ping: expected status 200, got 404 /m);
    expect(plain.out).toMatch(/^not-conformant: /m);
    const written = (kind: string): Promise<string> => readFile(join(files.directory, `all.${kind}`), "utf8");
    expect(isReport(JSON.parse(await written("json")))).toBe(true);
    const shows: Record<string, RegExp> = {
      html: /<details class="problem p0" id="health\.check\.ping" open>/,
      markdown: /^failed {2}health\.check\.ping\n {4}MUST .*\n {4}expected status 200\n {4}got {6}404 /m,
      junit: /name="health\.check\.ping" time="[\d.]+"><failure message="expected status 200, got 404 /,
      sarif: /"ruleId": "health\.check\.ping"/,
      ctrf: /"name": "health\.check\.ping",\s+"status": "failed"/,
      tap: /^not ok \d+ - health\.check\.ping$/m,
      badge: /"message": "not conformant, \d+ of \d+ passed"/,
      "in-toto": /"failedTests": \[\s+"health\.check\.ping"\s+\]/,
    };
    for (const [kind, pattern] of Object.entries(shows)) expect(await written(kind)).toMatch(pattern);
    expect(["json", ...Object.keys(shows)].toSorted()).toEqual(reportKinds.toSorted());
  });

  test("one of several kubelets that cannot be reached does not keep the others from it", async () => {
    const { code, err, out } = await cli([
      "run",
      "--server",
      "https://127.0.0.1:1",
      ...access,
      "--focus",
      "health.main.ok",
      "--output",
      "plain",
      "--report",
      `json=${join(files.directory, "many.json")}`,
    ]);
    expect(err).toMatch(/nothing listens on https:\/\/127\.0\.0\.1:1/);
    expect(out).toMatch(/^conformant +\S+: 1 passed/m);
    expect(code).toBe(2);
    // Its form has a test of its own.
    const { summary } = JSON.parse(await readFile(join(files.directory, "many.json"), "utf8")) as { summary: object };
    expect(summary).toMatchObject({ verdict: "incomplete", kubelets: 2, conformant: 1, notTested: 1 });
  });

  test("options come from a file, a variable, a flag, the later the stronger", async () => {
    const [, server, , ca, , cert, , key] = access;
    const config = await files.file(
      "all.yaml",
      `server: ${server}\ncertificate-authority: ${ca}\nclient-certificate: ${cert}\nclient-key: ${key}\nfocus: [health.main]\noutput: plain\nconcurrency: 2\n`,
    );
    const focused = async (flags: string[], environment: Record<string, string>) =>
      (await cli(["run", "--config", config, ...flags], environment)).out.match(/(\d+) planned/)?.[1];
    const [byFile, byVariable, byFlag] = [
      await focused([], {}),
      await focused([], { KUBELET_CONFORMANCE_FOCUS: "health.main.ok,health.check.ping" }),
      await focused(["--focus", "health.main.ok"], { KUBELET_CONFORMANCE_FOCUS: "health.check" }),
    ];
    expect(Number(byFile)).toBeGreaterThan(2);
    expect([byVariable, byFlag]).toEqual(["2", "1"]);
  });

  test("known failures are accepted, stale and expired ones are not, and the file can be rewritten", async () => {
    const known = join(files.directory, "known.yaml");
    const args = ["run", ...(await accessTo(broken, "broken")), "--focus", "health.check", "--output", "plain", "--known-failures", known];
    const made = await cli([...args, "--update-known-failures"]);
    expect(made.code).toBe(1);
    expect(await readFile(known, "utf8")).toMatch(/- id: health\.check\.ping\n {2}reason: /);
    const accepted = await cli(args);
    expect(accepted.out).toMatch(/^known-failure +health\.check\.ping/m);
    expect(accepted.code).toBe(0);
    await writeFile(known, "- { id: health.check.ping, reason: slow vendor, expires: 2020-01-01 }\n");
    const expired = await cli(args);
    expect(expired.out).toMatch(/expired on 2020-01-01 \(slow vendor\)/);
    expect(expired.code).toBe(1);
    await writeFile(known, "- { id: health.check.ping, reason: x }\n- { id: health.check.log, reason: y }\n");
    const stale = await cli(args);
    expect(stale.out).toMatch(/failed {2}health\.check\.log\n.*\n.*\n.*it passes\n.*stale known failure/);
    expect(stale.code).toBe(1);
  });

  test("no secret reaches a report", async () => {
    const [, , , ca] = access;
    const token = "very-secret-token-value";
    const { out, err } = await cli([
      "run",
      "--server",
      kubelet.urls.main,
      "--certificate-authority",
      ca ?? "",
      "--token",
      token,
      "--output",
      "json",
    ]);
    expect(out + err).not.toContain(token);
    const reports = reportKinds.flatMap((kind) => ["--report", `${kind}=${join(files.directory, `secret.${kind}`)}`]);
    const { out: whole } = await cli(["run", ...access, "--output", "json", ...reports]);
    expect(whole).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE/);
    for (const kind of reportKinds)
      expect(await readFile(join(files.directory, `secret.${kind}`), "utf8")).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE/);
  });
});

describe("list, explain and inspect", () => {
  test("list prints at least 100 requirements, as JSON and as a table", async () => {
    const { out, code } = await cli(["list", "--output", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).length).toBeGreaterThanOrEqual(100);
    const table = await cli(["list", "--profile", "checkpoint", "--level", "must", "--kubernetes-version", "1.30"]);
    expect(table.out).toMatch(/^checkpoint\.response\.ok +MUST +1\.25\+ +MUST answer 200/m);
    expect(table.out).toMatch(/^\d+ requirements: \d+ MUST$/m);
  });

  test("explain shows text, sources, check, exchange, curl line and what proves it", async () => {
    const { out, code } = await cli(["explain", "checkpoint.response.unknown-pod"]);
    expect(code).toBe(0);
    for (const part of [
      "MUST answer 404 when the namespace has no such pod",
      "https://kubernetes.io/docs/reference/node/kubelet-checkpoint-api/",
      "https://github.com/kubernetes/kubernetes/blob/release-1.37/pkg/kubelet/server/server.go (checkpoint)",
      "POST /checkpoint/NAMESPACE/kubelet-conformance-absent/CONTAINER",
      "class unknown-pod (the pod does not exist)",
      "proven by",
      "curl -sSi --path-as-is -X POST",
    ]) {
      expect(out).toContain(part);
    }
  });

  test("explain names the file of a check, and what speaks streams where curl does not", async () => {
    const { out } = await cli(["explain", "streaming.websocket.status"]);
    expect(out).toContain('conformance/src/checks/streaming-web-socket.ts, ["streaming.websocket.status"]');
    expect(out).toMatch(/^ {2}proven by {2}a reference kubelet that tells an exit code/m);
    expect(out).toMatch(/^ {4}kubelet-conformance run .* --exec NAMESPACE\/POD\/CONTAINER --focus streaming\.websocket\.status$/m);
    expect(out).toContain("kubectl exec -n NAMESPACE POD -c CONTAINER");
    expect(out).not.toContain("curl -");
  });

  test("every requirement can be explained", async () => {
    const { out } = await cli(["list", "--output", "json"]);
    const requirements: { id: string }[] = JSON.parse(out);
    for (const { id } of requirements) {
      const { code, out: text } = await cli(["explain", id]);
      expect([id, code, text.split("\n")[0]]).toEqual([id, 0, id]);
    }
  });

  test("inspect shows an archive that the kubelet made", async () => {
    const [name = ""] = await readdir(join(kubelet.rootDirectory, "checkpoints"));
    const { out, err, code } = await cli(["inspect", join(kubelet.rootDirectory, "checkpoints", name)]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^ {2}mode +0600 in a directory of 0700$/m);
    expect(out).toMatch(/^ {2}engine +containerd, /m);
    expect((await cli(["inspect", "/nowhere.tar"])).code).toBe(2);
  });

  test("help and version", async () => {
    expect((await cli(["--version"])).out).toMatch(/^kubelet-conformance \d+\.\d+\.\d+/);
    for (const { name } of commands) {
      for (const flag of ["--help", "--help-all"]) {
        const { out, code } = await cli([name, flag]);
        expect(code).toBe(0);
        expect(out).toMatch(/Usage: kubelet-conformance [\s\S]*Examples:[\s\S]*Exit codes:/);
        // The variable that it explains is one of an option that it has.
        if (flag === "--help-all") expect(out).toContain(`  --${/KUBELET_CONFORMANCE_\w+\s+for\s+--([\w-]+)/.exec(out)?.[1]}`);
        if (flag === "--help") expect(out.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
      }
    }
    expect(await cli(["help"])).toMatchObject({ code: 0, out: expect.stringContaining("testbed") });
    expect(await cli([])).toMatchObject({ code: 2, err: expect.stringContaining("Usage") });
  });
});
