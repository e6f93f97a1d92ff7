import { answerClass, isOfClass } from "../engine/answers.ts";
import { WireError, type WireResponse } from "../target/wire.ts";
import { type Finding, finding, pages } from "./finding.ts";
import { partsOf } from "./kubelet-version.ts";
import type { Answers } from "./questions.ts";

/** The checkpoint API came with 1.25, and its gate is on from here on. */
const firstMinor = 25;
const gateOn = 30;

/** Whether what people call is served at all. */
export function ofRoutes({ running, checkpoint }: Pick<Answers, "running" | "checkpoint">, version: string): Finding[] {
  if (is("debugging-disabled", running))
    return [
      finding(
        "warning",
        "route.debugging-disabled",
        "enableDebuggingHandlers is off: logs, exec, attach, port-forward and checkpoint do not work on this node",
        [{ text: "enableDebuggingHandlers: true in the kubelet's configuration, if that is wanted", link: pages.kubeletConfiguration }],
      ),
    ];
  if (is("route-missing", checkpoint)) {
    const minor = partsOf(version)?.minor;
    if (minor !== undefined && minor < firstMinor)
      return [finding("note", "route.checkpoint-gate", `404 on /checkpoint: kubelets have it from 1.${firstMinor} on`)];
    const usual =
      minor === undefined ? "" : minor < gateOn ? `, as it is by default up to 1.${gateOn - 1}` : ", though it is on by default";
    return [
      finding("note", "route.checkpoint-gate", `404 on /checkpoint: the feature gate ContainerCheckpoint is off${usual}`, [
        {
          text: "featureGates: { ContainerCheckpoint: true } in the kubelet's configuration, if checkpoints are wanted",
          link: pages.checkpoint,
        },
      ]),
    ];
  }
  return is("unknown-pod", checkpoint) ? [finding("ok", "route.checkpoint", "the checkpoint API is served")] : [];
}

/** What the kubelet says of its own health. */
export function ofHealth(health: WireResponse | WireError): Finding[] {
  if (health instanceof WireError) return [];
  if (health.status === 200) return [finding("ok", "health.ok", "/healthz is well")];
  const failed = [...health.body.toString().matchAll(/^\[-\](\S+) failed/gm)].map(([, name]) => name);
  if (health.status !== 500 || failed.length === 0) return [];
  return [
    finding("to-do", "health.failing", `/healthz: ${failed.join(", ")} failed`, [
      { text: "see the kubelet's log for why", command: "journalctl -u kubelet -n 50" },
      { text: "syncloop is slow or stuck where the runtime does not answer", link: pages.debugNodes },
    ]),
  ];
}

function is(id: string, answer: WireResponse | WireError): boolean {
  return !(answer instanceof WireError) && isOfClass(answerClass(id), answer);
}
