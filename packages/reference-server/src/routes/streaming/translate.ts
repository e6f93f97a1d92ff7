import type { Duplex, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import {
  answerWebSocket,
  CHANNELS,
  decodeStatus,
  encodeStatus,
  encodeTerminalSize,
  exitCodeOf,
  exitStatus,
  followTerminalSizes,
  internalErrorStatus,
  openSpdy,
  serveChannels,
  SPDY_UPGRADE,
  STREAM_PROTOCOL_HEADER,
  successStatus,
  WEBSOCKET_V5,
  REMOTE_COMMAND_PROTOCOLS,
  type ErrorStatus,
  type SpdyConnection,
  type SpdyStream,
  type WebSocketChannels,
} from "@kubelet-conformance/streaming";
import type { KubeletAnswer, KubeletRequest } from "../../http/message.ts";
import type { CommandFlags } from "./command.ts";
import { firstHeader } from "../../http/headers.ts";
import { dialForUpgrade, type UpgradeRequest } from "./upgrade-dial.ts";

const idleMs = 4 * 60 * 60_000;

/**
 * Serves exec or attach over v5.channel.k8s.io itself and speaks SPDY to the runtime (apiserver's StreamTranslatorHandler).
 * The client gets its 101 before the runtime is asked; what fails from then on is told on the error channel.
 */
export function translateV5(request: KubeletRequest, url: string, flags: CommandFlags): KubeletAnswer {
  const { status, headers, body } = answerWebSocket({ method: request.method, header: (name) => request.header(name) }, [WEBSOCKET_V5]);
  return {
    status,
    headers,
    body,
    takeOver: (connection) => (status === 101 ? translate(connection, url, flags) : Promise.resolve()),
  };
}

async function translate(connection: Duplex, url: string, flags: CommandFlags): Promise<void> {
  const channels = serveChannels(connection, Buffer.alloc(0), { protocol: WEBSOCKET_V5, idleMs });
  channels.send(flags.stdout ? CHANNELS.stdout : flags.stderr ? CHANNELS.stderr : CHANNELS.error, "");
  const inputs = { stdin: channels.input(CHANNELS.stdin), resize: channels.input(CHANNELS.resize) };
  const status = await runOverSpdy(url, flags, channels, inputs).catch((error: unknown) =>
    internalErrorStatus(error instanceof Error ? error.message : String(error)),
  );
  channels.send(CHANNELS.error, encodeStatus(status));
  channels.close();
  await channels.closed;
}

type Inputs = Readonly<Record<"stdin" | "resize", ReturnType<WebSocketChannels["input"]>>>;

async function runOverSpdy(url: string, flags: CommandFlags, channels: WebSocketChannels, inputs: Inputs): Promise<ErrorStatus> {
  const { spdy, protocol } = await connect(url);
  void channels.closed.then(() => spdy.close());
  try {
    const error = await spdy.createStream({ streamType: "error" });
    const stdin = flags.stdin ? await spdy.createStream({ streamType: "stdin" }) : undefined;
    const stdout = flags.stdout ? await spdy.createStream({ streamType: "stdout" }) : undefined;
    const stderr = flags.stderr && !flags.tty ? await spdy.createStream({ streamType: "stderr" }) : undefined;
    const resize = flags.tty && /^v[345]\./.test(protocol) ? await spdy.createStream({ streamType: "resize" }) : undefined;
    const told = text(error);
    if (stdin === undefined) inputs.stdin.resume();
    else feed(stdin, inputs.stdin);
    if (resize === undefined) inputs.resize.resume();
    else {
      // Each size is worded anew.
      followTerminalSizes(inputs.resize, (size) => resize.write(encodeTerminalSize(size)));
      inputs.resize.once("end", () => resize.end());
    }
    const copied = [copy(stdout, channels.output(CHANNELS.stdout)), copy(stderr, channels.output(CHANNELS.stderr))];
    await Promise.all(copied);
    return statusOf(await told, protocol);
  } finally {
    spdy.close();
  }
}

function feed(stream: SpdyStream, input: Inputs["stdin"]): void {
  input.pipe(stream);
  // A runtime that closes its side takes no more input.
  stream.resume().once("end", () => {
    input.unpipe(stream).resume();
    stream.end();
  });
}

async function copy(stream: SpdyStream | undefined, output: Writable): Promise<void> {
  if (stream === undefined) return;
  stream.pipe(output);
  await finished(output, { readable: false });
}

async function connect(url: string): Promise<{ spdy: SpdyConnection; protocol: string }> {
  const location = new URL(url);
  const protocols = [WEBSOCKET_V5, ...REMOTE_COMMAND_PROTOCOLS];
  const upgrade: UpgradeRequest = {
    method: "POST",
    host: location.host,
    headers: [
      ["Connection", "Upgrade"],
      ["Upgrade", SPDY_UPGRADE],
      ...protocols.map((protocol) => [STREAM_PROTOCOL_HEADER, protocol] as const),
    ],
  };
  const { answer, connection } = await dialForUpgrade(location, upgrade).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`error sending request: Post "${url}": ${reason}`, { cause: error });
  });
  if (answer.status !== 101) throw new Error(`unable to upgrade connection: ${refusalText(answer.body.toString())}`);
  return { spdy: openSpdy(connection), protocol: firstHeader(answer.headers, STREAM_PROTOCOL_HEADER) ?? "" };
}

/** What a refusal says: its message, if it is an object with one, else the text itself. */
function refusalText(body: string): string {
  const { message } = decodeStatus(body) ?? {};
  if (typeof message === "string" && message.trim() !== "") return message.trim();
  return body.trim() || "empty server response";
}

/** What the client is told of what the runtime told: client-go decodes it, and the translator words it anew. */
function statusOf(told: string, protocol: string): ErrorStatus {
  if (told === "") return successStatus();
  if (!/^v[45]\./.test(protocol)) return internalErrorStatus(`error executing remote command: ${told}`);
  const status = decodeStatus(told);
  if (status === undefined) return internalErrorStatus(`error stream protocol error: invalid character in ${JSON.stringify(told)}`);
  if (status.status === "Success") return successStatus();
  if (status.status !== "Failure") return internalErrorStatus("error stream protocol error: unknown error");
  if (status.reason !== "NonZeroExitCode") return internalErrorStatus(status.message ?? "");
  const exitCode = exitCodeOf(status);
  if (exitCode === undefined) return internalErrorStatus("error stream protocol error: no ExitCode cause given");
  return exitStatus(exitCode, `command terminated with non-zero exit code: command terminated with exit code ${exitCode}`);
}
