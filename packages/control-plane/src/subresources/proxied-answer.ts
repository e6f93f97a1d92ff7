import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { PassThrough, pipeline, type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";

/** An answer as the node proxy passes it on. */
export interface ProxiedAnswer {
  headers: OutgoingHttpHeaders;
  body: Readable;
}

/** `askedForGzip`: the proxy did, and not its client, who must not see it. */
export function proxiedAnswer(answer: IncomingMessage, headers: OutgoingHttpHeaders, askedForGzip: boolean): ProxiedAnswer {
  for (const name of Object.keys(headers)) if (name.startsWith("access-control-")) delete headers[name];
  if (!askedForGzip || headers["content-encoding"] !== "gzip") return { headers, body: answer };
  const { "content-encoding": _coding, "content-length": _length, ...rest } = headers;
  return { headers: rest, body: pipeline(answer, createGunzip(), () => {}) };
}

/** Gives an answer without a media type the one that its first bytes look like; `start` is told before they pass. */
export function typed(headers: OutgoingHttpHeaders, start: (headers: OutgoingHttpHeaders) => void): Transform {
  if (headers["content-type"] !== undefined) {
    start(headers);
    return new PassThrough();
  }
  let isStarted = false;
  const begin = (chunk?: Buffer): void => {
    if (isStarted) return;
    isStarted = true;
    start(chunk === undefined ? headers : { ...headers, "content-type": typeOf(chunk) });
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      begin(chunk);
      done(null, chunk);
    },
    flush(done) {
      begin();
      done();
    },
  });
}

function typeOf(chunk: Buffer): string {
  return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(chunk.toString("latin1", 0, 512))
    ? "application/octet-stream"
    : "text/plain; charset=utf-8";
}
