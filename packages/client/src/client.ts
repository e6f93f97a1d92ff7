import { openAccess } from "./access.ts";
import { type Calls, createCalls } from "./calls.ts";
import { checkpoint, type CheckpointOptions, type CheckpointOutcome } from "./checkpoint.ts";
import { attach, type AttachOptions, exec, type ExecOptions } from "./command.ts";
import type { CommandSession } from "./command-session.ts";
import { containerLogs, type ContainerLogsOptions } from "./container-logs.ts";
import { KubeletError } from "./kubelet-error.ts";
import type { KubeletClientOptions } from "./options.ts";
import { type ForwardedPort, portForward, type PortForwardOptions } from "./port-forward.ts";
import { createTransport } from "./transport.ts";
import { createUpgrade, type Upgrade } from "./upgrade.ts";

/** A client of one kubelet. */
export interface KubeletClient extends Calls {
  /** Checkpoints a container, and says what came of it. */
  checkpoint(options: CheckpointOptions): Promise<CheckpointOutcome>;
  /** The lines of a container's log, followed or not. */
  containerLogs(options: ContainerLogsOptions): AsyncGenerator<string, void, undefined>;
  /** Runs a command in a container, over WebSocket. Not through the node proxy. */
  exec(options: ExecOptions): Promise<CommandSession>;
  /** Connects to the streams of a container's first process, over WebSocket. Not through the node proxy. */
  attach(options: AttachOptions): Promise<CommandSession>;
  /** Connects to a port of a pod, over WebSocket. Not through the node proxy. */
  portForward(options: PortForwardOptions): Promise<ForwardedPort>;
  /** A raw connection of exec, attach or portForward, for other protocols such as SPDY. Not through the node proxy. */
  readonly upgrade: Upgrade;
  /** Ends idle connections, and every call and stream with a KubeletError (`closed`). */
  close(): void;
}

/**
 * A client of the kubelet at `server`, or of the node's kubelet behind an API server. Nothing is sent yet. Rejects with a KubeletError for options that cannot
 * be used, and with a KubeconfigError for such a kubeconfig; calls reject with one, too, where a kubeconfig's program does not log in again.
 */
export async function createKubeletClient(options: KubeletClientOptions): Promise<KubeletClient> {
  const access = await openAccess(options);
  const { timeoutMs = 30_000, userAgent = "kubelet-conformance-client" } = options;
  const ending = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal;
  const transport = createTransport({ access, userAgent, signal });
  const context = { base: access.base, viaProxy: access.viaProxy, transport, timeoutMs };
  const calls = createCalls(context);
  const upgrade = createUpgrade(context);
  /** Of the call, and of the client: streams outlive their calls. */
  const ended = <Options extends { signal?: AbortSignal }>(each: Options): Options => ({
    ...each,
    signal: each.signal ? AbortSignal.any([each.signal, signal]) : signal,
  });
  return {
    ...calls,
    checkpoint: async (each) => checkpoint(calls, each),
    containerLogs: (each) => containerLogs(calls, each),
    exec: async (each) => exec(upgrade, ended(each)),
    attach: async (each) => attach(upgrade, ended(each)),
    portForward: async (each) => portForward(upgrade, ended(each)),
    upgrade,
    close() {
      ending.abort(new KubeletError({ code: "closed", operation: "close", reason: "the client was closed" }));
      transport.close();
    },
  };
}
