import type { IncomingMessage } from "node:http";
import { KubeletError } from "./kubelet-error.ts";

export interface BodyOptions {
  operation: string;
  /** Milliseconds that may pass while somebody waits for more; 0: any time. */
  idleMs: number;
  /** What the reader gets where the connection breaks. */
  fail: (error: unknown) => unknown;
}

/** The body as a stream that takes from the connection only what its reader asks for; cancelling it closes the connection. */
export function bodyOf(message: IncomingMessage, { operation, idleMs, fail }: BodyOptions): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Buffer> = message[Symbol.asyncIterator]();
  const late = (): unknown =>
    message.destroy(
      new KubeletError({ code: "timeout", operation, reason: `the answer stopped for ${idleMs} ms; allow more with timeoutMs` }),
    );
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const timer = idleMs === 0 ? undefined : setTimeout(late, idleMs);
        try {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(fail(error));
        } finally {
          clearTimeout(timer);
        }
      },
      cancel() {
        message.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The text of a body, at most so many bytes of it. */
export async function textOf(response: Response, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let left = mostBytes;
  for await (const part of response.body ?? []) {
    parts.push(part.subarray(0, left));
    left -= part.length;
    // Leaving the loop cancels the rest.
    if (left <= 0) break;
  }
  return Buffer.concat(parts).toString();
}
