const HEAD_BYTES = 8;
const SETTINGS = 4;

/**
 * Leaves SETTINGS frames out of a SPDY byte stream, which comes in pieces of any length. Kubernetes' SPDY peers send none, so a client may
 * rely on hearing nothing before it speaks; spdy-transport cannot be told so.
 */
export function withoutSettings(): (bytes: Buffer) => Buffer {
  let head = Buffer.alloc(0);
  let left = 0;
  let isDropped = false;
  return (bytes) => {
    const kept: Buffer[] = [];
    let rest = bytes;
    while (rest.length > 0) {
      if (left > 0) {
        const body = rest.subarray(0, left);
        rest = rest.subarray(body.length);
        left -= body.length;
        if (!isDropped) kept.push(body);
        continue;
      }
      const part = rest.subarray(0, HEAD_BYTES - head.length);
      head = Buffer.concat([head, part]);
      rest = rest.subarray(part.length);
      if (head.length < HEAD_BYTES) break;
      left = head.readUIntBE(5, 3);
      isDropped = head.readUInt8(0) >= 0x80 && head.readUInt16BE(2) === SETTINGS;
      if (!isDropped) kept.push(head);
      head = Buffer.alloc(0);
    }
    return Buffer.concat(kept);
  };
}
