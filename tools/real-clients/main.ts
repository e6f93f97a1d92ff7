import { parseArgs } from "node:util";
import { ask, type Kubectl, kubectlWith, type Outcome } from "./kubectl.ts";
import { atLeast, registerNode } from "./node.ts";
import { askPromtool, promtoolStep } from "./promtool.ts";
import { type Step, stepsFor } from "./steps.ts";

const help = `Usage: node --conditions=@kubelet-conformance/source tools/real-clients/main.ts --kubeconfig FILE --client-ca FILE [options]

Lets the reference kubelet join a real cluster and works on its node with a real kubectl.

  --kubeconfig FILE            an administrator of the cluster, as whom the kubelet joins, too; its API server must reach this machine
  --client-ca FILE             CA of the API server's --kubelet-client-certificate
  --address IP                 where the API server finds the kubelet (default 127.0.0.1, to which API servers
                               proxy nothing: the GET steps need another)
  --tls-cert FILE, --tls-key FILE
                               the kubelet's serving certificate, for an API server with --kubelet-certificate-authority
  --kubernetes-version V       the kubelet's (default 1.36)
  --kubectl PROGRAM            default kubectl
  --filter REGEX               only steps whose name matches

It needs kubectl, an API server, and script (util-linux) for exec -it. Node and pod are removed at the end.
Where promtool (Prometheus) is on the PATH, it checks the metrics that kubectl top rests on.
Exit codes: 0 every step came out as it must, 1 some did not, 2 could not run.
`;

const options = {
  kubeconfig: { type: "string" },
  "client-ca": { type: "string" },
  address: { type: "string", default: "127.0.0.1" },
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
  "kubernetes-version": { type: "string", default: "1.36" },
  kubectl: { type: "string", default: "kubectl" },
  filter: { type: "string", default: "" },
  help: { type: "boolean", default: false },
} as const;

process.exitCode = await main().catch((error: unknown) => {
  console.error(`real-clients: ${error instanceof Error ? error.message : String(error)}; see --help`);
  return 2;
});

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { kubeconfig, "client-ca": clientAuthorityFile } = values;
  if (kubeconfig === undefined || clientAuthorityFile === undefined) throw new Error("--kubeconfig and --client-ca are needed");
  const filter = new RegExp(values.filter);
  const kubectl = kubectlWith(values.kubectl, kubeconfig);
  const kubernetesVersion = values["kubernetes-version"];
  const files = { clientAuthorityFile, certificateFile: values["tls-cert"], keyFile: values["tls-key"] };
  const node = await registerNode({ kubectl, kubeconfig, kubernetesVersion, address: values.address, ...files });
  let failed = 0;
  let passed = 0;
  const report = (name: string, problem: string | undefined): void => {
    if (problem === undefined) passed++;
    else failed++;
    console.log(problem === undefined ? `ok      ${name}` : `FAILED  ${name}: ${problem}`);
  };
  try {
    for (const step of stepsFor(node.name, node.pod)) {
      if (!filter.test(step.name) || !atLeast(kubernetesVersion, Number(step.since?.split(".")[1] ?? 0))) continue;
      report(step.name, await tryStep(kubectl, step));
    }
    if (filter.test(promtoolStep)) {
      const verdict = await askPromtool(kubectl, node.name);
      if (verdict === "absent") console.log(`skipped ${promtoolStep}: there is no promtool on the PATH`);
      else report(promtoolStep, verdict.problem);
    }
  } finally {
    await node.remove();
  }
  console.log(`kubectl on the reference kubelet ${kubernetesVersion}: ${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

async function tryStep(kubectl: Kubectl, step: Step): Promise<string | undefined> {
  const { input, terminal, until, forwarded } = step;
  let forwardProblem: string | undefined;
  const onMatch = async (stdout: string): Promise<void> => {
    if (!forwarded) return;
    const port = Number(/127\.0\.0\.1:(\d+) ->/.exec(stdout)?.[1]);
    const answer = await ask(port);
    if (!forwarded.test(answer)) forwardProblem = `the forwarded port answers ${JSON.stringify(answer.slice(0, 200))}`;
  };
  const outcome = await kubectl(step.args, {
    ...(input === undefined ? {} : { input }),
    ...(terminal === undefined ? {} : { terminal }),
    ...(until === undefined ? {} : { until, onMatch }),
  });
  return forwardProblem ?? problemOf(step, outcome);
}

function problemOf({ exitCode = 0, stdout, stderr, until }: Step, outcome: Outcome): string | undefined {
  const excerpt = (value: string): string => JSON.stringify(value.slice(0, 300));
  if (until)
    return until.test(outcome.stdout) ? undefined : `no ${until} in ${excerpt(outcome.stdout)}, standard error ${excerpt(outcome.stderr)}`;
  if (outcome.exitCode !== exitCode) return `exit code ${outcome.exitCode}, standard error ${excerpt(outcome.stderr)}`;
  if (stdout && !stdout.test(outcome.stdout)) return `no ${stdout} in ${excerpt(outcome.stdout)}`;
  if (stderr && !stderr.test(outcome.stderr)) return `no ${stderr} in standard error ${excerpt(outcome.stderr)}`;
  return undefined;
}
