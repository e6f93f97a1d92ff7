import type { DoctorReport } from "../../doctor/examine.ts";
import type { Patient } from "../../doctor/text.ts";
import { printableJson } from "../../engine/text.ts";
import { UsageError } from "../../errors.ts";
import { createStyle, wantsColours } from "../../report/style.ts";
import { loadCredentials, readAuthority } from "../../target/credentials.ts";
import { say } from "../../messages/say.ts";
import { defineCommand } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import type { Values } from "../options.ts";
import { clusterOptions, requireServerUrl, targetOptions } from "../target-options.ts";

/** Seconds. */
const usualLimit = 3;

const options = {
  ...targetOptions,
  server: { ...targetOptions.server, help: "a kubelet's main port, e.g. https://10.0.0.7:10250" },
  ...clusterOptions,
  node: { ...clusterOptions.node, help: "only this node", default: "all of them" },
  "all-nodes": { kind: "boolean", help: "every node of that cluster, which is the default" },
  direct: { kind: "boolean", help: "ask each node's kubelet itself, at the address that its Node names, not through the API server" },
  "runtime-endpoint": { kind: "text", value: "unix:///PATH", help: "ask this runtime itself" },
  "node-root": { kind: "text", value: "DIR", help: "read the node's files, seen from here; / on the node itself" },
  timeout: { kind: "number", value: "SECONDS", help: "limit of each step of a look", default: String(usualLimit), min: 0.1, max: 3600 },
  output: { kind: "choice", value: "FORM", words: ["text", "json"], help: "text or json", default: "text" },
} as const;

export const doctor = defineCommand({
  name: "doctor",
  summary: "Say what is wrong with kubelets and their nodes, whose it is and what to do, in seconds. Changes nothing.",
  usage: "--server URL | --kubeconfig FILE [--node NAME] | --runtime-endpoint unix:///PATH | --node-root DIR",
  options,
  examples: [
    "kubelet-conformance doctor --server https://10.0.0.7:10250 --token-file token --certificate-authority ca.pem",
    "kubelet-conformance doctor --kubeconfig admin.conf",
    "kubelet-conformance doctor --kubeconfig admin.conf --node node1 --direct --output json",
    "kubelet-conformance doctor --node-root / --runtime-endpoint unix:///run/containerd/containerd.sock",
  ],
  notes: ["Exit codes: 0 nothing to do, 1 something to do, 2 could not look, 130 interrupted."],
  run: async (values, positionals, io) => {
    const { kubeconfig, context, direct, output = "text", timeout = usualLimit } = values;
    if (positionals.length > 0) throw new UsageError("argument-unexpected", `doctor takes no argument "${positionals[0]}"; see --help`);
    checkFlags(values);
    const credentials = await loadCredentials({
      token: values.token,
      tokenFile: values["token-file"],
      clientCertificate: values["client-certificate"],
      clientKey: values["client-key"],
    });
    const ca = values["certificate-authority"] === undefined ? undefined : await readAuthority(values["certificate-authority"]);
    const interrupt = onInterrupt();
    try {
      const { examine } = await import("../../doctor/examine.ts");
      const report = await examine({
        servers: values.server.map(requireServerUrl),
        credentials,
        tls: { ca, insecure: values["insecure-skip-tls-verify"], servername: values["tls-server-name"] },
        kubeconfig,
        context,
        nodes: values.node,
        direct,
        runtimeEndpoint: values["runtime-endpoint"],
        nodeRoot: values["node-root"],
        limitMs: timeout * 1000,
        signal: interrupt.signal,
      });
      const { doctorText } = await import("../../doctor/text.ts");
      const style = createStyle(wantsColours(io.out, io.environment));
      io.out.write(output === "json" ? `${printableJson(report, 2)}\n` : doctorText(patientsOf(report), style));
      return report.toDo > 0 ? 1 : 0;
    } catch (error) {
      if (!interrupt.signal.aborted) throw error;
      io.err.write(`kubelet-conformance: ${say("interrupted")}\n`);
      return 130;
    } finally {
      interrupt.dispose();
    }
  },
});

function checkFlags(values: Values<typeof options>): void {
  const { kubeconfig, server, node, context, direct } = values;
  const all = values["all-nodes"];
  if (kubeconfig === undefined && server.length === 0 && values["runtime-endpoint"] === undefined && values["node-root"] === undefined)
    throw new UsageError(
      "patient-missing",
      "whom to look at? Give --server URL, --kubeconfig FILE, --runtime-endpoint unix:///PATH or, on the node itself, --node-root /",
    );
  const stray = all ? "all-nodes" : direct ? "direct" : node.length > 0 ? "node" : context === undefined ? undefined : "context";
  if (kubeconfig === undefined && stray !== undefined)
    throw new UsageError("kubeconfig-missing", `--${stray} needs to know the cluster: --kubeconfig FILE`);
  if (all && node.length > 0) throw new UsageError("flags-conflict", "--node and --all-nodes exclude each other; give one of them");
}

function patientsOf({ nodes, kubelets, runtime, files }: DoctorReport): Patient[] {
  return [
    ...kubelets.map(({ server, node, kubeletVersion, findings }) => ({
      name: `kubelet at ${server}`,
      about: [node, kubeletVersion].filter(Boolean).join(", ") || "version unknown",
      findings,
    })),
    ...nodes.map(({ name, kubeletVersion, containerRuntimeVersion, runtime: kind, findings }) => ({
      name: `node ${name}`,
      about: `kubelet ${kubeletVersion || "unknown"} on ${containerRuntimeVersion || "nothing known"} (${kind})`,
      findings,
    })),
    ...(runtime ? [{ name: `runtime at ${runtime.endpoint}`, about: runtime.runtime || "unknown", findings: runtime.findings }] : []),
    ...(files ? [{ name: "files of the node", about: `below ${files.root}`, findings: files.findings }] : []),
  ];
}
