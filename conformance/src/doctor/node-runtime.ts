import { type KubeObject, objectAt, objectsAt, textAt } from "@kubelet-conformance/control-plane";
import { kubeletVersionOf, runtimeVersionOf } from "../target/cluster-node.ts";
import { type ContainerRuntimeName, endpointOwner, readContainerRuntime } from "../target/container-runtime.ts";
import { type Finding, finding, pages } from "./finding.ts";
import { migrationSteps } from "./migration.ts";

/** What a node says about its runtime, and what that means. */
export interface NodeDiagnosis {
  name: string;
  kubeletVersion: string;
  /** As the node says it: `containerd://2.1.4`. */
  containerRuntimeVersion: string;
  /** Who that is. */
  runtime: string;
  findings: readonly Finding[];
}

export interface NodeView {
  node: KubeObject;
  /** `namespace/name` of pods there that mount Docker's socket; undefined: they could not be read. */
  socketUsers: readonly string[] | undefined;
}

/** Dockershim went with 1.24, and the CRI of before v1 with 1.26. */
const withoutDockershim = 24;
const onlyCriV1 = 26;
/** From here on the kubelet asks the runtime for its cgroup driver. */
const asksCgroupDriver = 31;

export function diagnoseNode(view: NodeView): NodeDiagnosis {
  const { node } = view;
  const containerRuntimeVersion = runtimeVersionOf(node);
  const kubeletVersion = kubeletVersionOf(node);
  const minor = Number(/^v?1\.(\d+)/.exec(kubeletVersion)?.[1] ?? Number.NaN);
  const found = readContainerRuntime(containerRuntimeVersion);
  const { runtime, findings } = found ? ofRuntime(found, minor, view) : ofNone(containerRuntimeVersion);
  return {
    name: node.metadata.name,
    kubeletVersion,
    containerRuntimeVersion,
    runtime,
    findings: [...findings, ...ofAnnotation(node), ...ofReadiness(node)],
  };
}

type Part = Pick<NodeDiagnosis, "runtime" | "findings">;

function ofNone(text: string): Part {
  const what = text === "" ? "no containerRuntimeVersion" : `"${text}", which names no runtime and version`;
  return {
    runtime: "unknown",
    findings: [
      finding("to-do", "runtime.unknown", `the node's status says ${what}: see whether its kubelet and its runtime run`, [
        { text: "find out which runtime the node uses", link: pages.findOut },
      ]),
    ],
  };
}

function ofRuntime(found: ContainerRuntimeName, minor: number, view: NodeView): Part {
  if (found.version === "Unknown") {
    const text = "the runtime did not answer when the kubelet asked for its version";
    return {
      runtime: found.name,
      findings: [finding("to-do", "runtime.silent", text, [{ text: "see the runtime's log", link: pages.debugNodes }])],
    };
  }
  if (found.name === "docker") return ofDocker(minor, view);
  if (found.name === "containerd") return ofContainerd(found.version, minor);
  if (found.name === "cri-o") return ofCriO(found.version, minor);
  return {
    runtime: found.name,
    findings: [
      finding(
        "note",
        "runtime.other",
        `${found.name} is none of the runtimes that the Kubernetes pages describe: see its own pages for what it needs`,
        [{ text: "what every runtime must do", link: pages.runtimes }],
      ),
    ],
  };
}

function ofDocker(minor: number, { node, socketUsers }: NodeView): Part {
  const socket = criSocketOf(node);
  const isShim = minor >= withoutDockershim || (socket !== undefined && endpointOwner(socket) === "cri-dockerd");
  if (isShim) {
    const text = "Docker Engine through an external CRI shim, as cri-dockerd is one: no dockershim";
    return { runtime: "docker by a CRI shim", findings: [finding("ok", "docker.shim", text)] };
  }
  const steps = migrationSteps(socketUsers);
  if (Number.isNaN(minor)) {
    const text =
      "Docker Engine, and the node does not say of which version its kubelet is: up to 1.23 it may use dockershim, which is gone from 1.24 on. If so:";
    return { runtime: "docker", findings: [finding("to-do", "docker.unknown", text, steps)] };
  }
  const text = `Docker Engine through dockershim, which is gone from Kubernetes 1.24 on; this kubelet (1.${minor}) still has it. Before the node's kubelet is upgraded:`;
  return { runtime: "docker by dockershim", findings: [finding("to-do", "docker.dockershim", text, steps)] };
}

function ofContainerd(version: string, minor: number): Part {
  const runtime = "containerd";
  const numbers = /^v?(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (!numbers) {
    const text = `containerd "${version}", which is no version: see that it is 1.6 or later, as kubelets from 1.26 on need`;
    return { runtime, findings: [finding("note", "containerd.unknown", text, [{ text: "CRI versions", link: pages.criVersions }])] };
  }
  const [major = 0, second = 0] = numbers;
  const upgrade = [
    { text: "upgrade containerd, then the kubelet", link: pages.criVersions },
    { text: "cordon and drain the node for that", link: pages.drain },
  ];
  if (major < 1 || (major === 1 && second < 6)) {
    const when = minor >= onlyCriV1 ? "this kubelet does not start with it" : "a kubelet from 1.26 on does not start with it";
    return {
      runtime,
      findings: [finding("to-do", "containerd.no-cri-v1", `containerd ${version} does not know CRI v1: ${when}`, upgrade)],
    };
  }
  const ok = finding("ok", "containerd.cri-v1", `containerd ${version} speaks CRI v1`);
  if (major >= 2 || !(minor >= asksCgroupDriver)) return { runtime, findings: [ok] };
  const text = `containerd ${version} does not tell its cgroup driver (2.0 does): both must be configured alike, and kubelets to come will not do without`;
  return {
    runtime,
    findings: [ok, finding("soon", "containerd.runtime-config", text, [{ text: "cgroup drivers", link: pages.cgroupDrivers }])],
  };
}

function ofCriO(version: string, minor: number): Part {
  const own = Number(version.split(".")[1]);
  const runtime = "CRI-O";
  const ok = finding("ok", "cri-o", `CRI-O ${version}`);
  if (Number.isNaN(own) || Number.isNaN(minor) || own === minor) return { runtime, findings: [ok] };
  const text = `CRI-O ${version} with a kubelet of 1.${minor}: CRI-O is released for one Kubernetes minor each; take the one of the kubelet's`;
  return { runtime, findings: [ok, finding("note", "cri-o.minor", text, [{ text: "how to install it", link: pages.runtimes }])] };
}

/** kubeadm writes down which socket a node's runtime has, and believes it at the next upgrade. */
function criSocketOf(node: KubeObject): string | undefined {
  const socket = objectAt(objectAt(node, "metadata"), "annotations")["kubeadm.alpha.kubernetes.io/cri-socket"];
  return typeof socket === "string" ? socket : undefined;
}

function ofAnnotation(node: KubeObject): Finding[] {
  const socket = criSocketOf(node);
  if (socket === undefined || endpointOwner(socket) !== "dockershim") return [];
  const text = `kubeadm's annotation kubeadm.alpha.kubernetes.io/cri-socket still names dockershim's socket (${socket})`;
  return [
    finding("to-do", "kubeadm.dockershim-socket", text, [{ text: "write the new runtime's socket there", link: pages.toContainerd }]),
  ];
}

function ofReadiness(node: KubeObject): Finding[] {
  const ready = objectsAt(objectAt(node, "status"), "conditions").find((condition) => condition["type"] === "Ready");
  if (!ready || ready["status"] === "True") return [];
  const message = textAt(ready, "message");
  if (!/runtime|network|cni/i.test(message)) return [];
  const link = /network|cni/i.test(message) ? pages.cni : pages.debugNodes;
  return [finding("to-do", "node.not-ready", `the node is not ready: ${message}`, [{ text: "what to look at", link }])];
}
