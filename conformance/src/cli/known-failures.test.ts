import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type KubeletOptions, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, expect, test } from "vitest";
import type { Report } from "../report/report.ts";
import { cli, scratch } from "./cli.support.ts";

const files = await scratch();
afterAll(() => files.remove());

/** Kubelets that one client may ask: one breaks a requirement, the others keep it. */
const token = { token: "fleet", name: "admin", uid: "1", groups: [] };
async function start(deviation?: KubeletOptions["deviation"]) {
  const kubelet = await startKubelet({ kubernetesVersion: "1.36", tokens: [token], ...(deviation === undefined ? {} : { deviation }) });
  afterAll(() => kubelet.stop());
  await kubelet.settled;
  return ["--server", kubelet.urls.main];
}
const good = await start();
const alike = await start();
const broken = await start({
  summary: "has no /healthz/ping",
  http: async (request, next) => {
    const answer = await next(request);
    return request.target === "/healthz/ping" ? { ...answer, status: 404 } : answer;
  },
});
const access = [
  "--insecure-skip-tls-verify",
  "--token-file",
  await files.file("token", token.token),
  "--focus",
  "health.check",
  "--output",
  "plain",
];
const known = join(files.directory, "known.yaml");
const run = (...args: string[]) => cli(["run", ...args, ...access, "--known-failures", known]);

test("of several kubelets, one that fails keeps an entry; where all pass it is stale", async () => {
  await writeFile(known, "- { id: health.check.ping, reason: slow vendor }\n");
  const mixed = await run(...good, ...broken);
  expect(mixed.err).toBe("");
  expect(mixed.out).toMatch(/^known-failure +health\.check\.ping on 1 of 2: /m);
  expect(mixed.code).toBe(0);
  const stale = await run(...good, ...alike);
  expect(stale.err).toBe("stale known failures, which pass on every kubelet; remove their entries: health.check.ping\n");
  expect(stale.code).toBe(1);
});

test("a kubelet that cannot be reached makes no entry stale", async () => {
  await writeFile(known, "- { id: health.check.ping, reason: slow vendor }\n");
  const { code, err } = await run(...good, "--server", "https://127.0.0.1:1");
  expect(err).not.toContain("stale");
  expect(code).toBe(2);
});

test("a known failure does not count for --max-failures, and is never shown as a failure", async () => {
  await writeFile(known, "- { id: health.check.ping, reason: slow vendor }\n");
  const { code, out } = await run(...broken, "--max-failures", "1");
  expect(out).not.toMatch(/^failed/m);
  expect(out).not.toMatch(/not run/);
  expect(code).toBe(0);
});

test("entries that were not put to the test are told", async () => {
  await writeFile(
    known,
    "- { id: health.check.ping, reason: x }\n- { id: pods.allocated.list, reason: y }\n- { id: checkpoint.response.ok, reason: z }\n",
  );
  const { code, err } = await run(...broken);
  expect(err).toBe("known failures: 2 of 3 not put to the test: pods.allocated.list (not run), checkpoint.response.ok (not run)\n");
  expect(code).toBe(0);
});

test("an update over several kubelets holds the failures of all", async () => {
  await writeFile(known, "- { id: health.check.log, reason: passes everywhere }\n");
  const { code, err } = await run(...good, ...broken, "--update-known-failures");
  expect([code, err]).toEqual([1, `known failures: ${known} has 1 now\n`]);
  expect(await readFile(known, "utf8")).toMatch(/^# [^\n]*\n- id: health\.check\.ping\n {2}reason: fails as of this run[^\n]*\n$/);
});

test("the testbed accepts known failures, and writes them", async () => {
  await writeFile(known, "");
  const args = [
    "testbed",
    "--kubernetes-version",
    "1.36",
    "--deviation",
    "health.check.ping",
    "--focus",
    "health.check",
    "--known-failures",
    known,
  ];
  const written = await cli([...args, "--update-known-failures", "--output", "plain"]);
  expect([written.code, written.err]).toEqual([1, `known failures: ${known} has 1 now\n`]);
  const accepted = await cli([...args, "--output", "json"]);
  // The only thing that this form prints.
  const { summary, results } = JSON.parse(accepted.out) as Report;
  expect([accepted.code, summary.verdict, summary.knownFailure]).toEqual([0, "conformant", 1]);
  expect(results.find(({ id }) => id === "health.check.ping")?.reason).toMatch(/^in scenarios? .*; fails as of this run/);
  await writeFile(known, "- { id: health.check.ping, reason: x }\n- { id: health.check.log, reason: y }\n");
  const stale = await cli([...args, "--output", "plain"]);
  expect(stale.out).toMatch(/failed {2}health\.check\.log\n.*\n.*\n.*it passes\n.*stale known failure/);
  expect(stale.code).toBe(1);
});
