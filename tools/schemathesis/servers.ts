import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Target } from "./options.ts";

const repository = join(import.meta.dirname, "../..");
const token = "administrator-of-the-schemathesis-run";

export interface Server {
  url: string;
  /** With which its operations may be called; undefined: it asks for none. */
  token: string | undefined;
  stop(): Promise<void>;
}

/** Starts the reference kubelet or the mock of a minor as a process of its own, which what is sent to it may end. `directory` is for its files. */
export async function startServer(target: Target, minor: string, directory: string): Promise<Server> {
  if (target === "mock") return started("mock-server/bin/mock-kubelet.js", ["--kubernetes-version", minor, "--port", "0"]);
  const file = (name: string): string => join(directory, name);
  await mkdir(file("log"));
  await writeFile(file("log/dpkg.log"), "hello from the node\n");
  await writeFile(file("tokens.csv"), `${token},administrator,1,"system:masters"\n`, { mode: 0o600 });
  await writeFile(file("kubelet.json"), JSON.stringify(configuration(minor)));
  const flags = {
    "kubernetes-version": minor,
    "hostname-override": "lab-node",
    config: file("kubelet.json"),
    "root-dir": file("root"),
    "system-logs": file("log"),
    "token-auth-file": file("tokens.csv"),
    port: "0",
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  return { ...(await started("reference-server/bin/reference-kubelet.js", args)), token };
}

/** Everything that the document describes is switched on. */
function configuration(minor: string): object {
  const number = Number(minor.split(".")[1]);
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: "127.0.0.1",
    healthzPort: 0,
    staticPodPath: join(import.meta.dirname, "pod.yaml"),
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
    authorization: { mode: "AlwaysAllow" },
    ...(number >= 27 ? { enableSystemLogQuery: true } : {}),
    featureGates: {
      ContainerCheckpoint: true,
      ...(number >= 27 ? { NodeLogQuery: true } : {}),
      ...(number >= 32 ? { ComponentStatusz: true, ComponentFlagz: true, PodLogsQuerySplitStreams: true } : {}),
      ...(number >= 37 ? { KubeletAllocatedPodsEndpoint: true } : {}),
    },
  };
}

/** Resolves once the program has said where it serves. */
async function started(program: string, args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [join(repository, "packages", program), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = (): Promise<void> => stopped(child);
  // Read to the end: a full pipe would halt the program.
  const lines = createInterface(child.stdout);
  const url = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      const [found] = / (https:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.slice(1) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`${program} ended with exit code ${code}; run "npm run build" and try again`)));
  });
  return { url, token: undefined, stop };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill();
  await closed;
}
