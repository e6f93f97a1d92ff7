import { spawnSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { TemporaryDirectoryError } from "@kubelet-conformance/reference-server/temporary-directory";
import { TargetError, UsageError } from "../../errors.ts";
import { prepareGround } from "../ground.ts";
import { scenariosFor } from "../scenarios.ts";
import { programSubject } from "../subject/program.ts";
import { runScenarios } from "../testbed.ts";
import type { FromInside, Job, SentError, ToInside } from "./messages.ts";
import { streamReach } from "./reach-streams.ts";

/** The driver in its namespaces: pid 1 there, so that all others end with it. */
const stop = new AbortController();

/** Ends what a real runtime would go on holding. */
let leave = (): void => process.exit(1);

// Whoever called is gone, be it by SIGKILL: so is the testbed.
process.on("disconnect", () => leave());
process.on("message", (message: ToInside) => {
  if (message.type === "stop") stop.abort();
  else if (message.type === "start") void run(message.job).finally(() => process.exit(0));
});
// It may have gone while this module was loading.
if (!process.connected) process.exit(1);
await send({ type: "ready" });

async function run(job: Job): Promise<void> {
  const { program, scenarios: names, nodeAddress, userNamespace, extraFlags, runtime, restore, longChecks, directory, ...rest } = job;
  const { listeningPort, ownNetwork, ...options } = rest;
  const { signal } = stop;
  if (runtime) leave = () => stop.abort();
  try {
    const ground = await prepareGround({ directory, image: runtime?.image });
    const memoryMiB = runtime?.memoryMiB;
    const subject = programSubject({
      ground,
      program,
      nodeAddress,
      userNamespace,
      extraFlags,
      runtime: runtime && { endpoint: runtime.endpoint, listeningPort, reach: ownNetwork ? streamReach(signal) : undefined },
      restore,
      longChecks,
      memoryMiB,
      signal,
    });
    const report = await runScenarios(subject, {
      ...options,
      // To a second kubelet on the same runtime the first one's pods are orphans.
      ...(runtime ? { lanes: 1 } : {}),
      scenarios: scenariosFor(runtime ? "real" : "double").filter(({ name }) => names.includes(name)),
      kubernetesVersion: program.kubernetesVersion,
      signal,
      onEvent: (event) => void send({ type: "event", event }),
    });
    await send({ type: "report", report });
  } catch (error) {
    await send({ type: "error", error: sendable(error) });
  } finally {
    if (!process.connected && runtime) await removeShared(directory);
  }
}

/** In place of the caller who made it. Kubelets bind their root directories onto themselves. */
async function removeShared(directory: string): Promise<void> {
  const mounts = (await readFile("/proc/self/mounts", "utf8")).split("\n").flatMap((line) => line.split(" ")[1] ?? []);
  for (const mount of mounts.filter((path) => path.startsWith(`${directory}/`))) spawnSync("umount", ["-l", mount]);
  await rm(directory, { recursive: true, force: true });
}

/** Resolves once the message has left. */
function send(message: FromInside): Promise<void> {
  return new Promise((resolve) => {
    if (process.send && process.connected) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });
}

function sendable(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(error instanceof TargetError || error instanceof UsageError || error instanceof TemporaryDirectoryError
      ? { code: error.code }
      : {}),
    ...(error instanceof TargetError && error.detail ? { detail: error.detail } : {}),
  };
}
