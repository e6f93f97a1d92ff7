/** Port-forward over WebSocket: the port at index i has the data channel 2i and the error channel 2i+1. */
export function portChannels(index: number): { readonly data: number; readonly error: number } {
  return { data: 2 * index, error: 2 * index + 1 };
}

/** What the server sends first on each channel: the port, two bytes, little endian. */
export function portPreamble(port: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(port);
  return bytes;
}

/** Reads a preamble; undefined when it is not two bytes long. */
export function readPortPreamble(data: Uint8Array): number | undefined {
  return data.length === 2 ? Buffer.from(data).readUInt16LE() : undefined;
}
