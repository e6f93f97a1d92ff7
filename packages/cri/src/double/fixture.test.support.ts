import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { RuntimeClient } from "../client.ts";
import { RuntimeDouble, type RuntimeDoubleOptions } from "./runtime-double.ts";

const COUNTER = ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done"];

/** A directory that is removed after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "cri-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A runtime double that is closed after the test, and a client of it. */
export function startDouble(options?: RuntimeDoubleOptions): {
  double: RuntimeDouble;
  client: RuntimeClient;
} {
  const double = new RuntimeDouble(options);
  onTestFinished(() => double.close());
  return { double, client: double.client() };
}

export async function runSandbox(client: RuntimeClient, name = "counter-node", logDirectory = ""): Promise<string> {
  const { podSandboxId } = await client.runtime.runPodSandbox({
    config: {
      metadata: { name, uid: `uid-of-${name}`, namespace: "default", attempt: 0 },
      labels: { "io.kubernetes.pod.uid": `uid-of-${name}` },
      annotations: { note: "kept" },
      logDirectory,
      linux: { securityContext: { namespaceOptions: { network: 2, pid: 1 } } },
    },
  });
  return podSandboxId;
}

export interface ContainerOptions {
  readonly name?: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly image?: string;
  readonly logPath?: string;
  readonly stdin?: boolean;
  stdinOnce?: boolean;
}

export async function createContainer(
  client: RuntimeClient,
  podSandboxId: string,
  { name = "counter", image = "localhost/busybox:1", logPath = "", ...rest }: ContainerOptions = {},
): Promise<string> {
  const { containerId } = await client.runtime.createContainer({
    podSandboxId,
    config: {
      metadata: { name, attempt: 0 },
      image: { image },
      labels: { "io.kubernetes.container.name": name },
      annotations: { note: "kept" },
      logPath,
      ...rest,
    },
  });
  return containerId;
}

/** A sandbox with one started container in it. */
export async function runContainer(
  client: RuntimeClient,
  options: ContainerOptions & { logDirectory?: string } = {},
): Promise<{ podSandboxId: string; containerId: string }> {
  const { logDirectory, ...container } = { command: COUNTER, ...options };
  const podSandboxId = await runSandbox(client, "counter-node", logDirectory);
  const containerId = await createContainer(client, podSandboxId, container);
  await client.runtime.startContainer({ containerId });
  return { podSandboxId, containerId };
}
