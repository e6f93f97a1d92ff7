import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

const example = join(import.meta.dirname, "../../examples/vitest");
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "vitest-example-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs the example on a kubelet as its README says, and answers with the counts of its tests. */
async function runExample(kubelet: RunningKubelet, ...args: string[]): Promise<{ passed: number; failed: number }> {
  await kubelet.settled;
  await writeFile(join(directory, "ca.pem"), kubelet.caCertificate);
  await writeFile(join(directory, "admin.pem"), kubelet.adminCredentials?.cert ?? "");
  await writeFile(join(directory, "admin-key.pem"), kubelet.adminCredentials?.key ?? "", { mode: 0o600 });
  const outcome = join(directory, "outcome.json");
  const env = {
    ...process.env,
    KUBELET_SERVER: kubelet.urls.main,
    KUBELET_CA: join(directory, "ca.pem"),
    KUBELET_CERTIFICATE: join(directory, "admin.pem"),
    KUBELET_KEY: join(directory, "admin-key.pem"),
  };
  const report = ["--reporter=json", `--outputFile=${outcome}`];
  await promisify(execFile)(process.execPath, [vitest, "run", "--root", example, ...report, ...args], { env }).catch(() => {});
  // vitest's JSON reporter writes these.
  const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(await readFile(outcome, "utf8")) as Record<string, number>;
  return { passed: numPassedTests, failed: numFailedTests };
}

describe("the example project for vitest", () => {
  test("has a test for each requirement, which a kubelet that keeps them passes", async () => {
    const kubelet = await startKubelet({ kubernetesVersion: "1.36" });
    onTestFinished(() => kubelet.stop());
    const { passed, failed } = await runExample(kubelet, "-t", "health.main");
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThan(2);
  });

  test("fails the test of a requirement that a kubelet breaks", async () => {
    const kubelet = await startKubelet({ kubernetesVersion: "1.36", deviation: "health.main.ok" });
    onTestFinished(() => kubelet.stop());
    expect(await runExample(kubelet, "-t", "health.main")).toMatchObject({ failed: 1 });
  });
});
