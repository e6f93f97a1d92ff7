import { CgroupDriver, connectRuntime, grpcErrorCode } from "@kubelet-conformance/cri";
import { UsageError } from "../errors.ts";
import { runtimeServiceProbe, type RuntimeServiceProbe } from "../target/runtime-service.ts";
import { type Finding, finding, pages } from "./finding.ts";

/** What a runtime says on its own socket, and what that means. */
export interface RuntimeDiagnosis {
  endpoint: string;
  /** `containerd v2.1.4`; empty when it does not say. */
  runtime: string;
  /** As RuntimeConfig tells it. */
  cgroupDriver?: "systemd" | "cgroupfs";
  findings: readonly Finding[];
}

/** Asks a runtime what changes nothing. Throws a UsageError for an endpoint that is none, or that this user may not open. */
export async function lookAtRuntime(endpoint: string, limitMs: number, signal: AbortSignal): Promise<RuntimeDiagnosis> {
  try {
    const client = await connectRuntime(endpoint, { timeoutMs: limitMs });
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
      return await diagnoseRuntime(endpoint, runtimeServiceProbe(client), limited);
    } catch (error) {
      if (signal.aborted || !(error instanceof DOMException)) throw error;
      return unreachableRuntime(endpoint, `it does not answer within ${limitMs / 1000} s`);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_RUNTIME_ENDPOINT") throw error;
    const code = error.cause === undefined ? undefined : grpcErrorCode(error.cause);
    if (code === "Unimplemented") return withoutCriV1(endpoint);
    if (code === "DeadlineExceeded") return unreachableRuntime(endpoint, `it does not answer within ${limitMs / 1000} s`);
    const [, why] = /cannot be reached \((no such file or directory|.*connection refused)\)/.exec(error.message) ?? [];
    if (why !== undefined) return unreachableRuntime(endpoint, why);
    throw new UsageError("runtime-unusable", `--runtime-endpoint: ${error.message}`, { cause: error });
  }
}

function unreachableRuntime(endpoint: string, why: string): RuntimeDiagnosis {
  const steps = [
    { text: "on the node, see whether the runtime runs, and where its socket is", command: "systemctl status containerd crio" },
    { text: "what to look at", link: pages.debugNodes },
  ];
  return { endpoint, runtime: "", findings: [finding("to-do", "socket.unreachable", `no runtime answers there: ${why}`, steps)] };
}

/** A server that answers, but not by CRI v1. */
function withoutCriV1(endpoint: string): RuntimeDiagnosis {
  const text = "no CRI v1 is spoken there: kubelets from 1.26 on do not start with it";
  const steps = [{ text: "upgrade the runtime, or switch its CRI plugin on", link: pages.criVersions }];
  return { endpoint, runtime: "", findings: [finding("to-do", "socket.no-cri-v1", text, steps)] };
}

async function diagnoseRuntime(endpoint: string, service: RuntimeServiceProbe, signal: AbortSignal): Promise<RuntimeDiagnosis> {
  const [version, status, configuration, checkpoint] = await Promise.all([
    service.version(signal),
    service.status(signal),
    service.runtimeConfig(signal),
    service.checkpointOfNothing(signal),
  ]);
  const findings: Finding[] = [];
  const runtime = "answer" in version ? `${version.answer.runtimeName} ${version.answer.runtimeVersion}`.trim() : "";
  const missing = "answer" in version && [version.answer.version, version.answer.runtimeName, version.answer.runtimeVersion].includes("");
  if (!("answer" in version) || missing) {
    const what = "answer" in version ? "leaves fields of Version empty" : `refuses Version (${version.text})`;
    findings.push(
      finding("to-do", "socket.version", `the runtime ${what}: no kubelet starts with it`, [
        { text: "what a runtime must do", link: pages.runtimes },
      ]),
    );
  } else findings.push(finding("ok", "socket.cri-v1", `${runtime} speaks CRI v1`));
  const conditions = "answer" in status ? (status.answer.status?.conditions ?? []) : [];
  for (const [type, link] of [
    ["RuntimeReady", pages.debugNodes],
    ["NetworkReady", pages.cni],
  ] as const) {
    const condition = conditions.find((one) => one.type === type);
    if (condition?.status === true) continue;
    const why = condition ? condition.message || condition.reason || "it does not say why" : "it does not say";
    findings.push(finding("to-do", `socket.${type}`, `the runtime is not ${type}: ${why}`, [{ text: "what to look at", link }]));
  }
  if ("answer" in configuration) findings.push(finding("ok", "socket.runtime-config", "the kubelet learns its cgroup driver from it"));
  else {
    const text =
      "it does not tell its cgroup driver (RuntimeConfig): both must be configured alike, and kubelets to come will not do without";
    findings.push(finding("soon", "socket.runtime-config", text, [{ text: "cgroup drivers", link: pages.cgroupDrivers }]));
  }
  if ("answer" in checkpoint || checkpoint.code === "NotFound")
    findings.push(finding("ok", "socket.checkpoint", "it knows CheckpointContainer"));
  else {
    const text = `it does not checkpoint containers (${checkpoint.text})`;
    findings.push(finding("note", "socket.checkpoint", text, [{ text: "what the checkpoint API needs", link: pages.checkpoint }]));
  }
  const driver = "answer" in configuration ? configuration.answer.linux?.cgroupDriver : undefined;
  return {
    endpoint,
    runtime,
    ...(driver === undefined ? {} : { cgroupDriver: driver === CgroupDriver.SYSTEMD ? "systemd" : "cgroupfs" }),
    findings,
  };
}
