import type { Socket } from "node:net";
import { expectationFailed, refusal } from "./answers.ts";
import { readFrom, type ByteSource } from "./byte-source.ts";
import { firstHeader, hasToken } from "./headers.ts";
import { Http1Request } from "./http1-request.ts";
import type { Handler, KubeletAnswer, Listener, Refusal } from "./message.ts";
import { BodyError, readBodyFrom, type RequestBody } from "./request-body.ts";
import { parseHead, parseRequestLine, wantsClose, type RequestHead } from "./request-head.ts";
import { writeAnswer, writeBare, writeRefusal } from "./write-answer.ts";

/** net/http's limits: the kubelet's MaxHeaderBytes and what a reader may hold beyond, IdleTimeout, and Go's own for bodies nobody reads. */
const mostHeadBytes = (1 << 20) + 4096;
const idleTimeoutMs = 90_000;
const mostUnreadBytes = 256 << 10;
const lingerMs = 500;

export interface ConnectionOptions {
  name: Listener;
  handler: Handler;
  onError: (error: unknown) => void;
  /** Changes the refusal of what is no request. */
  refusal?: Refusal;
}

/** Speaks HTTP/1 on a connection until either side has had enough: net/http's conn.serve. */
export function serveHttp1(socket: Socket, { name, handler, onError, refusal: changed = (answer) => answer }: ConnectionOptions): void {
  const source = readFrom(socket);
  let isIdle = false;
  socket.setTimeout(idleTimeoutMs, () => {
    if (isIdle) socket.destroy();
  });

  async function serve(): Promise<void> {
    let previousMethod = "";
    for (;;) {
      isIdle = previousMethod !== "";
      const head = await readHead(source, previousMethod === "POST");
      isIdle = false;
      if (head === undefined) return;
      if ("refused" in head) return await refuse(head.refused, head.seen);
      if (!(await exchange(head))) return;
      previousMethod = head.method;
    }
  }

  /** Answers one request; false when the connection ends with it. */
  async function exchange(head: RequestHead): Promise<boolean> {
    const expect = firstHeader(head.headers, "Expect");
    const isContinued = expect !== undefined && hasToken([expect], "100-continue") && head.version === "1.1" && head.framing !== "none";
    let isWaiting = isContinued;
    const body = readBodyFrom(source, head.framing, () => {
      if (isWaiting) socket.write("HTTP/1.1 100 Continue\r\n\r\n");
      isWaiting = false;
    });
    const request = new Http1Request(name, head, body, socket, source);
    try {
      const refused = expect !== undefined && expect !== "" && !hasToken([expect], "100-continue");
      const answer = refused ? changed(expectationFailed, textOf(head)) : await handler(request);
      if (answer.close) {
        await refuse(answer, textOf(head));
        return false;
      }
      if (answer.takeOver !== undefined) {
        await handOver(answer);
        return false;
      }
      // A client that still waits for its 100 Continue is in a state that nobody knows.
      const closing = wantsClose(head) || isWaiting || !(await discard(body));
      isWaiting = false;
      const isOver = await writeAnswer(answer, { socket, method: head.method, httpVersion: head.version, closing });
      // Who said that the connection ends is not waited for; who did not may send what is left of the body (transfer.go, body.Close).
      if (isOver && body.left > 0) await (wantsClose(head) ? linger() : discard(body));
      return !isOver;
    } finally {
      request.release();
    }
  }

  async function handOver(answer: KubeletAnswer): Promise<void> {
    socket.setTimeout(0);
    const unread = source.release();
    if (unread.length > 0) socket.unshift(unread);
    writeBare(socket, answer);
    await answer.takeOver?.(socket);
  }

  async function refuse(answer: KubeletAnswer, seen: string): Promise<void> {
    writeRefusal(socket, changed(answer, seen));
    await linger();
  }

  /** Closed with bytes unread, the connection would be reset and the answer lost. */
  function linger(): Promise<void> {
    socket.end();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, lingerMs);
      socket.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  serve()
    .catch((error: unknown) => {
      // A body that breaks off is the client's affair.
      if (!socket.destroyed && !(error instanceof BodyError)) onError(error);
      socket.destroy();
    })
    .finally(() => socket.destroySoon());
}

/** Reads what a handler left of a body, so that the next request can be read. False: it is too much, or broken. */
async function discard(body: RequestBody): Promise<boolean> {
  if (body.left >= mostUnreadBytes) return false;
  let size = 0;
  try {
    for (let piece = await body.next(); piece !== undefined; piece = await body.next()) {
      size += piece.length;
      if (size > mostUnreadBytes) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** What is refused before it is a request. */
interface Refused {
  refused: KubeletAnswer;
  seen: string;
}

const mostSeenBytes = 4096;

/** The first lines of a request again, as far as they matter. */
function textOf({ method, target, headers }: RequestHead): string {
  return `${method} ${target}\n${headers.join("\n")}`;
}

/** Waits for a request's head; undefined: the client has gone without one. */
async function readHead(source: ByteSource, isAfterPost: boolean): Promise<RequestHead | Refused | undefined> {
  const refused = (answer: KubeletAnswer): Refused => ({ refused: answer, seen: source.buffered.toString("latin1", 0, mostSeenBytes) });
  let scanned = 0;
  let hasLine = false;
  let maySkip = isAfterPost;
  for (;;) {
    // Some old clients send an empty line after a POST's body.
    if (maySkip && source.buffered.length >= 4) {
      source.take(/^[\r\n]*/.exec(source.buffered.toString("latin1", 0, 4))?.[0].length ?? 0);
      maySkip = false;
    }
    const bytes = source.buffered;
    const lineEnd = hasLine || maySkip ? -1 : bytes.indexOf(0x0a);
    if (lineEnd >= 0) {
      if (parseRequestLine(bytes.toString("latin1", 0, lineEnd).replace(/\r$/, "")) === undefined) return refused(refusal(400));
      hasLine = true;
    }
    const end = hasLine ? endOfHead(bytes, scanned) : -1;
    if (end > mostHeadBytes || (end < 0 && bytes.length >= mostHeadBytes)) return refused(refusal(431));
    if (end >= 0) {
      const text = source.take(end).toString("latin1");
      const head = parseHead(text);
      return "status" in head ? { refused: head, seen: text.slice(0, mostSeenBytes) } : head;
    }
    scanned = Math.max(0, bytes.length - 2);
    if (!(await source.more())) return source.buffered.length === 0 ? undefined : refused(refusal(400));
  }
}

/** Index behind the first empty line; -1 when there is none yet. Lines end with LF, with or without CR. */
function endOfHead(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0x0a, from); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
  }
  return -1;
}
