import type { SpdyConnection, SpdyStream } from "@kubelet-conformance/streaming";
import { Blocked, type CheckContext } from "../engine/check.ts";
import type { ContainerReference } from "../target/target.ts";
import type { WireResponse } from "../target/wire.ts";
import { openSpdyChannels, readAll } from "./spdy.ts";
import { channelData, openWebSocket } from "./web-socket.ts";
import { within } from "./upgrade.ts";

/** A command with its streams. Stdout and the error stream are always there, stderr without a terminal. */
export interface Command {
  command: readonly string[];
  /** What it is given to read; over SPDY stdin is closed behind it, apart from a terminal's. Absent: it has no stdin. */
  stdin?: Uint8Array | string;
  /** Over SPDY, too, stdin stays open. */
  keepsStdinOpen?: true;
  tty?: true;
  /** The size of the terminal, sent before anything else. */
  size?: { Width: number; Height: number };
  /** Default: v4.channel.k8s.io, the newest that every minor has. */
  protocols?: readonly string[];
  /** Asks in the four-segment form. */
  uid?: string;
  method?: string;
}

/** What came of a command. */
export interface Outcome {
  answer: WireResponse;
  protocol: string | undefined;
  stdout: Buffer;
  stderr: Buffer;
  /** All of the error stream. */
  error: string;
}

/** The container that commands may run in. */
export function commandContainer({ target }: CheckContext): ContainerReference {
  if (!target.command) throw new Blocked("command-container");
  return target.command;
}

/** The request target of exec for this command. */
export function execTarget(context: CheckContext, { command, stdin, tty, uid }: Command): string {
  const { namespace, pod, container } = commandContainer(context);
  const path = [namespace, pod, ...(uid === undefined ? [] : [uid]), container].map(encodeURIComponent).join("/");
  const query = [
    ...command.map((word) => `command=${encodeURIComponent(word)}`),
    ...(stdin === undefined ? [] : ["input=1"]),
    "output=1",
    tty ? "tty=1" : "error=1",
  ];
  return `/exec/${path}?${query.join("&")}`;
}

/** A command that runs over SPDY. */
export interface RunningCommand {
  answer: WireResponse;
  protocol: string | undefined;
  connection: SpdyConnection;
  error: SpdyStream;
  stdin: SpdyStream | undefined;
  stdout: SpdyStream;
  stderr: SpdyStream | undefined;
}

/** Runs a command over SPDY and waits for the end of its streams. */
export async function execSpdy(context: CheckContext, command: Command): Promise<Outcome> {
  const { answer, protocol, connection, error, stdout, stderr } = await startSpdy(context, command);
  const [texts, out, errors] = await within(Promise.all([readAll(error), readAll(stdout), readAll(stderr)]), "the end of all streams");
  connection.close();
  return { answer, protocol, stdout: out, stderr: errors, error: texts.toString() };
}

/** Opens the streams of a command over SPDY and writes all of its input. */
export async function startSpdy(context: CheckContext, command: Command): Promise<RunningCommand> {
  const { protocols = ["v4.channel.k8s.io"], stdin, tty, size, method } = command;
  const request = { target: execTarget(context, command), ...(method === undefined ? {} : { method }) };
  const { answer, protocol, connection } = await openSpdyChannels(context, request, protocols);
  const open = (streamType: string): Promise<SpdyStream> =>
    within(connection.createStream({ streamType }), `a reply to the stream of type ${streamType}`);
  const error = await open("error");
  const input = stdin === undefined ? undefined : await open("stdin");
  const stdout = await open("stdout");
  const stderr = tty ? undefined : await open("stderr");
  // The server waits for it, whether there is a size to tell or not.
  const resize = tty ? await open("resize") : undefined;
  if (size) resize?.write(`${JSON.stringify(size)}\n`);
  // A terminal is over when its input is.
  if (tty) input?.write(stdin);
  else if (!command.keepsStdinOpen) input?.end(stdin);
  return { answer, protocol, connection, error, stdin: input, stdout, stderr };
}

/** The same over a WebSocket, which ends when the server closes it. Stdin stays open: only v5 can close it. */
export async function execWebSocket(context: CheckContext, command: Command): Promise<Outcome & { closeCode: number }> {
  const { protocols = ["v4.channel.k8s.io"], stdin, size } = command;
  const socket = await openWebSocket(context, { target: execTarget(context, command) }, protocols);
  if (size) socket.send(4, `${JSON.stringify(size)}\n`);
  if (stdin !== undefined && stdin.length > 0) socket.send(0, stdin);
  const closeCode = await within(socket.closed, "the end of the connection after the command");
  const { answer, frames, protocol } = socket;
  const [stdout, stderr, error] = [1, 2, 3].map((channel) => channelData(frames, channel));
  return {
    answer,
    protocol,
    stdout: stdout ?? Buffer.alloc(0),
    stderr: stderr ?? Buffer.alloc(0),
    error: (error ?? "").toString(),
    closeCode,
  };
}
