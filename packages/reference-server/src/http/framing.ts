import { Readable } from "node:stream";
import type { KubeletAnswer, KubeletRequest } from "./message.ts";
import { sniffContentType } from "./sniff.ts";

/** The buffers of net/http's servers: a body that fits is sent with its length, a longer one without. */
const bufferedBytes: Readonly<Record<KubeletRequest["httpVersion"], number>> = { "1.0": 2048, "1.1": 2048, "2.0": 4096 };

/** An answer as it goes on the wire: headers in net/http's order, the body's bytes or the stream they come from. */
export interface FramedAnswer {
  /** Name, value, name, value ... as Node's writeHead takes them. */
  headers: string[];
  body: Buffer | string | Readable;
}

export interface FramingOptions {
  method: string;
  /** The listener is about to close the connection and says so. */
  closing: boolean;
  /** What frames a body whose length is not told: chunks (HTTP/1.1), the end of the connection (1.0), frames of its own (2.0). */
  httpVersion: KubeletRequest["httpVersion"];
}

/**
 * Puts an answer's headers in the order of net/http's cw.writeHeader: the handler's own sorted by name, then Date, Content-Length,
 * Content-Type when it was sniffed, Connection, Transfer-Encoding.
 */
export function frame(answer: KubeletAnswer, { method, closing, httpVersion }: FramingOptions): FramedAnswer {
  const { body } = answer;
  const headers: string[] = [];
  let typed = false;
  let sized = false;
  for (const [name, value] of sortedByName(answer.headers)) {
    headers.push(name, value);
    typed ||= name === "Content-Type";
    sized ||= name === "Content-Length";
  }
  headers.push("Date", httpDate());
  const streamed = body instanceof Readable;
  const bytes = streamed ? 0 : Buffer.byteLength(body);
  // A HEAD whose handler wrote nothing has no length; one whose handler wrote a body has that body's.
  const lengthKnown = !streamed && bytes <= bufferedBytes[httpVersion] && !(method === "HEAD" && bytes === 0);
  if (lengthKnown && !sized && hasBody(answer.status)) headers.push("Content-Length", String(bytes));
  if (!typed && !streamed && bytes > 0) headers.push("Content-Type", sniffContentType(body));
  const isOpen = !sized && !lengthKnown && method !== "HEAD" && hasBody(answer.status);
  if (httpVersion !== "2.0" && (closing || (isOpen && httpVersion === "1.0"))) headers.push("Connection", "close");
  if (httpVersion === "1.1" && isOpen) headers.push("Transfer-Encoding", "chunked");
  return { headers, body };
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
