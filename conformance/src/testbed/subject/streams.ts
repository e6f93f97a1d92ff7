import { lookup } from "node:dns/promises";
import { ContainerState, grpcErrorText, type RuntimeClient } from "@kubelet-conformance/cri";
import { TargetError } from "../../errors.ts";
import type { StreamAddress } from "../isolation/messages.ts";
import { nameLabel, nameOnNode } from "./labels.ts";

/** Makes an address that a runtime serves streams on lead there; rejects with what keeps it from that. */
export type Reach = (address: StreamAddress) => Promise<void>;

const callLimitMs = 10_000;

/**
 * Makes the streaming server of a runtime, which listens on some port of another network namespace, reachable from this one. Resolves with
 * what keeps it from that. Throws a TargetError where the port is taken here: another kubelet may have other ports.
 */
export async function reachStreams(client: RuntimeClient, reach: Reach, signal: AbortSignal): Promise<string | undefined> {
  let url: string;
  try {
    url = await execUrl(client, signal);
  } catch (error) {
    signal.throwIfAborted();
    return `the runtime gives no URL for a command's streams (${grpcErrorText(error)})`;
  }
  try {
    await reach(await addressOf(url));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    // Without the token.
    const message = `the runtime serves streams at ${URL.canParse(url) ? new URL(url).origin : "no URL"}, out of the kubelet's reach: ${reason}`;
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new TargetError("port-taken", message, { cause: error });
    return message;
  }
}

/** Only Exec tells where; the command is never run, because nobody uses the token in the URL. */
async function execUrl({ runtime }: RuntimeClient, signal: AbortSignal): Promise<string> {
  const limits = { signal, timeoutMs: callLimitMs };
  const filter = { labelSelector: { [nameLabel]: nameOnNode }, state: { state: ContainerState.CONTAINER_RUNNING } };
  const { containers } = await runtime.listContainers({ filter }, limits);
  const [container] = containers;
  if (!container) throw new Error("no container runs");
  const { url } = await runtime.exec({ containerId: container.id, cmd: ["true"], stdout: true }, limits);
  return url;
}

async function addressOf(text: string): Promise<StreamAddress> {
  const { protocol, hostname, port } = new URL(text);
  if (protocol !== "http:") throw new Error("kubelets take TLS only from an authority that the machine trusts; switch the runtime's off");
  // Hosts that are addresses already stay as they are.
  const { address } = await lookup(hostname.replace(/^\[(.*)\]$/, "$1"));
  return { host: address, port: Number(port || 80) };
}
