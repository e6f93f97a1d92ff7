import { Readable } from "node:stream";
import { encodeText } from "./bytes.ts";
import type { KubeletAnswer, KubeletRequest } from "./message.ts";
import { sniffContentType } from "./sniff.ts";

/** The buffers of net/http's servers: a body that fits is sent with its length, a longer one without. */
const bufferedBytes: Readonly<Record<KubeletRequest["httpVersion"], number>> = { "1.0": 2048, "1.1": 2048, "2.0": 4096 };

/** An answer as it goes on the wire: headers in net/http's order, the body's bytes or the stream they come from. */
export interface FramedAnswer {
  /** Name, value, name, value ... in wire order. */
  headers: string[];
  body: Buffer | Readable;
  /** The connection ends with this answer. */
  isLast: boolean;
  isChunked: boolean;
}

export interface FramingOptions {
  method: string;
  /** The connection is to end with this answer, which says so. */
  closing: boolean;
  /** What frames a body whose length is not told: chunks (HTTP/1.1), the end of the connection (1.0), frames of its own (2.0). */
  httpVersion: KubeletRequest["httpVersion"];
}

/**
 * Puts an answer's headers in the order of net/http's cw.writeHeader: the handler's own sorted by name, then Date, Content-Length,
 * Content-Type when it was sniffed, Connection, Transfer-Encoding.
 */
export function frame(answer: KubeletAnswer, { method, closing, httpVersion }: FramingOptions): FramedAnswer {
  const body = typeof answer.body === "string" ? encodeText(answer.body) : answer.body;
  const headers: string[] = [];
  let typed = false;
  let sized = false;
  let saysClose = false;
  for (const [name, value] of sortedByName(answer.headers)) {
    headers.push(name, value);
    typed ||= name === "Content-Type";
    sized ||= name === "Content-Length";
    saysClose ||= name === "Connection" && value === "close";
  }
  headers.push("Date", httpDate());
  const streamed = body instanceof Readable;
  const size = streamed ? 0 : body.length;
  const isHead = method === "HEAD";
  // A HEAD whose handler wrote nothing has no length; one whose handler wrote a body has that body's.
  const lengthKnown = !streamed && size <= bufferedBytes[httpVersion] && !(isHead && size === 0);
  if (lengthKnown && !sized && hasBody(answer.status)) headers.push("Content-Length", String(size));
  if (!typed && !streamed && size > 0) headers.push("Content-Type", sniffContentType(body));
  const isOpen = !sized && !lengthKnown && !isHead && hasBody(answer.status);
  if (httpVersion === "1.1" && closing && !saysClose) headers.push("Connection", "close");
  // A client of HTTP/1.0 that asked for it is told when the connection stays.
  if (httpVersion === "1.0" && !closing && !saysClose && !isOpen) headers.push("Connection", "keep-alive");
  const isChunked = httpVersion === "1.1" && isOpen;
  if (isChunked) headers.push("Transfer-Encoding", "chunked");
  return { headers, body, isChunked, isLast: closing || saysClose || (isOpen && httpVersion === "1.0") };
}

function hasBody(status: number): boolean {
  return status !== 204 && status !== 304;
}

function sortedByName(headers: KubeletAnswer["headers"]): KubeletAnswer["headers"] {
  return headers.length < 2 ? headers : headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

let dateSecond = 0;
let dateText = "";

/** The Date header; its text is made once a second, whoever asks. */
function httpDate(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}
