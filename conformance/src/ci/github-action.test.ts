import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";

const here = join(import.meta.dirname, "../../ci/github");

/** The parts of the action's metadata that the tests look at. */
interface Action {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: [{ id: string; env: Record<string, string> }] };
}

let action: Action;
let bin: string;
let directory: string;
beforeAll(async () => {
  // Its members are asserted below.
  action = parse(await readFile(join(here, "action.yml"), "utf8")) as Action;
  bin = await mkdtemp(join(tmpdir(), "action-bin-"));
  const program = join(bin, "kubelet-conformance");
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${join(here, "../../bin/kubelet-conformance.js")}" "$@"\n`);
  await chmod(program, 0o755);
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "action-"));
  return () => rm(directory, { recursive: true });
});
afterAll(() => rm(bin, { recursive: true }));

interface Ended {
  code: number;
  log: string;
  outputs: Record<string, string>;
  summary: string;
}

/** Runs the step as a runner does: inputs with their defaults, as environment. */
async function step(inputs: Record<string, string>): Promise<Ended> {
  const [{ env: wiring }] = action.runs.steps;
  const environment = Object.fromEntries(
    Object.entries(wiring).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? "";
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ""];
    }),
  );
  const [output, summary] = [join(directory, "output"), join(directory, "summary")];
  await writeFile(output, "");
  await writeFile(summary, "");
  const env = {
    ...environment,
    PATH: `${bin}:${dirname(process.execPath)}:${process.env["PATH"]}`,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
  };
  const { code, stdout, stderr } = await promisify(execFile)("bash", [join(here, "test.sh")], { cwd: directory, env }).then(
    (ended) => ({ code: 0, ...ended }),
    // execFile rejects with these for an exit code.
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  const lines = (await readFile(output, "utf8")).split("\n").filter(Boolean);
  return {
    code,
    log: `${stdout}${stderr}`,
    outputs: Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)])),
    summary: await readFile(summary, "utf8"),
  };
}

const testbed = { command: "testbed", version: "" };
const few = ["--kubelet", "reference", "--scenario", "default", "--focus", "health.main"].join("\n");

describe("the action", () => {
  test("takes its inputs as environment only, and hands on what the step writes", async () => {
    const text = await readFile(join(here, "action.yml"), "utf8");
    const runs = /^ {6}run: (.*)$/m.exec(text)?.[1];
    expect(runs).toBe('bash "$GITHUB_ACTION_PATH/test.sh"');
    const { outputs } = await step({ ...testbed, arguments: few });
    expect(Object.values(action.outputs).map(({ value }) => value)).toEqual(
      Object.keys(action.outputs).map((name) => `\${{ steps.test.outputs.${name} }}`),
    );
    expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(action.outputs).toSorted());
  });

  test("tests a kubelet, writes its reports and the summary", async () => {
    const { code, outputs, summary } = await step({ ...testbed, arguments: few });
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ "exit-code": "0", verdict: "conformant", failed: "0" });
    expect(Number(outputs["passed"])).toBeGreaterThan(2);
    expect(await readdir(join(directory, "kubelet-conformance-reports"))).toEqual([
      "report.html",
      "report.json",
      "report.md",
      "report.sarif",
      "report.xml",
    ]);
    expect(summary).toContain("conformant");
  });

  test.each([
    ["not-conformant", 1],
    ["never", 0],
  ])("with a broken kubelet and fail=%s ends with %i", async (fail, expected) => {
    const { code, outputs } = await step({ ...testbed, fail, arguments: `${few}\n--deviation\nhealth.main.ok` });
    expect({ code, ...outputs }).toMatchObject({ code: expected, "exit-code": "1", verdict: "not-conformant", failed: "1" });
  });

  test("adds up the counts of many kubelets", async () => {
    const kubelets = await Promise.all([startKubelet({ kubernetesVersion: "1.36" }), startKubelet({ kubernetesVersion: "1.37" })]);
    onTestFinished(() => Promise.all(kubelets.map((kubelet) => kubelet.stop())).then(() => {}));
    const servers = kubelets.map(({ urls }) => `--server=${urls.main}`);
    const { outputs } = await step({
      version: "",
      arguments: [...servers, "--insecure-skip-tls-verify", "--focus", "authentication.none"].join("\n"),
    });
    expect(outputs).toMatchObject({ "exit-code": "0", failed: "0" });
    const { planned, passed, blocked } = outputs;
    expect(Number(planned)).toBeGreaterThan(2);
    expect(Number(passed) + Number(blocked)).toBe(Number(planned));
  });

  test("says why it could not test, and takes no earlier report for its own", async () => {
    await step({ ...testbed, arguments: few });
    const { code, log, outputs } = await step({ ...testbed, arguments: "--kubelt\nreference" });
    expect(code).toBe(2);
    expect(log).toContain('unknown flag --kubelt; did you mean "--kubelet"?');
    expect(outputs).toEqual({ "exit-code": "2" });
  });

  test("runs nothing that an input holds", async () => {
    const { code } = await step({ ...testbed, arguments: `$(touch ran)\n; touch ran\n\`touch ran\`\n--focus=x" && touch ran #` });
    expect(code).toBe(2);
    expect(await readdir(directory)).not.toContain("ran");
  });

  test.each([
    [{ command: "prove" }, 'command is "prove"; write run or testbed'],
    [{ fail: "always" }, 'fail is "always"; write never, not-conformant or incomplete'],
  ])("refuses %o", async (inputs, message) => {
    const { code, log } = await step({ ...testbed, arguments: few, ...inputs });
    expect(code).toBe(2);
    expect(log).toContain(`::error title=kubelet-conformance::${message}`);
  });
});
