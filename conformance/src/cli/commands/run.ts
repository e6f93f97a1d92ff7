import { minors } from "@kubelet-conformance/spec";
import { printable, printableJson } from "../../engine/text.ts";
import { exitCode } from "../../engine/verdicts.ts";
import { TargetError, UsageError } from "../../errors.ts";
import { parseReportFlag, requireReportsWritable, writeReports } from "../../report/files.ts";
import type { Report } from "../../report/report.ts";
import { type ConformanceOptions, runConformance } from "../../run-conformance.ts";
import { loadCredentials, readAuthority } from "../../target/credentials.ts";
import { say } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { defineCommand, type Io } from "../command.ts";
import { endText } from "../end-text.ts";
import { onInterrupt } from "../interrupt.ts";
import { knownFailureOptions, openKnownFailures } from "../known-failures.ts";
import { chooseReporter } from "../reporter.ts";

import { readRerun, rerunOption } from "../rerun.ts";
import { readSubjects, type RunSubject } from "../run-subjects.ts";
import { readSelection } from "../selection.ts";
import { readServersFile } from "../servers-file.ts";
import { ofShard, parseShard } from "../shard.ts";
import { clusterOptions, containerFlag, longChecks, runOptions, selectionOptions, targetOptions } from "../target-options.ts";

export const run = defineCommand({
  name: "run",
  summary: "Test one or many kubelets. Changes nothing on the node unless --checkpoint or --exec is given.",
  usage: "--server URL | --node NAME [--kubeconfig FILE] | --in-cluster [options]",
  options: {
    ...targetOptions,
    ...clusterOptions,
    "in-cluster": {
      advanced: true,
      kind: "boolean",
      help: "the cluster of the pod that this runs in, as its service account; the node is --node or NODE_NAME",
    },
    "all-nodes": { kind: "boolean", help: "every node of that cluster" },
    "servers-file": { advanced: true, kind: "text", value: "FILE", help: "a file of URLs as --server takes them, one a line" },
    shard: {
      kind: "text",
      value: "INDEX/COUNT",
      advanced: true,
      help: "only every COUNTth of the kubelets, from 0/COUNT on; merge joins the reports; one that has none is no failure",
    },
    parallel: {
      kind: "number",
      value: "N",
      advanced: true,
      help: "kubelets at a time, each with its --concurrency",
      default: "8",
      min: 1,
      max: 256,
    },
    differential: {
      advanced: true,
      kind: "boolean",
      help: "ask through the node proxy and direct, and say where the two differ; what nothing explains fails the run",
    },
    direct: {
      kind: "boolean",
      help: "ask each node's kubelet where its Node says, as the kubeconfig's user, instead of through the API server's node proxy",
    },
    "kubernetes-version": {
      kind: "text",
      value: "VERSION",
      words: minors,
      advanced: true,
      help: "the kubelet's version, e.g. 1.36",
      default: "what /metrics says",
    },
    ...selectionOptions,
    "rerun-failed": rerunOption,
    "read-only-port": {
      kind: "number",
      advanced: true,
      value: "PORT",
      help: "the read-only port",
      default: "what /configz says",
      min: 1,
      max: 65535,
    },
    "healthz-port": {
      kind: "number",
      advanced: true,
      value: "PORT",
      help: "the healthz port",
      default: "what /configz says",
      min: 1,
      max: 65535,
    },
    pod: {
      kind: "text",
      advanced: true,
      value: "NAMESPACE/POD/CONTAINER",
      help: "a running container to name in requests",
      default: "one from /pods",
    },
    checkpoint: { kind: "text", value: "NAMESPACE/POD/CONTAINER", help: "a container that may be checkpointed: archives stay on the node" },
    exec: {
      kind: "text",
      value: "NAMESPACE/POD/CONTAINER",
      help: "a container with sh, echo and cat in which harmless commands may run",
    },
    "node-root": { advanced: true, kind: "text", value: "DIR", help: "the node's file system as seen from here; / on the node itself" },
    "runtime-endpoint": {
      kind: "text",
      value: "unix:///PATH",
      advanced: true,
      help: "the socket of the runtime under the kubelet; it is asked nothing that changes anything",
    },
    "long-checks": longChecks,
    declare: {
      kind: "list",
      value: "KEY=VALUE",
      advanced: true,
      help: "say about the target what cannot be seen, e.g. checkpoint-gate=false",
    },
    ...knownFailureOptions,
    ...runOptions,
  },
  examples: [
    "kubelet-conformance run --server https://10.0.0.7:10250 --certificate-authority ca.pem --client-certificate admin.pem --client-key admin-key.pem",
    "kubelet-conformance run --server https://10.0.0.7:10250 --token-file token --insecure-skip-tls-verify --profile checkpoint --checkpoint default/web-node1/web",
    "kubelet-conformance run --kubeconfig admin.conf --all-nodes --direct --insecure-skip-tls-verify --profile node",
    "kubelet-conformance run --node node1 --profile node --long-checks",
    "kubelet-conformance run --in-cluster --report json=/results/report.json",
    "kubelet-conformance run --kubeconfig admin.conf --node node1 --differential --insecure-skip-tls-verify",
    "kubelet-conformance run --config kubelet-conformance.yaml --report json=report.json --report junit=junit.xml",
  ],
  run: async (values, positionals, io) => {
    if (positionals.length > 0)
      throw new UsageError("argument-unexpected", `run takes no argument "${positionals[0]}"; the kubelet is named by --server URL`);
    const files = values.report.map(parseReportFlag);
    const shard = values.shard === undefined ? undefined : parseShard(values.shard);
    const listed = values["servers-file"] === undefined ? [] : await readServersFile(values["servers-file"]);
    const where = { ...values, server: [...values.server, ...listed] };
    const timeoutMs = values.timeout === undefined ? undefined : values.timeout * 1000;
    const reporter = chooseReporter(values.output, io);
    const knownFailures = await openKnownFailures(values, io);
    const selection = readSelection(values);
    const only = await readRerun("run", where, selection, io);
    const ca = values["certificate-authority"] === undefined ? undefined : await readAuthority(values["certificate-authority"]);
    const options: Omit<ConformanceOptions, "server" | "cluster"> = {
      credentials: await loadCredentials({
        token: values.token,
        tokenFile: values["token-file"],
        clientCertificate: values["client-certificate"],
        clientKey: values["client-key"],
      }),
      tls: { ca, insecure: values["insecure-skip-tls-verify"], servername: values["tls-server-name"] },
      kubernetesVersion: values["kubernetes-version"],
      ...selection,
      only,
      readOnlyPort: values["read-only-port"],
      healthzPort: values["healthz-port"],
      pod: containerFlag("pod", values.pod),
      checkpoint: containerFlag("checkpoint", values.checkpoint),
      exec: containerFlag("exec", values.exec),
      nodeRoot: values["node-root"],
      runtimeEndpoint: values["runtime-endpoint"],
      declare: values.declare,
      longChecks: values["long-checks"],
      timeoutMs,
      concurrency: values.concurrency,
      maxFailures: values["max-failures"],
      strict: values.strict,
      requireComplete: values["require-complete"],
      score: values.score ?? "frozen",
      knownFailures: knownFailures.entries,
      onEvent: reporter,
    };
    const interrupt = onInterrupt();
    try {
      const found = await readSubjects(where, { environment: io.environment }, interrupt.signal, timeoutMs);
      const subjects = shard === undefined ? found : ofShard(found, shard);
      await requireReportsWritable(files);
      const test = values.differential ? (await import("../../differential/run-differential.ts")).runDifferential : runConformance;
      const [subject, ...others] = subjects;
      if (!subject || others.length > 0 || shard !== undefined) {
        const { runFleet } = await import("../run-fleet.ts");
        return await runFleet({
          subjects,
          shard: shard && { ...shard, kubelets: found.length },
          options,
          test,
          knownFailures,
          files,
          parallel: values.parallel,
          output: values.output,
          signal: interrupt.signal,
          io,
        });
      }
      const { code, report } = await testOne(test, subject, { ...options, signal: interrupt.signal }, files, values, io);
      const codes = [code, await knownFailures.finish(report.results)];
      return interrupt.signal.aborted ? 130 : Math.max(...codes);
    } catch (error) {
      // There is nothing yet that could be reported.
      if (!interrupt.signal.aborted) throw error;
      io.err.write(`kubelet-conformance: ${say("interrupted")}\n`);
      return 130;
    } finally {
      interrupt.dispose();
    }
  },
});

async function testOne(
  test: typeof runConformance,
  { options: where }: RunSubject,
  options: Omit<ConformanceOptions, "server" | "cluster">,
  files: Parameters<typeof writeReports>[1],
  { output }: { output: string | undefined },
  io: Io,
): Promise<{ code: number; report: Report }> {
  const startedAt = new Date();
  const report = await test({ ...options, ...where }).catch(async (error: unknown) => {
    if (error instanceof TargetError && options.signal?.aborted !== true) {
      const { server, cluster } = where;
      const place = { server: server ?? cluster?.access.server ?? "", nodeName: cluster?.node, cluster: cluster?.access.server };
      const { kubernetesVersion, score } = options;
      const untested = (await import("../../report/untested.ts")).untestedReport({ ...place, kubernetesVersion, score, startedAt }, error);
      if (output === "json") io.out.write(`${printableJson(untested)}\n`);
      for (const file of await writeReports(untested, files)) io.err.write(`${say("report: {file}", { file })}\n`);
    }
    throw error;
  });
  const written = await writeReports(report, files);
  for (const file of written) io.err.write(`${say("report: {file}", { file })}\n`);
  if (report.stoppedAnswering)
    io.err.write(`kubelet-conformance: ${printable(translated(endText(report.target.server, report.stoppedAnswering)))}\n`);
  if (report.differential && output !== "json") {
    const { differentialLines } = await import("../../differential/lines.ts");
    io.out.write(`\n${differentialLines(report.differential).join("\n")}\n`);
  }
  return { code: exitCode(report, options), report };
}
