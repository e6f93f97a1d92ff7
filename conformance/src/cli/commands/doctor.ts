import type { Finding } from "../../doctor/finding.ts";
import type { NodeDiagnosis } from "../../doctor/node-runtime.ts";
import type { RuntimeDiagnosis } from "../../doctor/runtime-socket.ts";
import type { Patient } from "../../doctor/text.ts";
import { UsageError } from "../../errors.ts";
import { createStyle, wantsColours } from "../../report/style.ts";
import { defineCommand } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { clusterOptions } from "../target-options.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "Look at which container runtime each node uses, and say what to do about it, in which order. Changes nothing.",
  usage: "--kubeconfig FILE [--node NAME] | --runtime-endpoint unix:///PATH",
  options: {
    ...clusterOptions,
    node: { ...clusterOptions.node, help: "only this node", default: "all of them" },
    "runtime-endpoint": { kind: "text", value: "unix:///PATH", help: "ask this runtime itself, too, or alone" },
    timeout: { kind: "number", value: "SECONDS", help: "limit of one request", default: "10", min: 0.1, max: 3600 },
    output: { kind: "choice", value: "FORM", words: ["text", "json"], help: "text or json", default: "text" },
  },
  examples: [
    "kubelet-conformance doctor --kubeconfig admin.conf",
    "kubelet-conformance doctor --kubeconfig admin.conf --node node1 --output json",
    "kubelet-conformance doctor --runtime-endpoint unix:///run/containerd/containerd.sock",
  ],
  notes: ["Exit codes: 0 nothing to do, 1 something to do, 2 could not look, 130 interrupted."],
  run: async (values, positionals, io) => {
    const { kubeconfig, output = "text", timeout } = values;
    const endpoint = values["runtime-endpoint"];
    if (positionals.length > 0) throw new UsageError("argument-unexpected", `doctor takes no argument "${positionals[0]}"; see --help`);
    if (kubeconfig === undefined && endpoint === undefined)
      throw new UsageError("patient-missing", "whom to look at? Give --kubeconfig FILE, or --runtime-endpoint unix:///PATH");
    if (kubeconfig === undefined && (values.node.length > 0 || values.context !== undefined))
      throw new UsageError("kubeconfig-missing", "--node and --context need to know the cluster: --kubeconfig FILE");
    const interrupt = onInterrupt();
    try {
      const { signal } = interrupt;
      const timeoutMs = timeout === undefined ? undefined : timeout * 1000;
      const nodes =
        kubeconfig === undefined
          ? []
          : await (
              await import("../../doctor/look.ts")
            ).lookAtNodes({ kubeconfig, context: values.context, names: values.node, timeoutMs, signal });
      const runtime = endpoint === undefined ? undefined : await (await import("../../doctor/look.ts")).lookAtRuntime(endpoint, signal);
      const patients = [...nodes.map(ofNode), ...(runtime ? [ofSocket(runtime)] : [])];
      const toDo = patients.flatMap(({ findings }) => findings).filter(({ level }: Finding) => level === "to-do").length;
      const { doctorText } = await import("../../doctor/text.ts");
      const style = createStyle(wantsColours(io.out, io.environment));
      const report = { schemaVersion: 1, toDo, nodes, ...(runtime ? { runtime } : {}) };
      io.out.write(output === "json" ? `${JSON.stringify(report, null, 2)}\n` : doctorText(patients, style));
      return toDo > 0 ? 1 : 0;
    } catch (error) {
      if (!interrupt.signal.aborted) throw error;
      io.err.write("kubelet-conformance: interrupted\n");
      return 130;
    } finally {
      interrupt.dispose();
    }
  },
});

function ofNode({ name, kubeletVersion, containerRuntimeVersion, runtime, findings }: NodeDiagnosis): Patient {
  const title = `node ${name}: kubelet ${kubeletVersion || "unknown"} on ${containerRuntimeVersion || "nothing known"} (${runtime})`;
  return { title, findings };
}

function ofSocket({ endpoint, runtime, findings }: RuntimeDiagnosis): Patient {
  return { title: `runtime at ${endpoint}: ${runtime || "unknown"}`, findings };
}
