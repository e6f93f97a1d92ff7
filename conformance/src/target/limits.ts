import { WireError } from "./wire.ts";

/** An answer of the kubelet is small; `/metrics` of a busy node is the largest and stays below one. */
export const defaultBodyLimit = 8 * 1024 * 1024;
export const headerLimit = 256 * 1024;

/** A kubelet waits for its runtime up to two minutes; half a minute is enough for every checkpoint measured. */
export const leastCheckpointTimeoutMs = 30_000;

/** Collects a body and refuses to hold more than the limit. */
export function bodyCollector(limit: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk: Buffer): void {
      size += chunk.length;
      if (size > limit) throw new WireError("too-large", `the body is larger than ${limit} bytes`);
      chunks.push(chunk);
    },
    body: (): Buffer => Buffer.concat(chunks),
  };
}

/** Node.js lists raw headers flat: name, value, name, value. */
export function pairs(raw: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) result.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return result;
}
