/** How much of a body is kept: 4 MiB. A PodList of 500 pods fits in. */
export const keptBytes = 4 * 1024 * 1024;

/** The beginning of a body that streams by. */
export interface Capture {
  push(chunk: Buffer): void;
  taken(): Captured;
}

export interface Captured {
  bytes: Buffer;
  /** Bytes of all that went by. */
  total: number;
}

/** Keeps the first bytes of a body; the rest is counted only. */
export function createCapture(limit = keptBytes): Capture {
  const chunks: Buffer[] = [];
  let total = 0;
  return {
    push: (chunk) => {
      if (total < limit) chunks.push(chunk.subarray(0, limit - total));
      total += chunk.length;
    },
    taken: () => ({ bytes: Buffer.concat(chunks), total }),
  };
}
