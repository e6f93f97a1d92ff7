import type { SpdyConnection, SpdyStream } from "@kubelet-conformance/streaming";
import type { CheckContext } from "../engine/check.ts";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { bound, upgrade, type UpgradeRequest } from "./upgrade.ts";

export interface SpdyChannels {
  answer: WireResponse;
  /** The protocol that the server chose; undefined: it named none. */
  protocol: string | undefined;
  connection: SpdyConnection;
}

/** Opens a SPDY/3.1 connection; by POST, as kubectl does. Fails the requirement when the kubelet does not switch. */
export async function openSpdyChannels(
  context: CheckContext,
  request: UpgradeRequest,
  protocols: readonly string[],
): Promise<SpdyChannels> {
  // Loaded here: most runs have no leave for commands, and it costs every start some milliseconds.
  const { openSpdy } = await import("@kubelet-conformance/streaming");
  const headers = { Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": protocols };
  const { answer, connection, head } = await upgrade(context, { method: "POST", ...request }, headers);
  const spdy = openSpdy(connection, head);
  bound(connection);
  return { answer, protocol: headerOf(answer, "X-Stream-Protocol-Version"), connection: spdy };
}

/** All that arrives on a stream until the server closes it. */
export async function readAll(stream: SpdyStream | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // The stream yields what the connection received: bytes.
  for await (const chunk of stream ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
