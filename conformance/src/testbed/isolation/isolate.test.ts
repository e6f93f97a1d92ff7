import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { RuntimeDouble, serveDouble } from "@kubelet-conformance/cri/double";
import { requirements } from "@kubelet-conformance/spec";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, type TestContext, vi } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import type { Report } from "../../report/report.ts";
import { lookAtMachine, processesWith } from "./machine.support.ts";

const bin = fileURLToPath(new URL("../../cli/bin.ts", import.meta.url));
const condition = "--conditions=@kubelet-conformance/source";
const files = await scratch();
afterAll(() => files.remove());

/** Of the command; the system's is used by others, too. */
const temporary = join(files.directory, "tmp");

/** The reference kubelet as a program of its own, from its sources. */
const kubelet = join(files.directory, "kubelet");

/** What is tested as root is tested as an ordinary user, too: nobody. */
const users =
  process.getuid?.() === 0 ? [{ user: "root" }, { user: "nobody", uid: 65_534, gid: 65_534 }] : [{ user: "whoever runs the tests" }];
/** Lines of output at which it is killed; before the first one, kubelet and doubles are being started. Two users share them, since each takes a run. */
const killedAt = [0, 1, 3, 20, 60, 110, 140];
/** One kubelet, and about 180 results. */
const briefly = ["--scenario", "default", "--profile", "core"];
type User = { user: string; uid?: number; gid?: number; temporaryDirectory?: string };

beforeAll(async () => {
  const program = new URL("./cli/bin.ts", import.meta.resolve("@kubelet-conformance/reference-server"));
  await writeFile(kubelet, `#!/bin/sh\nexec node ${condition} ${fileURLToPath(program)} "$@"\n`, { mode: 0o755 });
  await mkdir(temporary);
  await chmod(temporary, 0o777);
  // An ordinary user must reach the kubelet, and leave its report beside it.
  await chmod(files.directory, 0o777);
});

/** The command with a mark that all its processes inherit. */
function start({ user, uid, gid, temporaryDirectory = temporary }: User, ...args: string[]) {
  const program = args.includes("--kubelet") ? [] : ["--kubelet", kubelet];
  const mark = `TESTBED_MARK=${randomUUID()}`;
  const [name = "", value] = mark.split("=");
  const child = spawn(process.execPath, [condition, bin, "testbed", ...program, "--output", "plain", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      HOME: files.directory,
      TMPDIR: temporaryDirectory,
      // One that this user may write to.
      NODE_COMPILE_CACHE: join(files.directory, `compiled-${user}`),
      [name]: value,
    },
    ...(uid === undefined ? {} : { uid, gid }),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close");
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return { child, mark, ended, errors: () => errors };
}

/** Runs to the end; skips the test, with the reason, where this machine has no namespaces for that user. */
async function finish({ skip }: TestContext, user: User, ...args: string[]) {
  const { child, ended, errors, mark } = start(user, ...args);
  child.stdout.resume();
  const [code]: unknown[] = await ended;
  if (/namespaces|EACCES/.test(errors())) skip(`not possible here as ${user.user}: ${errors().trim()}`);
  return { code, errors: errors(), mark };
}

describe.each(users)("in namespaces, as $user", { timeout: 90_000 }, (user) => {
  test("a kubelet program is tested, the machine stays as it was, and the report is the caller's", async (context) => {
    const before = lookAtMachine(temporary);
    const report = join(files.directory, `report-${user.user}.json`);
    // As root every scenario is tested below.
    const some = user.uid === undefined ? ["--scenario", "default", "--scenario", "authorization"] : [];
    const { code, errors, mark } = await finish(context, user, ...some, "--profile", "core", "--report", `json=${report}`);
    expect({ code, errors }).toEqual({ code: 0, errors: `report: ${report}\n` });
    const { summary, target } = JSON.parse(await readFile(report, "utf8")) as Report; // The report schema has its own test.
    expect(summary).toMatchObject({ verdict: "conformant", failed: 0, blocked: 0 });
    expect(target.node).toBe("testbed-node");
    if (user.uid !== undefined) expect((await stat(report)).uid).toBe(user.uid);
    expect(processesWith(mark)).toEqual([]);
    expect(lookAtMachine(temporary)).toEqual(before);
  });

  test("Ctrl-C ends it with a partial report and exit code 130, and leaves nothing", async (context) => {
    const before = lookAtMachine(temporary);
    const report = join(files.directory, `partial-${user.user}.json`);
    const { child, ended, errors, mark } = start(user, ...briefly, "--report", `json=${report}`);
    const isUp = await reaches(child, 5);
    if (!isUp) context.skip(`not possible here: ${errors().trim()}`);
    child.kill("SIGINT");
    const [code]: unknown[] = await ended;
    expect(code).toBe(130);
    expect(JSON.parse(await readFile(report, "utf8"))).toMatchObject({ interrupted: true });
    await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), { timeout: 30_000 });
    expect(lookAtMachine(temporary)).toEqual(before);
  });

  const own = killedAt.filter((line, index) => line === 0 || index % users.length === users.indexOf(user));
  test.each(own)("SIGKILL of the driver at line %d leaves no process, mount, socket or directory", async (line) => {
    const before = lookAtMachine(temporary);
    const { child, ended, mark } = start(user, ...briefly);
    if (line === 0) await vi.waitFor(() => expect(processesWith(mark).join()).toMatch(/unshare|inside/), { timeout: 30_000, interval: 5 });
    else await reaches(child, line);
    child.kill("SIGKILL");
    await ended;
    await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), { timeout: 30_000 });
    expect(lookAtMachine(temporary)).toEqual(before);
  });

  test("one that ends in one scenario is told with it, the report has the others, and the exit code is 2", async (context) => {
    const picky = join(files.directory, "picky");
    const refusal = `grep -q -- '"ContainerCheckpoint":false' "\${1#--config=}" 2>/dev/null && echo "Error: not that gate" >&2 && exit 1`;
    const script = `#!/bin/sh\n${refusal}\nexec ${kubelet} "$@"\n`;
    await writeFile(picky, script, { mode: 0o755 });
    const report = join(files.directory, `picky-${user.user}.json`);
    const some = ["--kubelet", picky, "--scenario", "default", "--scenario", "gate-off", "--focus", "checkpoint.response"];
    const { code, errors } = await finish(context, user, ...some, "--report", `json=${report}`);
    expect(code).toBe(2);
    expect(errors).toMatch(/^kubelet-conformance: scenario gate-off: the kubelet ended by itself with exit code 1: Error: not that gate$/m);
    const { summary, notRun } = JSON.parse(await readFile(report, "utf8")) as Report; // As above.
    expect(summary.passed).toBeGreaterThan(0);
    expect(notRun).toEqual([expect.objectContaining({ scenarios: ["gate-off"], code: "kubelet-ended" })]);
  });

  test("a kubelet that ends at once is told with its last words", async (context) => {
    const broken = join(files.directory, "broken");
    const script = '#!/bin/sh\n[ "$1" = --version ] && echo "Kubernetes v1.36.0" && exit 0\necho "Error: no such flag: $1" >&2\nexit 1\n';
    await writeFile(broken, script, { mode: 0o755 });
    const { child, ended, errors } = start(user, "--kubelet", broken);
    child.stdout.resume();
    const [code]: unknown[] = await ended;
    if (/namespaces/.test(errors())) context.skip(errors().trim());
    expect(code).toBe(2);
    expect(errors()).toMatch(/scenario \S+: the kubelet ended by itself with exit code 1: Error: no such flag: --config/);
  });
});

describe.skipIf(process.getuid?.() !== 0)("on a runtime outside the namespaces, which is as real as any to it", { timeout: 90_000 }, () => {
  const root = { user: "root" };

  async function serve(): Promise<{ double: RuntimeDouble; endpoint: string }> {
    const double = new RuntimeDouble();
    const served = await serveDouble(double, join(files.directory, `cri-${randomUUID()}.sock`));
    onTestFinished(async () => {
      await served.stop();
      await double.close();
    });
    return { double, endpoint: served.endpoint };
  }

  // Its pods don't have the host's ports, so nothing is sent to one that listens.
  const streams = ["run", "streaming.exec", "streaming.attach", "streaming.websocket", "streaming.port-forward.refused"];
  const commands = [...streams.flatMap((focus) => ["--focus", focus]), "--scenario", "default"];

  test("commands and streams are tested, and nothing is left", async (context) => {
    const { double, endpoint } = await serve();
    const before = lookAtMachine(temporary);
    const report = join(files.directory, "report-runtime.json");
    const { code, errors, mark } = await finish(context, root, ...commands, "--runtime", endpoint, "--report", `json=${report}`);
    expect({ code, errors }).toEqual({ code: 0, errors: `report: ${report}\n` });
    const { summary, results } = JSON.parse(await readFile(report, "utf8")) as Report; // As above.
    expect(summary).toMatchObject({ verdict: "conformant", blocked: 0 });
    const verdictOf = (name: string) => results.find(({ id }) => id === name)?.verdict;
    expect(["streaming.attach.spdy", "streaming.port-forward.refused"].map(verdictOf)).toEqual(["passed", "passed"]);
    expect(double.state.sandboxes.size).toBe(0);
    expect(processesWith(mark)).toEqual([]);
    expect(lookAtMachine(temporary)).toEqual(before);
  });

  test.each([0, 1, 40])("SIGKILL at line %d leaves no pod, process, socket or directory", async (line) => {
    const { double, endpoint } = await serve();
    const before = lookAtMachine(temporary);
    const { child, ended, mark } = start(root, ...commands, "--runtime", endpoint);
    if (line === 0) await double.nextCall("RunPodSandbox");
    else await reaches(child, line);
    child.kill("SIGKILL");
    await ended;
    await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), { timeout: 60_000 });
    expect(double.state.sandboxes.size).toBe(0);
    expect(lookAtMachine(temporary)).toEqual(before);
  });

  test("a temporary directory that it cannot have ends the testbed, with one line", async (context) => {
    const { endpoint } = await serve();
    const absent = join(files.directory, "absent");
    const { code, errors, mark } = await finish(context, { ...root, temporaryDirectory: absent }, ...briefly, "--runtime", endpoint);
    expect(code).toBe(2);
    expect(errors).toMatch(
      /^kubelet-conformance: the temporary directory \S+\/absent cannot be used: it does not exist; set TMPDIR [^\n]*\n$/,
    );
    expect(processesWith(mark)).toEqual([]);
  });
});

/** Whether that many lines are written before the end. */
async function reaches(child: ReturnType<typeof start>["child"], count: number): Promise<boolean> {
  let seen = 0;
  for await (const _line of createInterface(child.stdout)) if (++seen >= count) return true;
  return false;
}

/** What takes too long where the kubelet's clock is ours. */
const tooLong = ["five-minutes", "long-outage"];

test("the reference kubelet as a program is conformant in every scenario", { timeout: 300_000 }, async (context) => {
  const report = join(files.directory, "report-all.json");
  const [user = { user: "" }] = users;
  const before = lookAtMachine(temporary);
  const { code, errors, mark } = await finish(context, user, "--report", `json=${report}`);
  expect({ code, errors }).toEqual({ code: 0, errors: `report: ${report}\n` });
  expect(processesWith(mark)).toEqual([]);
  expect(lookAtMachine(temporary)).toEqual(before);
  const { summary, results } = JSON.parse(await readFile(report, "utf8")) as Report; // As above.
  expect(summary).toMatchObject({ failed: 0, warned: 0, suiteError: 0 });
  const waitsLonger = requirements().filter(({ needs = [] }) => needs.some((need) => tooLong.includes(need)));
  expect(results.filter(({ verdict }) => verdict === "blocked").map(({ id }) => id)).toEqual(waitsLonger.map(({ id }) => id));
  expect(results.find(({ id }) => id === "archive.name.local-time")?.verdict).toBe("passed");
});

/** A kubelet binary that every user may run; the lab's CI step names one. */
const real = process.env["TEST_KUBELET"];
/** Less than a run takes, and long enough for every kind of scenario. */
const longestMs = 9_000;

describe.skipIf(real === undefined)("the kubelet of TEST_KUBELET, killed at random moments", () => {
  test.each(users)("as $user: ten times, and no process, mount, socket or directory is left", { timeout: 120_000 }, async (user) => {
    const before = lookAtMachine(temporary);
    const killOne = async (): Promise<string> => {
      const { child, ended, errors, mark } = start(user, "--kubelet", real ?? "");
      child.stdout.resume();
      const moment = Math.round(Math.random() * longestMs);
      const timer = setTimeout(() => child.kill("SIGKILL"), moment);
      const [, signal]: unknown[] = await ended;
      clearTimeout(timer);
      expect({ moment, signal, errors: errors() }).toEqual({ moment, signal: "SIGKILL", errors: "" });
      return mark;
    };
    for (let batch = 0; batch < 2; batch++) {
      const marks = await Promise.all(Array.from({ length: 5 }, killOne));
      await vi.waitFor(() => expect(marks.flatMap(processesWith)).toEqual([]), { timeout: 30_000 });
      expect(lookAtMachine(temporary)).toEqual(before);
    }
  });
});
