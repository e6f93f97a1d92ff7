import { execFile } from "node:child_process";
import { access, chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { scratch } from "../cli/cli.support.ts";
import { testFleet } from "../cli/fleet.support.ts";

const here = join(import.meta.dirname, "../../ci");
const files = await scratch();
let good: RunningKubelet;
let broken: RunningKubelet;
let bin: string;

beforeAll(async () => {
  good = await startKubelet({ kubernetesVersion: "1.36" });
  broken = await startKubelet({ kubernetesVersion: "1.36", deviation: "health.check.ping" });
  await Promise.all([good.settled, broken.settled]);
  // npx --yes kubelet-conformance@VERSION ... as it would be with the package of this checkout.
  bin = join(files.directory, "bin");
  await mkdir(bin);
  const npx = join(bin, "npx");
  await writeFile(
    npx,
    `#!/bin/sh\n[ "$1 $2" = "--yes kubelet-conformance@\${WANTED:-latest}" ] || { echo "npx $*" >&2; exit 127; }\nshift 2\nexec "${process.execPath}" "${join(here, "../bin/kubelet-conformance.js")}" "$@"\n`,
  );
  await chmod(npx, 0o755);
});
afterAll(async () => {
  await Promise.all([good.stop(), broken.stop()]);
  await files.remove();
});

interface Ended {
  code: number;
  stderr: string;
  /** Where it ran. */
  directory: string;
}

/** Runs a script in an empty directory, or in one that is there. */
async function shell(
  args: readonly string[],
  environment: Record<string, string>,
  directory = join(files.directory, crypto.randomUUID()),
): Promise<Ended> {
  await mkdir(directory, { recursive: true });
  const env = { PATH: `${bin}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`, ...environment };
  const { code, stderr } = await promisify(execFile)("/bin/sh", [...args], { cwd: directory, env }).then(
    ({ stderr: said }) => ({ code: 0, stderr: said }),
    // execFile rejects with these for an exit code.
    (error: unknown) => error as { code: number; stderr: string },
  );
  return { code, stderr, directory };
}

const written = (directory: string, name: string): Promise<string> => readFile(join(directory, name), "utf8");

/** Variables that name a kubelet, as a pipeline sets them: its credentials are files. */
async function variablesFor({ urls, caCertificate, adminCredentials }: RunningKubelet): Promise<Record<string, string>> {
  const name = new URL(urls.main).port;
  return {
    KUBELET_CONFORMANCE_SERVER: urls.main,
    KUBELET_CONFORMANCE_CERTIFICATE_AUTHORITY: await files.file(`${name}-ca`, caCertificate),
    KUBELET_CONFORMANCE_CLIENT_CERTIFICATE: await files.file(`${name}-cert`, adminCredentials?.cert ?? ""),
    KUBELET_CONFORMANCE_CLIENT_KEY: await files.file(`${name}-key`, adminCredentials?.key ?? ""),
    KUBELET_CONFORMANCE_FOCUS: "health.check",
  };
}

describe("the GitLab job", async () => {
  // Its members are what is looked at.
  const file = parse(await readFile(join(here, "gitlab/kubelet-conformance.yml"), "utf8")) as Record<
    string,
    {
      image: string;
      variables: Record<string, string>;
      script: string[];
      artifacts: { when: string; paths: string[]; reports: { junit: string } };
    }
  >;
  const [[name, job], ...others] = Object.entries(file) as [[string, (typeof file)[string]], ...unknown[]];
  const run = async (variables: Record<string, string>, directory?: string): Promise<Ended> =>
    // One line after the other in one shell, which ends with the first that fails.
    shell(["-c", ["set -e", ...job.script].join("\n")], { CI: "true", GITLAB_CI: "true", ...job.variables, ...variables }, directory);

  test("is one, of members that GitLab knows, and hands over its reports also when it fails", () => {
    expect([name, others]).toEqual(["kubelet-conformance", []]);
    expect(Object.keys(job).toSorted()).toEqual(["artifacts", "image", "script", "variables"]);
    expect(job.script.every((line) => typeof line === "string" && !line.includes("\n"))).toBe(true);
    expect(job.artifacts).toEqual({ when: "always", paths: ["report.json", "report.html"], reports: { junit: "report.xml" } });
  });

  test("tests the kubelet that its variables name; each artifact is there", async () => {
    const { code, directory, stderr } = await run(await variablesFor(good));
    expect(code, stderr).toBe(0);
    for (const path of job.artifacts.paths) await access(join(directory, path));
    expect(await written(directory, job.artifacts.reports.junit)).toMatch(
      /<testsuites name="kubelet-conformance" tests="[1-9]\d*" failures="0" errors="0"/,
    );
  });

  test.each([
    ["is broken", async () => variablesFor(broken), 1, /failures="1" errors="0"/],
    ["is not there", async () => ({ KUBELET_CONFORMANCE_SERVER: "https://127.0.0.1:1" }), 2, /failures="0" errors="1"/],
  ] as const)("fails where the kubelet %s, with the same artifacts", async (_what, variables, expected, counts) => {
    const { code, directory } = await run(await variables());
    expect(code).toBe(expected);
    for (const path of job.artifacts.paths) await access(join(directory, path));
    expect(await written(directory, job.artifacts.reports.junit)).toMatch(counts);
  });

  test("takes the version that is asked for", async () => {
    const { code, stderr } = await run({ ...(await variablesFor(good)), SUITE_VERSION: "1.2.3", WANTED: "1.2.3" });
    expect(code, stderr).toBe(0);
  });
});

describe("the Tekton task", async () => {
  // Its members are what is looked at.
  const task = parse(await readFile(join(here, "tekton/task.yaml"), "utf8")) as {
    apiVersion: string;
    kind: string;
    spec: {
      params: { name: string; type?: string; default?: string }[];
      workspaces: { name: string }[];
      results: { name: string }[];
      steps: [{ name: string; workingDir: string; env: { name: string; value: string }[]; args: string[]; script: string }];
    };
  };
  const { spec } = task;
  const [step] = spec.steps;

  /** Runs the step as Tekton does: its variables are put in their places, and the script is a file. */
  const run = async (
    parameters: { version?: string; arguments: readonly string[] },
    workspace?: string,
  ): Promise<Ended & { results: string }> => {
    const results = join(files.directory, crypto.randomUUID());
    await mkdir(results);
    const { version = spec.params.find(({ name }) => name === "version")?.default ?? "" } = parameters;
    const filled = (text: string): string =>
      text.replace(/\$\(results\.([\w-]+)\.path\)/g, (_, name: string) => join(results, name)).replaceAll("$(params.version)", version);
    expect(filled(step.script)).not.toContain("$(params");
    const script = await files.file(crypto.randomUUID(), filled(step.script));
    const env = Object.fromEntries(step.env.map(({ name, value }) => [name, filled(value)]));
    const args = step.args.flatMap((arg) => (arg === "$(params.arguments[*])" ? parameters.arguments : [arg]));
    return { ...(await shell([script, ...args], { ...env, WANTED: version }, workspace)), results };
  };
  const flagsFor = async (kubelet: RunningKubelet): Promise<string[]> =>
    Object.entries(await variablesFor(kubelet)).flatMap(([name, value]) => [
      `--${name.replace("KUBELET_CONFORMANCE_", "").toLowerCase().replaceAll("_", "-")}`,
      value,
    ]);

  test("is one of v1, and names in its step only what it declares", () => {
    expect([task.apiVersion, task.kind]).toEqual(["tekton.dev/v1", "Task"]);
    const declared = [
      ...spec.params.map(({ name, type }) => (type === "array" ? `params.${name}[*]` : `params.${name}`)),
      ...spec.workspaces.map(({ name }) => `workspaces.${name}.path`),
      ...spec.results.map(({ name }) => `results.${name}.path`),
    ];
    const used = [...JSON.stringify(step).matchAll(/\$\(([\w.[\]*-]+)\)/g)].map(([, name]) => name ?? "");
    expect([...new Set(used)].toSorted()).toEqual(declared.toSorted());
    expect(step.script).toMatch(/^#!\/bin\/sh\n/);
  });

  test("tests a kubelet, writes its reports into the workspace and its results", async () => {
    const { code, stderr, directory, results } = await run({ version: "1.2.3", arguments: await flagsFor(good) });
    expect(code, stderr).toBe(0);
    for (const name of ["report.json", "report.xml", "report.html"]) await access(join(directory, name));
    expect([await written(results, "verdict"), await written(results, "failed")]).toEqual(["conformant", "0"]);
  });

  test("fails with the kubelet, and its results say why", async () => {
    const { code, results } = await run({ arguments: await flagsFor(broken) });
    expect([code, await written(results, "verdict"), await written(results, "failed")]).toEqual([1, "not-conformant", "1"]);
  });

  test("adds up the failures of several kubelets", async () => {
    const kubelets = await testFleet(files, {
      nodes: 3,
      kubelet: { kubernetesVersion: "1.36", hostnameOverride: "node" },
      forNode: (name) => (name === "node-1" ? {} : { deviation: "health.check.ping" }),
    });
    onTestFinished(() => kubelets.fleet.stop());
    const { results } = await run({ arguments: ["--servers-file", kubelets.servers, ...kubelets.access, "--focus", "health.check"] });
    expect([await written(results, "verdict"), await written(results, "failed")]).toEqual(["not-conformant", "2"]);
  });

  test("takes no report of an earlier run in the same workspace for its own", async () => {
    const first = await run({ arguments: await flagsFor(good) });
    const { code, directory, results } = await run({ arguments: ["--no-such-flag"] }, first.directory);
    expect(code).toBe(2);
    await expect(access(join(directory, "report.json"))).rejects.toThrow("ENOENT");
    await expect(access(join(results, "verdict"))).rejects.toThrow("ENOENT");
  });
});
