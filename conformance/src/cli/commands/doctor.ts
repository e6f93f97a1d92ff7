import type { DoctorReport } from "../../doctor/examine.ts";
import type { Patient } from "../../doctor/text.ts";
import { printableJson } from "../../engine/text.ts";
import { UsageError } from "../../errors.ts";
import { createStyle, wantsColours } from "../../report/style.ts";
import { loadCredentials, readAuthority } from "../../target/credentials.ts";
import { say } from "../../messages/say.ts";
import { findCluster, requireOwnIdentity } from "../cluster-access.ts";
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
  "in-cluster": { kind: "boolean", help: "the cluster of the pod that this runs in, as its service account" },
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
  usage: "--server URL | --node NAME | --all-nodes [--kubeconfig FILE] | --in-cluster | --runtime-endpoint unix:///PATH | --node-root DIR",
  options,
  examples: [
    "kubelet-conformance doctor --server https://10.0.0.7:10250 --token-file token --certificate-authority ca.pem",
    "kubelet-conformance doctor --all-nodes",
    "kubelet-conformance doctor --kubeconfig admin.conf --node node1 --direct --output json",
    "kubelet-conformance doctor --node-root / --runtime-endpoint unix:///run/containerd/containerd.sock",
  ],
  notes: ["Exit codes: 0 nothing to do, 1 something to do, 2 could not look, 130 interrupted."],
  run: async (values, positionals, io) => {
    const { direct, output = "text", timeout = usualLimit } = values;
    if (positionals.length > 0) throw new UsageError("argument-unexpected", `doctor takes no argument "${positionals[0]}"; see --help`);
    const asking = clusterFlagOf(values);
    const others = values.server.length > 0 || values["runtime-endpoint"] !== undefined || values["node-root"] !== undefined;
    const credentials = await loadCredentials({
      token: values.token,
      tokenFile: values["token-file"],
      clientCertificate: values["client-certificate"],
      clientKey: values["client-key"],
    });
    const ca = values["certificate-authority"] === undefined ? undefined : await readAuthority(values["certificate-authority"]);
    const interrupt = onInterrupt();
    try {
      const isClusterMeant = asking !== undefined || !others;
      const cluster = isClusterMeant ? await findCluster(values, asking, { environment: io.environment }, interrupt.signal) : undefined;
      if (!cluster && !others)
        throw new UsageError(
          "patient-missing",
          "whom to look at? Give --server URL, --all-nodes (of KUBECONFIG, else ~/.kube/config), --kubeconfig FILE, --runtime-endpoint unix:///PATH or, on the node itself, --node-root /",
        );
      if (cluster && direct) requireOwnIdentity(cluster.access, "direct");
      const { examine } = await import("../../doctor/examine.ts");
      const report = await examine({
        servers: values.server.map(requireServerUrl),
        credentials,
        tls: { ca, insecure: values["insecure-skip-tls-verify"], servername: values["tls-server-name"] },
        cluster: cluster?.access,
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

/** The flag that says that there is a cluster. Throws where flags do not go together. */
function clusterFlagOf(values: Values<typeof options>): string | undefined {
  const { kubeconfig, node, context, direct, "all-nodes": all, "in-cluster": inCluster } = values;
  if (all && node.length > 0) throw new UsageError("flags-conflict", "--node and --all-nodes exclude each other; give one of them");
  const given = { kubeconfig, context, direct, "all-nodes": all, "in-cluster": inCluster, node: node[0] };
  return Object.entries(given).find(([, value]) => value !== undefined && value !== false)?.[0];
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
