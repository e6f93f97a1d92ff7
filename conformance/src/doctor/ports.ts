import { answerClass, isOfClass } from "../engine/answers.ts";
import { absentName } from "../engine/variables.ts";
import { parsePodList } from "../target/pod-list.ts";
import { createTransport } from "../target/transport.ts";
import { WireError, type WireResponse } from "../target/wire.ts";
import { type Finding, finding, pages } from "./finding.ts";
import { servesCheckpointsToAnyone } from "./kubelet-version.ts";
import { answerOf, bodyOf } from "./questions.ts";

/** Where kubelets have it unless they are told otherwise. */
const usualReadOnlyPort = 10255;

export interface PortOptions {
  /** The kubelet's host, as a URL has it. */
  hostname: string;
  port: number;
  limitMs: number;
  signal: AbortSignal;
}

/** What a port without TLS answers; undefined: no kubelet, at least not from here. */
export interface ReadOnlyPort {
  port: number;
  pods: number;
  /** It takes checkpoints of anyone. */
  checkpoints: boolean;
}

export async function lookAtReadOnlyPort({ hostname, port, limitMs, signal }: PortOptions): Promise<ReadOnlyPort | undefined> {
  const transport = createTransport({ server: `http://${hostname}:${port}`, timeoutMs: limitMs });
  const ask = (method: string, target: string): Promise<WireResponse | WireError> =>
    answerOf(transport.send({ method, target, listener: "main", client: { name: "none" }, signal }));
  try {
    const [pods, checkpoint] = await Promise.all([
      ask("GET", "/pods"),
      ask("POST", `/checkpoint/${absentName}/${absentName}/${absentName}`),
    ]);
    const list = parsePodList(bodyOf(pods));
    if (!list) return undefined;
    const checkpoints = !(checkpoint instanceof WireError) && isOfClass(answerClass("unknown-pod"), checkpoint);
    return { port, pods: list.length, checkpoints };
  } finally {
    transport.close();
  }
}

export interface ReadOnlyView {
  /** As the configuration says; 0: none; undefined: it could not be read. */
  configured: number | undefined;
  seen: ReadOnlyPort | undefined;
  version: string;
  /** Whether the gate ContainerCheckpoint is on; undefined: unknown. */
  gate: boolean | undefined;
}

export function ofReadOnlyPort({ configured, seen, version, gate }: ReadOnlyView): Finding[] {
  if (!seen && configured === 0) return [finding("ok", "port.read-only", "the read-only port is off")];
  if (!seen && configured === undefined) return [];
  const port = seen?.port ?? configured ?? usualReadOnlyPort;
  const off = { text: "readOnlyPort: 0 in the kubelet's configuration, then restart it", link: pages.kubeletConfiguration };
  const what = seen
    ? `anyone reads its pods there (${seen.pods}), their environment included, without TLS`
    : "whoever reaches it reads the node's pods there, without TLS";
  const findings = [finding("warning", "port.read-only", `the read-only port ${port} is open: ${what}`, [off])];
  // Seen is certain; where it cannot be seen from here, the version and the gate tell.
  if (seen ? seen.checkpoints : gate === true && servesCheckpointsToAnyone(version)) {
    const text = `CVE-2025-0426: this kubelet${version === "" ? "" : ` (${version})`} takes checkpoints of anyone on its read-only port, which fill the node's disk`;
    findings.push(
      finding("to-do", "cve-2025-0426", text, [
        off,
        { text: "upgrade the kubelet: 1.29.14, 1.30.10, 1.31.6, 1.32.2 and all from 1.33 on have the fix", link: pages.checkpointFlaw },
      ]),
    );
  }
  return findings;
}

/** The ports to try: what the configuration says, else the usual one. */
export function readOnlyPortToTry(configured: number | undefined): number | undefined {
  return configured === undefined ? usualReadOnlyPort : configured === 0 ? undefined : configured;
}

/** A healthz port that only the node itself reaches; asked where this is the node. */
export async function lookAtHealthz({ hostname, port, limitMs, signal }: PortOptions): Promise<Finding[]> {
  const transport = createTransport({ server: `http://${hostname}:${port}`, timeoutMs: limitMs });
  try {
    const answer = await answerOf(
      transport.send({ method: "GET", target: "/healthz", listener: "main", client: { name: "none" }, signal }),
    );
    if (bodyOf(answer) === "ok") return [finding("ok", "port.healthz", `the healthz port ${port} answers`)];
    const why = answer instanceof WireError ? answer.message : `status ${answer.status}`;
    return [
      // A tunnel to the main port alone looks like this, too.
      finding("warning", "port.healthz", `the healthz port ${port} does not answer ok here: ${why}`, [
        {
          text: "if this is the node itself, see the kubelet's log: another program may have the port",
          command: `journalctl -u kubelet -n 50; ss -ltnp sport = :${port}`,
        },
      ]),
    ];
  } finally {
    transport.close();
  }
}
