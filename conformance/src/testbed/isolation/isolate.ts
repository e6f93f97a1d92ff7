import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { Server } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { makeTemporaryDirectory } from "@kubelet-conformance/reference-server/temporary-directory";
import { TargetError } from "../../errors.ts";
import type { Report, RunEvent } from "../../report/report.ts";
import { type HostSide, openHostSide } from "./host-side.ts";
import { scenariosFor } from "../scenarios.ts";
import { requireFreeRuntime, requireRoom, roomHere } from "../subject/real-runtime.ts";
import type { FromInside, Job, SentError, ToInside } from "./messages.ts";
import { findTools, requireVisible, type Tools } from "./needs.ts";
import { type IsolationLevel, nodeAddress, setupScript, temporaryPrefix, testbedDirectory, unshareArguments } from "./setup.ts";
import { setupProblem } from "./setup-problem.ts";

export interface IsolatedOptions extends Omit<Job, "nodeAddress" | "userNamespace" | "directory" | "listeningPort" | "ownNetwork"> {
  signal?: AbortSignal | undefined;
  onEvent?: ((event: RunEvent) => void) | undefined;
}

/**
 * Tests a kubelet program in namespaces of its own: driver, doubles and kubelet together, so that nothing of the machine is touched and
 * nothing outlives the caller. Throws a UsageError that names what the machine lacks, before a kubelet is started.
 */
export async function runIsolated({ signal, onEvent, ...job }: IsolatedOptions): Promise<Report> {
  const tools = await findTools();
  if (job.runtime) {
    await requireFreeRuntime(job.runtime);
    const large = scenariosFor("real").some((scenario) => scenario.large && job.scenarios.includes(scenario.name));
    if (large) requireRoom(job.runtime, await roomHere(tmpdir()), tmpdir());
  }
  requireVisible("the kubelet", job.program.path);
  requireVisible("Node.js", process.execPath);
  requireVisible("kubelet-conformance", entry);
  const inside = await enterNamespaces(tools, job.runtime ? ["root"] : levelsHere());
  const { child, level } = inside;
  const stop = (): void => say(child, { type: "stop" });
  signal?.addEventListener("abort", stop, { once: true });
  let shared: string | undefined;
  let host: HostSide | undefined;
  try {
    if (job.runtime) {
      // The runtime reads and writes there, too; it sees no private directory.
      shared = await makeTemporaryDirectory(temporaryPrefix, child.pid);
      host = await openHostSide();
    }
    say(child, {
      type: "start",
      job: {
        ...job,
        directory: shared ?? testbedDirectory,
        nodeAddress: tools.network ? nodeAddress : "127.0.0.1",
        ownNetwork: tools.network,
        listeningPort: host?.listeningPort,
        userNamespace: level === "user",
      },
    });
    if (signal?.aborted) stop();
    return await outcomeOf(inside, onEvent, host);
  } finally {
    signal?.removeEventListener("abort", stop);
    await end(child);
    host?.close();
    if (shared !== undefined) await rm(shared, { recursive: true, force: true });
  }
}

/** Real root does without a user namespace; where it is root in name only, as in most containers, it tries one all the same. */
function levelsHere(): IsolationLevel[] {
  return process.getuid?.() === 0 ? ["root", "user"] : ["user"];
}

const source = import.meta.url.endsWith(".ts");
const entry = fileURLToPath(new URL(source ? "./inside.ts" : "./inside.js", import.meta.url));

interface Inside {
  child: ChildProcess;
  level: IsolationLevel;
  errors: () => string;
}

async function enterNamespaces(tools: Tools, levels: readonly IsolationLevel[]): Promise<Inside> {
  const problems: string[] = [];
  for (const level of levels) {
    const inside = spawnInside(level, tools);
    if (await isReady(inside.child)) return inside;
    problems.push(inside.errors().trim());
  }
  throw await setupProblem(levels, problems);
}

function spawnInside(level: IsolationLevel, { path, network }: Tools): Inside {
  const node = [process.execPath, ...(source ? ["--conditions=@kubelet-conformance/source"] : []), entry];
  const script = setupScript(level, { network });
  const child = spawn("unshare", [...unshareArguments(level, { network }), "sh", "-c", script, "testbed", ...node], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Ctrl-C is for the outer half; the inner one is told.
    detached: true,
    env: { ...process.env, PATH: path },
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-4000)));
  return { child, level, errors: () => errors };
}

/** Whether the inner half runs; false: the namespaces could not be made, and its standard error says why. */
function isReady(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once("message", () => resolve(true));
    child.once("error", () => resolve(false));
    child.once("close", () => resolve(false));
  });
}

function outcomeOf({ child, errors }: Inside, onEvent: IsolatedOptions["onEvent"], host: HostSide | undefined): Promise<Report> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromInside, handle: unknown) => {
      if (message.type === "event") onEvent?.(message.event);
      else if (message.type === "streams" && host && handle instanceof Server)
        void host.passOn(handle, message.address).then((problem) => say(child, { type: "streams", problem }));
      else if (message.type === "report") resolve(message.report);
      else if (message.type === "error") reject(received(message.error));
    });
    child.once("close", (code, signal) => {
      const how = signal === null ? `exit code ${code}` : signal;
      reject(new TargetError("testbed-ended", `the testbed's inner process was ended (${how})`, { detail: errors().trim().split("\n") }));
    });
  });
}

function received({ name, message, code, detail, stack }: SentError): Error {
  if (code !== undefined) return new TargetError(code, message, detail ? { detail } : {});
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}

function say(child: ChildProcess, message: ToInside): void {
  // One that has just ended hears nothing, and that is told by its end.
  if (child.connected) child.send(message, () => {});
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, "exit");
  if (child.connected) child.disconnect();
  await over;
}
