import type { SpdyStream } from "@kubelet-conformance/streaming";
import type { CodedRequirementId } from "@kubelet-conformance/types";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { commandContainer } from "../streams/command.ts";
import { openSpdyChannels } from "../streams/spdy.ts";
import { patienceMs, within } from "../streams/upgrade.ts";
import { channelData, openWebSocket } from "../streams/web-socket.ts";
import { logTarget, logTimes } from "../target/container-log.ts";

type AttachIds = Extract<CodedRequirementId["streaming"], `streaming.attach.${string}`>;

/** Attach to a container that writes. */
export const attach: Pick<AreaChecks<"streaming">, AttachIds> = {
  "streaming.attach.spdy": async (context) => {
    const { connection } = await openSpdyChannels(context, { target: attachTarget(context) }, ["v4.channel.k8s.io"]);
    const open = (streamType: string): Promise<SpdyStream> =>
      within(connection.createStream({ streamType }), `a reply to the stream of type ${streamType}`);
    await open("error");
    const stdout = await open("stdout");
    await expectOutput(context, new Promise((resolve) => void stdout.once("data", resolve)));
    connection.close();
  },

  "streaming.attach.websocket": async (context) => {
    const socket = await openWebSocket(context, { target: attachTarget(context) }, ["v4.channel.k8s.io"]);
    await expectOutput(
      context,
      socket.until((frames) => channelData(frames, 1).length > 0),
    );
    if (channelData(socket.frames, 1).length === 0) throw new Broken("output on channel 1", "the end of the connection");
    socket.close();
  },
};

function attachTarget(context: CheckContext): string {
  const { namespace, pod, container } = commandContainer(context);
  return `/attach/${[namespace, pod, container].map(encodeURIComponent).join("/")}?output=1`;
}

/** Waits for output. What shall arrive is what the container writes meanwhile, as its log tells: without any, nothing was tested. */
async function expectOutput(context: CheckContext, output: Promise<unknown>): Promise<void> {
  const before = await lastLine(context);
  try {
    await within(output, "what the container writes");
  } catch (error) {
    if (error instanceof Broken && (await lastLine(context)) === before) throw new Blocked("writing-container");
    throw error;
  }
}

async function lastLine(context: CheckContext): Promise<number | undefined> {
  return logTimes(await context.send({ target: logTarget(commandContainer(context)), timeoutMs: patienceMs }))?.at(-1);
}
