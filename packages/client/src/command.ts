import { handshake, openChannels } from "./channels.ts";
import { type CommandSession, outputs, session, v4, v5 } from "./command-session.ts";
import type { Upgrade } from "./upgrade.ts";

/** A container whose streams are wanted. */
export interface AttachOptions {
  namespace: string;
  pod: string;
  container: string;
  /** The pod's UID; attach refuses a pod with another, exec does not look. */
  uid?: string;
  /** Default false. */
  stdin?: boolean;
  /** Default true. */
  stdout?: boolean;
  /** Default true, without a terminal. */
  stderr?: boolean;
  /**
   * Gives exec a terminal; attach has one where the container does, and needs `stderr: false` there. Ask for stdin, too: containerd shows nothing of a
   * terminal without one over v4. Default false.
   */
  tty?: boolean;
  /** Ends the connection; streams and `exit` reject with its reason. What the command then does is up to the runtime: many let it run on. */
  signal?: AbortSignal;
  /** Milliseconds to wait for the beginning. Default: the client's. */
  timeoutMs?: number;
}

export interface ExecOptions extends AttachOptions {
  /** The program and its arguments; no shell is involved. */
  command: readonly string[];
}

/** Runs a command in a container. Every minor has this directly; none through the API server's node proxy. */
export async function exec(upgrade: Upgrade, { command, ...options }: ExecOptions): Promise<CommandSession> {
  return open(upgrade, "exec", options, { command: [...command] });
}

/** Connects to the streams of a container's first process. */
export async function attach(upgrade: Upgrade, options: AttachOptions): Promise<CommandSession> {
  return open(upgrade, "attach", options, {});
}

const header = { Upgrade: "websocket" as const, "Sec-WebSocket-Protocol": [v5, v4] };

async function open(
  upgrade: Upgrade,
  kind: "exec" | "attach",
  options: AttachOptions,
  what: { command?: string[] },
): Promise<CommandSession> {
  const { namespace, pod, container, uid, stdin = false, signal, timeoutMs } = options;
  const { key, headers } = handshake();
  const query = { ...what, ...flagsOf(options) };
  const init = { headers, ...(signal === undefined ? {} : { signal }), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const path = { namespace, pod, container };
  const upgraded =
    uid === undefined
      ? upgrade("GET", `/${kind}/{namespace}/{pod}/{container}`, { params: { path, query, header }, ...init })
      : upgrade("GET", `/${kind}/{namespace}/{pod}/{uid}/{container}`, { params: { path: { ...path, uid }, query, header }, ...init });
  const operation = `${kind === "exec" ? "getExec" : "getAttach"}${uid === undefined ? "" : "ByUid"}`;
  return session(await openChannels(await upgraded, { operation, key, read: outputs }), { operation, stdin, signal });
}

function flagsOf({ stdin = false, stdout = true, stderr = true, tty = false }: AttachOptions) {
  const one = "1" as const;
  return { ...(stdin && { input: one }), ...(stdout && { output: one }), ...(stderr && !tty && { error: one }), ...(tty && { tty: one }) };
}
