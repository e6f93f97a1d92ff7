import { type Finding, finding, pages } from "./finding.ts";
import type { RuntimeServiceProbe } from "../target/runtime-service.ts";

/** What a runtime says on its own socket, and what that means. */
export interface RuntimeDiagnosis {
  endpoint: string;
  /** `containerd v2.1.4`; empty when it does not say. */
  runtime: string;
  findings: readonly Finding[];
}

/** A server that answers, but not by CRI v1. */
export function withoutCriV1(endpoint: string): RuntimeDiagnosis {
  const text = "no CRI v1 is spoken there: kubelets from 1.26 on do not start with it";
  const steps = [{ text: "upgrade the runtime, or switch its CRI plugin on", link: pages.criVersions }];
  return { endpoint, runtime: "", findings: [finding("to-do", "socket.no-cri-v1", text, steps)] };
}

export async function diagnoseRuntime(endpoint: string, service: RuntimeServiceProbe, signal: AbortSignal): Promise<RuntimeDiagnosis> {
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
  return { endpoint, runtime, findings };
}
