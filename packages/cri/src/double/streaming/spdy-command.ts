import type { Duplex } from "node:stream";
import { acceptSpdy, encodeStatus, STREAM_TYPE, type CommandStreamType, type SpdyStream } from "@kubelet-conformance/streaming";
import { plainStatus, type CommandStreams, type WantedStreams } from "./command-streams.ts";
import type { StreamLimits } from "./limits.ts";

/** Waits until the client has opened the streams of an exec or attach; undefined when it did not in time, or went away. */
export async function acceptSpdyCommand(
  connection: Duplex,
  head: Buffer,
  { protocol, wanted, limits }: { readonly protocol: string; readonly wanted: WantedStreams; readonly limits: StreamLimits },
): Promise<CommandStreams | undefined> {
  const resizes = protocol.startsWith("v4.") || protocol.startsWith("v3.");
  const known: CommandStreamType[] = resizes ? ["error", "stdin", "stdout", "stderr", "resize"] : ["error", "stdin", "stdout", "stderr"];
  // As many streams are waited for as the request implies, whichever they are.
  const expected = 1 + [wanted.stdin, wanted.stdout, wanted.stderr, wanted.tty && resizes].filter(Boolean).length;
  const streams = new Map<string, SpdyStream>();
  const complete = Promise.withResolvers<"complete">();
  let count = 0;
  const spdy = acceptSpdy(connection, {
    head,
    idleTimeoutMs: limits.idleMs,
    onStream(stream) {
      const type = stream.headers[STREAM_TYPE] ?? "";
      if (!known.some((each) => each === type)) return;
      streams.set(type, stream);
      count += 1;
      if (count === expected) complete.resolve("complete");
    },
  });
  const timeout = Promise.withResolvers<"late">();
  const timer = setTimeout(() => timeout.resolve("late"), limits.creationMs).unref();
  const outcome = await Promise.race([complete.promise, timeout.promise, spdy.closed]);
  clearTimeout(timer);
  if (outcome !== "complete") {
    spdy.close();
    return undefined;
  }
  // v1 ends these two as soon as it has them: its clients take no error, and send no input.
  if (protocol === "channel.k8s.io") {
    streams.get("stdin")?.end();
    streams.get("error")?.reset();
  }
  return {
    stdin: streams.get("stdin"),
    stdout: streams.get("stdout"),
    stderr: streams.get("stderr"),
    resize: streams.get("resize"),
    writeStatus(status) {
      const text = protocol.startsWith("v4.") ? encodeStatus(status) : plainStatus(status);
      if (text !== "") streams.get("error")?.write(text);
    },
    close: () => spdy.close(),
    closed: spdy.closed,
  };
}
