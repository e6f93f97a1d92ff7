import type { Socket } from "node:net";

/** How much may wait unread before the client is made to wait. */
const mostWaiting = 1 << 16;

/** The bytes of a connection, to be read at one's own pace. */
export interface ByteSource {
  /** What has arrived and was not taken. */
  readonly buffered: Buffer;
  /** Removes that many bytes from the front. */
  take(count: number): Buffer;
  /** Resolves when more has arrived; false: nothing more will. */
  more(): Promise<boolean>;
  /** Calls back once when the client has ended its side or has gone; replaces an earlier callback. */
  onEnd(callback: (() => void) | undefined): void;
  /** Lets go of the connection, for somebody else to read it, and returns what has arrived and was not taken. */
  release(): Buffer;
}

/** Takes over a connection's incoming side. */
export function readFrom(socket: Socket): ByteSource {
  let buffered: Buffer = Buffer.alloc(0);
  let ended = false;
  let wake: ((hasMore: boolean) => void) | undefined;
  let callback: (() => void) | undefined;
  const waken = (hasMore: boolean): void => {
    const waiting = wake;
    wake = undefined;
    waiting?.(hasMore);
  };
  const end = (): void => {
    if (ended) return;
    ended = true;
    waken(false);
    callback?.();
  };
  const onData = (chunk: Buffer): void => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    if (wake === undefined && buffered.length > mostWaiting) socket.pause();
    waken(true);
  };
  socket.on("data", onData);
  socket.on("end", end);
  socket.on("close", end);
  return {
    get buffered() {
      return buffered;
    },
    take(count) {
      const taken = buffered.subarray(0, count);
      buffered = buffered.subarray(count);
      return taken;
    },
    more() {
      if (ended) return Promise.resolve(false);
      if (socket.isPaused()) socket.resume();
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
    onEnd(next) {
      callback = next;
      if (ended) next?.();
    },
    release() {
      socket.off("data", onData).off("end", end).off("close", end);
      socket.pause();
      return buffered;
    },
  };
}
