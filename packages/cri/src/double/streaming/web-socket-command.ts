import { Readable, type Duplex } from "node:stream";
import { CHANNELS, encodeStatus, serveChannels } from "@kubelet-conformance/streaming";
import { plainStatus, type CommandStreams, type WantedStreams } from "./command-streams.ts";

/** The streams of an exec or attach over an upgraded WebSocket connection. */
export function acceptWebSocketCommand(
  connection: Duplex,
  head: Buffer,
  { protocol, wanted, idleMs }: { readonly protocol: string; readonly wanted: WantedStreams; readonly idleMs: number },
): CommandStreams {
  const channels = serveChannels(connection, head, { protocol, idleMs });
  // An empty message on the lowest channel that is written to tells the client that all is set up.
  channels.send(wanted.stdout ? CHANNELS.stdout : wanted.stderr ? CHANNELS.stderr : CHANNELS.error, "");
  return {
    // A channel that was not asked for is there as well, and at its end (wsstream's IgnoreChannel).
    stdin: wanted.stdin ? channels.input(CHANNELS.stdin) : Readable.from([]),
    stdout: wanted.stdout ? channels.output(CHANNELS.stdout) : undefined,
    stderr: wanted.stderr ? channels.output(CHANNELS.stderr) : undefined,
    resize: channels.input(CHANNELS.resize),
    writeStatus(status) {
      const text = protocol.startsWith("v4.") ? encodeStatus(status) : plainStatus(status);
      if (text !== "") channels.send(CHANNELS.error, text);
    },
    close: () => channels.close(),
    closed: channels.closed,
  };
}
