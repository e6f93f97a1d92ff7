import type { ApiServerAccess } from "@kubelet-conformance/control-plane";
import type { TransportOptions } from "../target/transport.ts";
import type { WireClient } from "../target/wire.ts";
import { ofCgroupDrivers } from "./cgroups.ts";
import type { KubeletDiagnosis } from "./kubelet.ts";
import { partsOf } from "./kubelet-version.ts";
import type { FilesDiagnosis } from "./node-files.ts";
import type { NodeDiagnosis } from "./node-runtime.ts";
import type { RuntimeDiagnosis } from "./runtime-socket.ts";

/** Whom to look at; any of them. */
export interface ExamineOptions {
  /** Base URLs of kubelets. */
  servers: readonly string[];
  credentials: WireClient | undefined;
  tls: NonNullable<TransportOptions["tls"]>;
  cluster: ApiServerAccess | undefined;
  /** Default: every node. */
  nodes: readonly string[];
  direct: boolean;
  runtimeEndpoint: string | undefined;
  nodeRoot: string | undefined;
  /** Of each step of a look. */
  limitMs: number;
  signal: AbortSignal;
}

/** All that was found, in the form of `schemas/doctor.schema.json`. */
export interface DoctorReport {
  schemaVersion: 1;
  /** Findings of that level, of all. */
  toDo: number;
  nodes: NodeDiagnosis[];
  kubelets: KubeletDiagnosis[];
  runtime?: RuntimeDiagnosis;
  files?: FilesDiagnosis;
}

/** Looks at all of them side by side and changes nothing. Throws a UsageError, TargetError or KubeconfigError where it cannot look. */
export async function examine(options: ExamineOptions): Promise<DoctorReport> {
  const { servers, credentials, tls, cluster: access, nodes, direct, runtimeEndpoint, nodeRoot, limitMs, signal } = options;
  const [cluster, named, runtime] = await Promise.all([
    access === undefined
      ? { nodes: [], kubelets: [] }
      : import("./look.ts").then(({ lookAtCluster }) => lookAtCluster({ access, names: nodes, direct, credentials, tls, limitMs, signal })),
    Promise.all(servers.map(async (server) => (await import("./kubelet.ts")).lookAtKubelet({ server, credentials, tls, limitMs, signal }))),
    runtimeEndpoint === undefined
      ? undefined
      : import("./runtime-socket.ts").then(({ lookAtRuntime }) => lookAtRuntime(runtimeEndpoint, limitMs, signal)),
  ]);
  const kubelets = [...cluster.kubelets, ...named];
  const version = [...kubelets, ...cluster.nodes].find(({ kubeletVersion }) => kubeletVersion !== "")?.kubeletVersion ?? "";
  const minor = partsOf(version)?.minor;
  const files = nodeRoot === undefined ? undefined : await (await import("./node-files.ts")).lookAtFiles(nodeRoot, minor);
  const driver = kubelets[0]?.cgroupDriver ?? files?.cgroupDriver;
  const drivers = ofCgroupDrivers(driver, runtime?.cgroupDriver, minor);
  const report: DoctorReport = {
    schemaVersion: 1,
    toDo: 0,
    nodes: cluster.nodes,
    kubelets,
    ...(runtime ? { runtime: { ...runtime, findings: [...runtime.findings, ...drivers] } } : {}),
    ...(files ? { files } : {}),
  };
  const all = [...report.nodes, ...kubelets, ...[report.runtime, report.files].filter((one) => one !== undefined)];
  return { ...report, toDo: all.flatMap(({ findings }) => findings).filter(({ level }) => level === "to-do").length };
}
