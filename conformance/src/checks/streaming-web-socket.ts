import type { CodedRequirementId } from "@kubelet-conformance/types";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { quoted } from "../engine/text.ts";
import { execTarget, execWebSocket } from "../streams/command.ts";
import {
  endOfInput,
  expectExitCode,
  expectSize,
  expectTerminal,
  expectText,
  shownSize,
  sizedTerminal,
  terminalCommand,
  terminalLines,
} from "../streams/expect.ts";
import { patienceMs, within } from "../streams/upgrade.ts";
import { channelData, openWebSocket, type WebSocketChannels } from "../streams/web-socket.ts";
import { samples } from "../target/prometheus.ts";

type WebSocketIds = Extract<CodedRequirementId["streaming"], `streaming.websocket.${string}`>;

/** Exec over WebSocket. */
export const webSocket: Pick<AreaChecks<"streaming">, WebSocketIds> = {
  "streaming.websocket.stdout": async (context) => {
    expectText("channel 1", (await execWebSocket(context, { command: ["echo", "hi"] })).stdout, "hi\n");
  },

  "streaming.websocket.stderr": async (context) => {
    expectText("channel 2", (await execWebSocket(context, { command: ["sh", "-c", "echo err >&2"] })).stderr, "err\n");
  },

  "streaming.websocket.stdin": async (context) => {
    // Its stdin stays open, so what it reads shows before it ends.
    const socket = await openWebSocket(context, { target: execTarget(context, { command: ["cat"], stdin: "" }) }, [v4]);
    socket.send(0, "one\n");
    const echoed = socket.until((frames) => channelData(frames, 1).toString().includes("\n"));
    await within(echoed, "on channel 1 what was sent on channel 0");
    expectText("channel 1", channelData(socket.frames, 1), "one\n");
  },

  "streaming.websocket.status": async (context) => {
    expectExitCode((await execWebSocket(context, { command: ["sh", "-c", "exit 42"] })).error, "42");
  },

  "streaming.websocket.close": async (context) => {
    const { closeCode } = await execWebSocket(context, { command: ["echo"] });
    if (closeCode !== 1000) throw new Broken("close code 1000", closeCode === 1006 ? "no close frame" : String(closeCode));
  },

  "streaming.websocket.binary": async (context) => {
    const socket = await openWebSocket(context, { target: execTarget(context, { command: ["echo", "hi"] }) }, [v4]);
    await within(socket.closed, "the end of the connection after the command");
    if (socket.frames.length === 0 || socket.kinds.has("text")) throw new Broken("binary messages only", kindsText(socket.kinds));
  },

  "streaming.websocket.base64": async (context) => {
    const target = execTarget(context, { command: ["cat"], stdin: "" });
    const socket = await openWebSocket(context, { target }, ["v4.base64.channel.k8s.io"]);
    // Reads as a digit and base64, or the connection's client says what was wrong.
    socket.send(0, "one\n");
    await within(
      socket.until((frames) => channelData(frames, 1).toString().includes("\n")),
      "on channel 1 what was sent on channel 0",
    );
    expectText("channel 1", channelData(socket.frames, 1), "one\n");
    if (socket.kinds.has("binary")) throw new Broken("text messages only", kindsText(socket.kinds));
  },

  "streaming.websocket.terminal": async (context) => {
    const socket = await openWebSocket(context, { target: execTarget(context, { command: terminalCommand, tty: true, stdin: "" }) }, [v4]);
    const lines = socket.until((frames) => terminalLines.test(channelData(frames, 1).toString()));
    await within(lines, "two lines on channel 1");
    const stdout = channelData(socket.frames, 1);
    socket.send(0, endOfInput);
    await within(socket.closed, "the end of the command");
    expectTerminal("channel 1", stdout);
  },

  "streaming.websocket.resize": async (context) => {
    // A terminal whose input is at its end is over, so it has one.
    const command = { ...sizedTerminal, stdin: "" };
    const socket = await openWebSocket(context, { target: execTarget(context, command) }, [v4]);
    socket.send(4, JSON.stringify(command.size));
    const shown = (): string => channelData(socket.frames, 1).toString();
    await within(
      socket.until(() => shownSize.test(shown())),
      "the end of a command that looks at the size of its terminal",
      2 * patienceMs,
    );
    expectSize(context, shown());
  },

  "streaming.websocket.ping": async (context) => {
    const socket = await openCat(context, v4);
    const answer = await within(socket.ping("are you there"), "the answer to a ping");
    if (answer !== "are you there") throw new Broken("a pong with the payload of the ping", quoted(answer ?? "the end of the connection"));
  },

  "streaming.websocket.unmasked": async (context) => {
    const socket = await openCat(context, v4);
    socket.sendRaw(Buffer.from("82020061", "hex"));
    await within(socket.closed, "the end of the connection after a message without a mask");
  },

  "streaming.websocket.message-limit": async (context) => {
    const socket = await openCat(context, v4);
    // The head of a message of 32 MiB and a byte.
    socket.sendRaw(Buffer.from("82ff000000000200000100000000", "hex"));
    await within(socket.closed, "the end of the connection after the head of a message of more than 32 MiB");
  },

  "streaming.websocket.v5-bad-close": async (context) => {
    const socket = await openCat(context, "v5.channel.k8s.io");
    socket.send(255, "");
    await within(socket.closed, "the end of the connection after a close signal that names no channel");
  },

  "streaming.websocket.v5-close": async (context) => {
    const target = execTarget(context, { command: ["cat"], stdin: "" });
    const socket = await openWebSocket(context, { target }, ["v5.channel.k8s.io"]);
    socket.send(0, "one");
    socket.send(255, Buffer.of(0));
    await within(socket.closed, "the end of the command after the end of its stdin");
    expectText("channel 1", channelData(socket.frames, 1), "one");
  },

  "streaming.websocket.counted": async (context) => {
    const before = await countedExecs(context);
    await execWebSocket(context, { command: ["echo"], protocols: ["v5.channel.k8s.io"] });
    const grown = (await countedExecs(context)) - before;
    if (grown < 1) throw new Broken("kubelet_websocket_streaming_requests_total of exec to grow", `growth of ${grown}`);
  },
};

const v4 = "v4.channel.k8s.io";

/** A command that waits for input. */
async function openCat(context: CheckContext, protocol: string): Promise<WebSocketChannels> {
  return openWebSocket(context, { target: execTarget(context, { command: ["cat"], stdin: "" }) }, [protocol]);
}

async function countedExecs(context: CheckContext): Promise<number> {
  const metrics = (await context.send({ target: "/metrics" })).body.toString();
  const execs = samples(metrics, "kubelet_websocket_streaming_requests_total").filter(({ labels }) => labels["subresource"] === "exec");
  return execs.reduce((sum, { value }) => sum + value, 0);
}

function kindsText(kinds: ReadonlySet<string>): string {
  return kinds.size === 0 ? "no message" : [...kinds].join(" and ");
}
