import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import type { Kubectl } from "./kubectl.ts";
import { containers, namespace, nodeLog } from "./steps.ts";

export interface NodeOptions {
  kubectl: Kubectl;
  kubernetesVersion: string;
  /** Where the API server reaches this machine. */
  address: string;
  /** PEM files: who signs the API server's own client certificate, and what it accepts as this kubelet's serving certificate, if it checks. */
  clientAuthorityFile: string;
  certificateFile?: string | undefined;
  keyFile?: string | undefined;
}

export interface RegisteredNode {
  name: string;
  pod: string;
  /** Takes it out of the cluster again and stops it. */
  remove(): Promise<void>;
}

const image = { image: "localhost/busybox:1", imagePullPolicy: "Never" };
const spec = {
  hostNetwork: true,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: 0,
  containers: [
    { name: containers.ticking, ...image, command: ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done"] },
    { name: containers.cat, ...image, stdin: true, command: ["cat"] },
    { name: containers.restarting, ...image, command: ["sh", "-c", "echo once"] },
  ],
};

/** Starts a reference kubelet and writes by hand what a kubelet writes to its API server: the node, and the mirror of its static pod. */
export async function registerNode(options: NodeOptions): Promise<RegisteredNode> {
  const { kubectl, kubernetesVersion, address } = options;
  const name = `reference-${kubernetesVersion.replaceAll(".", "-")}-${process.pid}`;
  const pod = `real-clients-${name}`;
  const directory = await mkdtemp(join(tmpdir(), "real-clients-"));
  let kubelet: RunningKubelet | undefined;
  const remove = async (): Promise<void> => {
    await kubectl(["delete", "pod", pod, "-n", namespace, "--ignore-not-found", "--force", "--grace-period=0", "--wait=false"]);
    await kubectl(["delete", "node", name, "--ignore-not-found", "--wait=false"]);
    await kubelet?.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const manifest = { apiVersion: "v1", kind: "Pod", metadata: { name: "real-clients", namespace }, spec };
    await writeFile(join(directory, "pod.json"), JSON.stringify(manifest), { mode: 0o600 });
    const systemLogsDirectory = join(directory, "log");
    await mkdir(systemLogsDirectory);
    await writeFile(join(systemLogsDirectory, nodeLog.file), nodeLog.text);
    kubelet = await startKubelet({
      kubernetesVersion,
      hostnameOverride: name,
      systemLogsDirectory,
      ports: { main: 0, readOnly: 0, healthz: 0 },
      configuration: {
        address,
        staticPodPath: join(directory, "pod.json"),
        authentication: { x509: { clientCAFile: options.clientAuthorityFile }, webhook: { enabled: false }, anonymous: { enabled: false } },
        authorization: { mode: "AlwaysAllow" },
        ...(options.certificateFile ? { tlsCertFile: options.certificateFile } : {}),
        ...(options.keyFile ? { tlsPrivateKeyFile: options.keyFile } : {}),
        ...offByDefault(kubernetesVersion),
      },
    });
    await kubelet.settled;
    await create(kubectl, { apiVersion: "v1", kind: "Node", metadata: { name }, spec: {} });
    const port = Number(new URL(kubelet.urls.main).port);
    await patchStatus(kubectl, "node", name, {
      addresses: [{ type: "InternalIP", address }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
      nodeInfo: nodeInfo(kubelet.kubernetesVersion),
      conditions: [{ type: "Ready", status: "True", reason: "KubeletReady" }],
    });
    const annotations = { "kubernetes.io/config.mirror": "by-hand", "kubernetes.io/config.source": "file" };
    const tolerations = [{ operator: "Exists" }];
    await create(kubectl, { ...manifest, metadata: { name: pod, namespace, annotations }, spec: { ...spec, nodeName: name, tolerations } });
    await patchStatus(kubectl, "pod", pod, { phase: "Running" });
    return { name, pod, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What the routes need that are not there by default; the API server's own default asks for the first two gates. */
function offByDefault(kubernetesVersion: string): object {
  const pages = atLeast(kubernetesVersion, 32) ? { ComponentStatusz: true, ComponentFlagz: true } : {};
  if (!atLeast(kubernetesVersion, 27)) return {};
  return { enableSystemLogQuery: true, featureGates: { NodeLogQuery: true, ...pages } };
}

export function atLeast(kubernetesVersion: string, minor: number): boolean {
  return Number(kubernetesVersion.replace(/^v/, "").split(".")[1]) >= minor;
}

async function create(kubectl: Kubectl, object: object): Promise<void> {
  await mustWork(await kubectl(["create", "-f", "-"], { input: JSON.stringify(object) }));
}

async function patchStatus(kubectl: Kubectl, kind: string, name: string, status: object): Promise<void> {
  const patch = JSON.stringify({ status });
  await mustWork(await kubectl(["patch", kind, name, "-n", namespace, "--subresource=status", "--type=merge", "-p", patch]));
}

async function mustWork({ exitCode, stderr }: Awaited<ReturnType<Kubectl>>): Promise<void> {
  if (exitCode !== 0) throw new Error(`the node could not be registered: ${stderr.trim()}`);
}

/** All members are required of a node's status. */
function nodeInfo(kubeletVersion: string): Record<string, string> {
  const unknown = ["machineID", "systemUUID", "bootID", "kernelVersion", "osImage", "kubeProxyVersion"];
  return {
    ...Object.fromEntries(unknown.map((name) => [name, ""])),
    containerRuntimeVersion: "double://1.0.0",
    kubeletVersion,
    operatingSystem: "linux",
    architecture: "amd64",
  };
}
