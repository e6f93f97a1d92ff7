import type { Socket } from "node:net";

/** How much may wait unread before the client is made to wait. */
const mostWaiting = 1 << 16;
/** What is longer than that is a head, of which there is hardly ever more than net/http's limit and what comes with the last piece of it. */
const longestHead = (1 << 20) + (1 << 17);

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
  let room: Buffer = Buffer.alloc(0);
  let [start, end] = [0, 0];
  let ended = false;
  let wake: ((hasMore: boolean) => void) | undefined;
  let callback: (() => void) | undefined;
  const waken = (hasMore: boolean): void => {
    const waiting = wake;
    wake = undefined;
    waiting?.(hasMore);
  };
  const finish = (): void => {
    if (ended) return;
    ended = true;
    waken(false);
    callback?.();
  };
  /** A long head comes in many pieces and is not copied for each of them: there is room for all of it at once. */
  const append = (chunk: Buffer): void => {
    const waiting = end - start;
    if (waiting === 0) {
      [room, start, end] = [chunk, 0, chunk.length];
      return;
    }
    if (room.length - end < chunk.length) {
      const needed = waiting + chunk.length;
      const larger = Buffer.allocUnsafeSlow(needed > mostWaiting ? Math.max(2 * needed, longestHead) : 2 * needed);
      room.copy(larger, 0, start, end);
      [room, start, end] = [larger, 0, waiting];
    }
    end += chunk.copy(room, end);
  };
  const onData = (chunk: Buffer): void => {
    append(chunk);
    if (wake === undefined && end - start > mostWaiting) socket.pause();
    waken(true);
  };
  socket.on("data", onData);
  socket.on("end", finish);
  socket.on("close", finish);
  return {
    get buffered() {
      return room.subarray(start, end);
    },
    take(count) {
      const taken = room.subarray(start, Math.min(start + count, end));
      start += taken.length;
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
      socket.off("data", onData).off("end", finish).off("close", finish);
      socket.pause();
      return room.subarray(start, end);
    },
  };
}
