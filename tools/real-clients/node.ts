import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readKubeconfig, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import type { Kubectl } from "./kubectl.ts";
import { containers, namespace, nodeLog } from "./steps.ts";

const limitMs = 30_000;

export interface NodeOptions {
  kubectl: Kubectl;
  /** As whom the kubelet joins. */
  kubeconfig: string;
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

/** Starts a reference kubelet that joins the cluster, and waits until its node is ready and its static pod runs. */
export async function registerNode(options: NodeOptions): Promise<RegisteredNode> {
  const { kubectl, kubeconfig, kubernetesVersion, address } = options;
  const name = `reference-${kubernetesVersion.replaceAll(".", "-")}-${process.pid}`;
  const pod = `real-clients-${name}`;
  const directory = await mkdtemp(join(tmpdir(), "real-clients-"));
  let kubelet: RunningKubelet | undefined;
  const remove = async (): Promise<void> => {
    // As long as it runs it brings back what is deleted.
    await kubelet?.stop();
    await kubectl(["delete", "pod", pod, "-n", namespace, "--ignore-not-found", "--force", "--grace-period=0", "--wait=false"]);
    for (const kind of ["node", "csinode"]) await kubectl(["delete", kind, name, "--ignore-not-found", "--wait=false"]);
    await kubectl(["delete", "lease", name, "-n", "kube-node-lease", "--ignore-not-found", "--wait=false"]);
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
      apiServer: await readKubeconfig(kubeconfig),
      node: { ips: [address] },
      systemLogsDirectory,
      ports: { main: 0, readOnly: 0, healthz: 0 },
      configuration: {
        address,
        staticPodPath: join(directory, "pod.json"),
        authentication: { x509: { clientCAFile: options.clientAuthorityFile }, anonymous: { enabled: false } },
        authorization: { mode: "Webhook" },
        ...(options.certificateFile ? { tlsCertFile: options.certificateFile } : {}),
        ...(options.keyFile ? { tlsPrivateKeyFile: options.keyFile } : {}),
        ...offByDefault(kubernetesVersion),
      },
    });
    await until(kubectl, ["get", "node", name, "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}"], "True");
    await until(kubectl, ["get", "pod", pod, "-n", namespace, "-o", "jsonpath={.status.phase}"], "Running");
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

/** Asks until the answer is the wanted one. Rejects when it is not within half a minute. */
async function until(kubectl: Kubectl, args: readonly string[], wanted: string): Promise<void> {
  let last = "";
  for (const end = Date.now() + limitMs; Date.now() < end; await delay(250)) {
    const { stdout, stderr } = await kubectl(args);
    if (stdout === wanted) return;
    last = stdout || stderr.trim();
  }
  throw new Error(`the node did not join the cluster: kubectl ${args.join(" ")} says ${JSON.stringify(last)}, not ${wanted}`);
}
