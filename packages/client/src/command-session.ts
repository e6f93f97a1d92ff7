import type { ErrorStatus } from "@kubelet-conformance/streaming";
import { errorText, type Channels } from "./channels.ts";
import { KubeletError } from "./kubelet-error.ts";

/** How a command ended. */
export interface CommandExit {
  /** 0 to 255; undefined where it never ran, e.g. because there is no such program. */
  exitCode: number | undefined;
  /** What is said of it; "" for success. */
  message: string;
  /** The Status object of the protocol. */
  status: ErrorStatus;
}

/** A command that runs. Its outputs share one connection: read or cancel each, or none of them goes on once one has 1 MiB unread. */
export interface CommandSession {
  /** `v5.channel.k8s.io` from kubelets of 1.36 on, else `v4.channel.k8s.io`, which cannot close stdin. */
  readonly protocol: string;
  /**
   * Bytes or text. Closing it closes the command's stdin over v5 and rejects over v4 (code `stdin-not-closable`; with `pipeTo` give `preventClose`). Rejects
   * once the command has ended, and at once where no stdin was asked for.
   */
  readonly stdin: WritableStream<Uint8Array | string>;
  readonly stdout: ReadableStream<Uint8Array>;
  /** Empty with a terminal, whose one output is stdout. */
  readonly stderr: ReadableStream<Uint8Array>;
  /** Fulfilled when the command has ended; rejects with a KubeletError (`stream-broken`) where the connection does before. */
  readonly exit: Promise<CommandExit>;
  /** Tells the terminal its size, in characters. */
  resize(size: { width: number; height: number }): Promise<void>;
  /** Ends the connection; what the command then does is up to the runtime. */
  readonly close: () => void;
}

/** Stdout, stderr and how it ended. */
export const outputs = [1, 2, 3];
export const v5 = "v5.channel.k8s.io";
export const v4 = "v4.channel.k8s.io";

export interface SessionOptions {
  operation: string;
  /** Whether the command has a stdin. */
  stdin: boolean;
  signal: AbortSignal | undefined;
}

/** A command on the channels of a connection, of which the `outputs` are read. */
export async function session(channels: Channels, { operation, stdin, signal }: SessionOptions): Promise<CommandSession> {
  const { CHANNELS, encodeTerminalSize } = await import("@kubelet-conformance/streaming");
  const { protocol } = channels;
  const stdout = channels.readable(CHANNELS.stdout);
  const stderr = channels.readable(CHANNELS.stderr);
  const exit = exitOf(operation, channels, channels.readable(CHANNELS.error), signal);
  // Who never asks how it ended is not told either.
  exit.catch(() => {});
  const abort = (): void => channels.fail(signal?.reason);
  if (signal?.aborted === true) abort();
  signal?.addEventListener("abort", abort, { once: true });
  void channels.closed.then(() => signal?.removeEventListener("abort", abort));
  return {
    protocol,
    stdin: inputTo(operation, channels, CHANNELS.stdin, stdin),
    stdout,
    stderr,
    exit,
    resize: async ({ width, height }) => channels.send(CHANNELS.resize, encodeTerminalSize({ Width: width, Height: height })),
    close: () => channels.close(),
  };
}

function inputTo(operation: string, channels: Channels, channel: number, isOpen: boolean): WritableStream<Uint8Array | string> {
  const refused = (code: "stdin-closed" | "stdin-not-closable", reason: string) => new KubeletError({ code, operation, reason });
  return new WritableStream<Uint8Array | string>({
    start(controller) {
      if (!isOpen) controller.error(refused("stdin-closed", "stdin was not asked for; give stdin: true"));
      void channels.closed.then(() => controller.error(refused("stdin-closed", "the command has ended")));
    },
    write: async (chunk) => channels.send(channel, chunk),
    close() {
      if (channels.protocol !== v5)
        throw refused("stdin-not-closable", `the kubelet speaks ${channels.protocol}, which cannot close stdin; those from 1.36 on can`);
      channels.end(channel);
    },
  });
}

async function exitOf(
  operation: string,
  channels: Channels,
  errors: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<CommandExit> {
  const { decodeStatus, exitCodeOf } = await import("@kubelet-conformance/streaming");
  const broken = (reason: string) => new KubeletError({ code: "stream-broken", operation, reason });
  const text = await errorText(errors).catch((error: unknown) => {
    throw signal?.aborted === true ? signal.reason : error;
  });
  if (text === undefined) {
    const reason = broken("the server says without end how the command ended");
    channels.fail(reason);
    throw reason;
  }
  await channels.closed;
  const status = decodeStatus(text);
  if (status === undefined) throw broken("the connection ended without a word of how the command did");
  return { exitCode: exitCodeOf(status), message: status.message ?? "", status };
}
