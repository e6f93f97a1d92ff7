/** The names of length-delimited io.prometheus.client.MetricFamily messages; undefined when the lengths do not add up to the body. */
export function delimitedMessages(body: Buffer): string[] | undefined {
  const names: string[] = [];
  for (let at = 0; at < body.length;) {
    const frame = lengthAt(body, at);
    if (frame === undefined || frame.next + frame.value > body.length) return undefined;
    names.push(nameOf(body.subarray(frame.next, frame.next + frame.value)));
    at = frame.next + frame.value;
  }
  return names;
}

/** Field 1, which is written first. Empty when something else comes first. */
function nameOf(message: Buffer): string {
  const length = message[0] === 0x0a ? lengthAt(message, 1) : undefined;
  return length === undefined ? "" : message.toString("utf8", length.next, length.next + length.value);
}

/** A varint of at most five bytes: nothing here is longer. */
function lengthAt(bytes: Buffer, start: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: start + index + 1 };
  }
  return undefined;
}
