import type { CodedRequirementId } from "@kubelet-conformance/types";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { outlined } from "../engine/text.ts";
import { connectTunnel, forward, forwardTarget, httpRequest, openForward } from "../streams/port-forward.ts";
import { within } from "../streams/upgrade.ts";
import { channelData, openWebSocket, type WebSocketChannels } from "../streams/web-socket.ts";
import { quotedBody } from "../engine/expectation.ts";

type ForwardIds = Extract<CodedRequirementId["streaming"], `streaming.port-forward.${string}`>;

/** TCP port service multiplexer: nobody has had one for decades. */
const closedPort = 1;

/** PortForward to a port that listens, and to one that does not. */
export const portForward: Pick<AreaChecks<"streaming">, ForwardIds> = {
  "streaming.port-forward.data": async (context) => {
    const { data } = await forward(await openForward(context), listeningPort(context));
    expectHttp(data);
  },

  "streaming.port-forward.no-error": async (context) => {
    const { error } = await forward(await openForward(context), listeningPort(context));
    if (error !== "") throw new Broken("nothing on the error stream", quotedBody({ body: Buffer.from(error) }));
  },

  "streaming.port-forward.refused": async (context) => {
    const { error } = await forward(await openForward(context), closedPort);
    expectRefusal(error);
  },

  "streaming.port-forward.after-a-refusal": async (context) => {
    const connection = await openForward(context);
    await forward(connection, closedPort, "0");
    const { data } = await forward(connection, listeningPort(context), "1");
    expectHttp(data);
  },

  "streaming.port-forward.bad-stream": async (context) => {
    const connection = await openForward(context);
    for (const headers of [
      { port: "0", streamType: "data" },
      { port: "65536", streamType: "data" },
      { streamType: "data" },
      { port: "80" },
    ]) {
      const named = Object.entries(headers)
        .map(([name, value]) => `${name} ${value}`)
        .join(" and ");
      const opened = connection.createStream({ ...headers, requestID: "0" }).then(
        () => true,
        () => false,
      );
      if (await within(opened, `an answer to a stream with ${named}`)) throw new Broken(`no stream with ${named} alone`, "a stream");
    }
    if ((await forward(connection, closedPort)).error === "") throw new Broken("a further connection to be forwarded", "nothing of it");
  },

  "streaming.port-forward.simultaneous": async (context) => {
    const connection = await openForward(context);
    const port = listeningPort(context);
    const outcomes = await Promise.all(["0", "1", "2", "3"].map((requestID) => forward(connection, port, requestID)));
    for (const { data } of outcomes) expectHttp(data);
  },

  "streaming.port-forward.websocket-ports": async (context) => {
    const socket = await openWebSocket(context, { target: forwardTarget(context, "port=1&port=258") }, [v4]);
    const begun = socket.until((frames) => new Set(frames.map(({ channel }) => channel)).size >= 4);
    await within(begun, "a first message on each of the channels 0 to 3");
    for (const [channel, port] of [1, 1, 258, 258].entries()) {
      const first = socket.frames.find((frame) => frame.channel === channel)?.data;
      const wanted = Buffer.of(port & 0xff, port >> 8);
      if (!first?.equals(wanted))
        throw new Broken(`${wanted.toString("hex")} first on channel ${channel}`, first?.toString("hex") ?? "nothing");
    }
  },

  "streaming.port-forward.websocket-data": async (context) => {
    const target = forwardTarget(context, `port=${listeningPort(context)}`);
    const socket = await openWebSocket(context, { target }, [v4]);
    socket.send(0, httpRequest);
    expectHttp(await channelText(socket, 0, /HTTP\/1\.\d \d/));
  },

  "streaming.port-forward.websocket-refused": async (context) => {
    const socket = await openWebSocket(context, { target: forwardTarget(context, `port=${closedPort}`) }, [v4]);
    expectRefusal(await channelText(socket, 1, /./));
  },

  "streaming.port-forward.websocket-base64": async (context) => {
    const target = forwardTarget(context, `port=${closedPort}`);
    const socket = await openWebSocket(context, { target }, ["v4.base64.channel.k8s.io"]);
    expectRefusal(await channelText(socket, 1, /./));
    if (socket.kinds.has("binary")) throw new Broken("text messages only", [...socket.kinds].join(" and "));
  },

  "streaming.port-forward.tunnel-refused": async (context) => {
    const { error } = await forward(await connectTunnel(context), closedPort);
    expectRefusal(error);
  },
};

const v4 = "v4.channel.k8s.io";

function listeningPort({ target }: CheckContext): number {
  if (target.listeningPort === undefined) throw new Blocked("listening-port");
  return target.listeningPort;
}

/** What arrives on a channel behind the port, once it holds the pattern. */
async function channelText({ until, frames }: WebSocketChannels, channel: number, pattern: RegExp): Promise<string> {
  const text = (): string => channelData(frames, channel).subarray(2).toString();
  await within(
    until(() => pattern.test(text())),
    `data behind the port on channel ${channel}`,
  );
  return text();
}

function expectHttp(answer: string): void {
  if (!/^HTTP\/1\.\d \d{3} /.test(answer)) throw new Broken("the HTTP answer of what listens there", outlined(answer));
}

function expectRefusal(error: string): void {
  if (!error.includes(String(closedPort)) || !/port/i.test(error))
    throw new Broken(`a text that names port ${closedPort}`, quotedBody({ body: Buffer.from(error) }));
}
