import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ContainerState, type ContainerStatus, grpcErrorText, NamespaceMode, type RuntimeClient } from "@kubelet-conformance/cri";
import type { Restored, RestoreProbe } from "../../target/target.ts";
import { podManifest, podNamespace } from "../pod.ts";
import { containerLabel, nameLabel, nameOnNode } from "./labels.ts";

export interface RestoreOptions {
  client: RuntimeClient;
  /** Where the runtime writes the log of the container; made and removed. */
  directory: string;
  /** Does the work while the kubelet does nothing: it removes sandboxes that it does not know. */
  undisturbed: <T>(work: () => Promise<T>) => Promise<T>;
}

type Sandbox = NonNullable<Parameters<RuntimeClient["runtime"]["runPodSandbox"]>[0]["config"]>;

/** What one call may take: a runtime may have to pull an image for it. */
const callLimitMs = 30_000;
const removalLimitMs = 20_000;
/** A hundred times the pace of the opted-in container. */
const silenceLimitMs = 10_000;
const pollMs = 25;

/** Makes containers of archives of the pod's container `running`, by CRI alone, each in a sandbox of its own. */
export function restoreProbe({ client, directory, undisturbed }: RestoreOptions): RestoreProbe {
  const { runtime } = client;
  return {
    restore: (archive, signal) =>
      undisturbed(async () => {
        const limits = { signal, timeoutMs: callLimitMs };
        const original = await originalOf(client, limits);
        const sandboxConfig = sandboxOf(directory);
        await mkdir(directory, { mode: 0o700 });
        let sandbox: string | undefined;
        try {
          ({ podSandboxId: sandbox } = await runtime.runPodSandbox({ config: sandboxConfig }, limits));
          return await restoreIn(sandbox);
        } finally {
          if (sandbox !== undefined) await removeSandbox(client, sandbox);
          await rm(directory, { recursive: true, force: true });
        }

        async function restoreIn(podSandboxId: string): Promise<Restored> {
          const request = { podSandboxId, sandboxConfig, config: containerOf(archive, original) };
          const created = await attempt(() => runtime.createContainer(request, limits), signal);
          if (typeof created === "string") return { refused: "create", text: created };
          const { containerId } = created;
          // By the clock that the runtime double reads, too.
          const since = Math.floor(performance.timeOrigin + performance.now());
          const started = await attempt(() => runtime.startContainer({ containerId }, limits), signal);
          if (typeof started === "string") return { refused: "start", text: started };
          return firstLine(client, containerId, directory, since, limits);
        }
      }),
  };
}

/** The answer, or why there was none. */
async function attempt<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T | string> {
  try {
    return await call();
  } catch (error) {
    signal.throwIfAborted();
    return grpcErrorText(error);
  }
}

type Limits = Parameters<RuntimeClient["runtime"]["containerStatus"]>[1] & { signal: AbortSignal };

async function originalOf({ runtime }: RuntimeClient, limits: Limits): Promise<ContainerStatus | undefined> {
  const labelSelector = { [nameLabel]: nameOnNode, [containerLabel]: running.name };
  const { containers } = await runtime.listContainers(
    { filter: { labelSelector, state: { state: ContainerState.CONTAINER_RUNNING } } },
    limits,
  );
  const [found] = containers;
  return found && (await runtime.containerStatus({ containerId: found.id }, limits)).status;
}

const [running] = podManifest.spec.containers;
/** In the host's network, as the pod is. */
const namespaceOptions = { network: NamespaceMode.NODE, pid: NamespaceMode.CONTAINER };

function sandboxOf(logDirectory: string): Sandbox {
  return {
    metadata: { name: nameOnNode, namespace: podNamespace, uid: randomUUID(), attempt: 0 },
    logDirectory,
    // By its name it is removed with the pod, should the testbed be stopped here.
    labels: { [nameLabel]: nameOnNode },
    linux: { securityContext: { namespaceOptions } },
  };
}

/** What a runtime mounts where the kubelet asks for nothing (older ones do, as long as they know no address), and CRI-O wants again. */
const hostsFile = "/etc/hosts";

/** With the original's mounts: a process whose mounts are not there cannot be restored. */
function containerOf(archive: string, original: ContainerStatus | undefined) {
  const mounts: { hostPath: string; containerPath: string }[] = original?.mounts ?? [];
  const hosts = mounts.some(({ containerPath }) => containerPath === hostsFile) ? [] : [{ hostPath: hostsFile, containerPath: hostsFile }];
  return {
    metadata: { name: running.name, attempt: 0 },
    image: { image: archive },
    command: [...running.command],
    logPath: "restored.log",
    labels: { [containerLabel]: running.name },
    mounts: [...mounts, ...hosts],
    linux: { securityContext: { namespaceOptions } },
  };
}

/** Waits until the container has written a line, or is not going to. */
async function firstLine(
  { runtime }: RuntimeClient,
  containerId: string,
  directory: string,
  since: number,
  limits: Limits,
): Promise<Restored> {
  const end = performance.now() + silenceLimitMs;
  for (;;) {
    const line = await lineSince(directory, since);
    if (line !== undefined) return { line };
    const { status } = await runtime.containerStatus({ containerId }, limits);
    if (status?.state !== ContainerState.CONTAINER_RUNNING)
      return { silent: `it ended with exit code ${status?.exitCode}: ${status?.message || status?.reason}` };
    if (performance.now() > end) return { silent: `no line within ${silenceLimitMs / 1000} s` };
    await delay(pollMs, undefined, { signal: limits.signal });
  }
}

/**
 * The first line that was written from then on; before it come lines of the original. CRI-O names the file after the container, whatever it
 * is asked for.
 */
async function lineSince(directory: string, since: number): Promise<string | undefined> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".log"));
  for (const file of files) {
    const whole = (await readFile(join(directory, file), "utf8")).split("\n").slice(0, -1);
    for (const line of whole) {
      const [, time = "", text] = /^(\S+) stdout [FP] (.*)$/.exec(line) ?? [];
      if (Date.parse(time) >= since) return text;
    }
  }
  return undefined;
}

async function removeSandbox({ runtime }: RuntimeClient, podSandboxId: string): Promise<void> {
  const limits = { timeoutMs: removalLimitMs };
  // A container ends with its sandbox, but CRI-O gives it many seconds then, and a shell does not heed SIGTERM.
  const { containers } = await runtime.listContainers({ filter: { podSandboxId } }, limits);
  for (const { id } of containers) await runtime.stopContainer({ containerId: id, timeout: 0n }, limits);
  await runtime.stopPodSandbox({ podSandboxId }, limits);
  await runtime.removePodSandbox({ podSandboxId }, limits);
}
