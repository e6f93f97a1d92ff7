import { replaceAll, type BytesChange } from "./altered-connection.ts";

// Changes of what goes over SPDY and WebSocket connections; each takes whole frames.

export const httpAnswer: BytesChange = replaceAll("HTTP/1.", "SMTP/1.");
export const namesNoPort: BytesChange = replaceAll("port", "gate");

/** Gives WebSocket messages another opcode; those of the streaming server are short, and each piece begins with one. */
export function withOpcode(from: number, to: number): BytesChange {
  return (bytes) => {
    const changed = Buffer.from(bytes);
    for (let at = 0; at < changed.length;) {
      if (changed[at] === from) changed[at] = to;
      const length = changed[at + 1] ?? 0;
      at += length === 126 ? 4 + changed.readUInt16BE(at + 2) : 2 + length;
    }
    return changed;
  };
}

/** Output on channel 1 of a WebSocket, moved to channel 2; the empty first message stays. */
export function onStderr(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = 0; at + 2 < changed.length; at += 2 + (changed[at + 1] ?? 0)) {
    if ((changed[at + 1] ?? 0) > 1 && changed[at + 2] === 1) changed[at + 2] = 2;
  }
  return changed;
}

/** Resets of streams that nothing was said of before are lost. */
export function withoutFirstReset(): BytesChange {
  let isFirst = true;
  return (bytes) => {
    const isReset = bytes.readUInt32BE() === 0x8003_0003;
    const isLost = isFirst && isReset;
    isFirst &&= isReset;
    return isLost ? Buffer.alloc(0) : bytes;
  };
}

/** A change that applies to a connection from its second HTTP answer on. */
export function fromSecondAnswerOn(change: BytesChange): BytesChange {
  let answers = 0;
  return (bytes) => {
    answers += bytes.toString("latin1").split("HTTP/1.").length - 1;
    return answers > 1 ? change(bytes) : bytes;
  };
}

/** Control frames of SPDY begin with a set bit. */
export function isSpdyData(bytes: Buffer): boolean {
  return (bytes[0] ?? 0x80) < 0x80;
}

/** A change that applies to a connection only after (or until) a port refused on it. */
export function afterRefusal(isAfter: boolean, change: BytesChange): BytesChange {
  let refused = false;
  return (bytes) => {
    refused ||= bytes.includes("error forwarding port");
    return refused === isAfter ? change(bytes) : bytes;
  };
}

/** The end of the first stream, which is an error stream, with a text in it. */
export function withErrorText(bytes: Buffer): Buffer {
  const end = Buffer.from("0000000101000000", "hex");
  const at = bytes.indexOf(end);
  if (at < 0) return bytes;
  const text = Buffer.from("it was slow");
  const head = Buffer.from([...end.subarray(0, 7), text.length]);
  return Buffer.concat([bytes.subarray(0, at), head, text, bytes.subarray(at + end.length)]);
}
