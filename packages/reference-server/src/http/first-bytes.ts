import type { Socket } from "node:net";

/** What a connection's first bytes make of it, where TLS is spoken. */
export type FirstBytes = "tls" | "http" | "ssl2" | "neither";

/** The beginnings of a request line that net/http knows (tlsRecordHeaderLooksLikeHTTP). */
const requestLines = ["GET /", "HEAD ", "POST ", "PUT /", "OPTIO"];
const recordHeaderBytes = 5;

/** Judges the header of the first record as crypto/tls does (readRecordOrCCS); undefined: there are not enough bytes yet. */
export function judge(bytes: Buffer): FirstBytes | undefined {
  const [type, major = 0] = bytes;
  // Nearly every connection; what follows is for the TLS layer to judge.
  if (type === 0x16 && bytes.length > 1 && major < 0x10) return "tls";
  if (bytes.length < recordHeaderBytes) return undefined;
  if (type === 0x80) return "ssl2";
  return requestLines.includes(bytes.toString("latin1", 0, recordHeaderBytes)) ? "http" : "neither";
}

/** Waits for the first bytes of a connection and puts them back. Undefined: it ended without enough of them. */
export async function firstBytes(socket: Socket): Promise<FirstBytes | undefined> {
  let seen: Buffer = Buffer.alloc(0);
  return await new Promise((resolve) => {
    const finish = (found: FirstBytes | undefined): void => {
      socket.off("data", onData);
      socket.off("end", onEnd);
      socket.off("close", onEnd);
      socket.pause();
      if (found !== undefined) socket.unshift(seen);
      resolve(found);
    };
    const onData = (chunk: Buffer): void => {
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
      const found = judge(seen);
      if (found !== undefined) finish(found);
    };
    const onEnd = (): void => finish(undefined);
    socket.on("data", onData);
    socket.on("end", onEnd);
    socket.on("close", onEnd);
  });
}
