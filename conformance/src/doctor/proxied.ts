import { parseJson } from "../engine/expectation.ts";
import type { LiveCluster } from "../target/live-cluster.ts";
import { WireError, type WireResponse } from "../target/wire.ts";
import { type Finding, finding, pages } from "./finding.ts";
import { readAnswers } from "./readings.ts";
import { ofReadOnlyPort } from "./ports.ts";
import { readOnlyPortOf } from "./configuration.ts";
import { answerOf, questions } from "./questions.ts";
import { rbacManifest, readRefusal } from "./rbac.ts";

export interface ProxiedView {
  cluster: LiveCluster;
  node: string;
  /** As the node says it. */
  version: string;
  signal: AbortSignal;
}

/** What a kubelet tells through its API server, which asks it under its own name. */
export async function lookThroughProxy({ cluster, node, version, signal }: ProxiedView): Promise<Finding[]> {
  const ask = (target: string): Promise<WireResponse | WireError> =>
    answerOf(cluster.get(`/api/v1/nodes/${encodeURIComponent(node)}/proxy${target}`, signal));
  const [configuration, metrics, health] = await Promise.all([
    ask(questions.configuration.target),
    ask(questions.metrics.target),
    ask(questions.health.target),
  ]);
  const obstacle = ofObstacle(node, configuration);
  if (obstacle) return [obstacle];
  const told = readAnswers({ configuration, metrics, health }, version);
  const configured = told.configuration && readOnlyPortOf(told.configuration);
  return [...told.findings, ...ofReadOnlyPort({ configured, seen: undefined, version: told.kubeletVersion, gate: told.gate })];
}

/** What kept the question from the kubelet, or its answer from us. */
function ofObstacle(node: string, answer: WireResponse | WireError): Finding | undefined {
  if (answer instanceof WireError) return unreached(answer.code === "timeout" ? "it gives no answer in time" : answer.message);
  const text = answer.body.toString();
  const said = statusOf(answer);
  if (said === undefined) {
    const refusal = answer.status === 403 ? readRefusal(text) : undefined;
    if (refusal)
      return finding(
        "to-do",
        "proxy.refused",
        `the kubelet does not let the API server (${refusal.user}) in, so that kubectl logs and exec fail, too`,
        [
          {
            text: "give the API server's client its role back",
            command: `kubectl create clusterrolebinding kubelet-api-admin --clusterrole=system:kubelet-api-admin --user='${refusal.user.replaceAll("'", "")}'`,
            link: pages.kubeletAccess,
          },
        ],
      );
    if (answer.status !== 401) return undefined;
    return finding("to-do", "proxy.refused", "the kubelet does not know the API server (401), so that kubectl logs and exec fail, too", [
      {
        text: "give the API server a --kubelet-client-certificate of the authority in the kubelet's clientCAFile",
        link: pages.kubeletAccess,
      },
    ]);
  }
  if (answer.status >= 500) return unreached(said);
  const [, user] = /User "(.*?)" cannot/.exec(said) ?? [];
  if (answer.status !== 403 || user === undefined) return undefined;
  return finding("note", "proxy.forbidden", `what the kubelet of ${node} says itself was not read: ${user} may not get nodes/proxy`, [
    { text: "allow it, if that is wanted:", manifest: rbacManifest(user, new Map([["get", ["proxy"]]])) },
    { text: "or ask the kubelet itself, with less: --direct" },
  ]);
}

function unreached(why: string): Finding {
  return finding(
    "to-do",
    "proxy.unreachable",
    `the API server does not reach the kubelet, so that kubectl logs and exec fail, too: ${why}`,
    [
      {
        text: "see whether the kubelet runs, and let the control plane through to its port",
        command: "systemctl status kubelet",
        link: pages.ports,
      },
      { text: "ask it from here, to learn more: --direct" },
    ],
  );
}

/** The message of an API server's own Status; undefined: the answer is the kubelet's. */
function statusOf(answer: WireResponse): string | undefined {
  const body = parseJson(answer)?.value;
  if (typeof body !== "object" || body === null || !("kind" in body) || body.kind !== "Status") return undefined;
  return "message" in body ? String(body.message) : "";
}
