const htmlStart = /^[\t\n\f\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[ >]/i;

/** Beginnings of what may lie among logs, besides text. */
const signatures: readonly (readonly [beginning: string, type: string])[] = [
  ["%PDF-", "application/pdf"],
  ["%!PS-Adobe-", "application/postscript"],
  ["\xfe\xff", "text/plain; charset=utf-16be"],
  ["\xff\xfe", "text/plain; charset=utf-16le"],
  ["\xef\xbb\xbf", "text/plain; charset=utf-8"],
  ["BM", "image/bmp"],
  ["GIF87a", "image/gif"],
  ["GIF89a", "image/gif"],
  ["\x89PNG\r\n\x1a\n", "image/png"],
  ["\xff\xd8\xff", "image/jpeg"],
  ["ID3", "audio/mpeg"],
  ["\x1f\x8b\b", "application/x-gzip"],
  ["PK\x03\x04", "application/zip"],
  ["Rar!\x1a\x07\x00", "application/x-rar-compressed"],
  ["\x00asm", "application/wasm"],
];

/** What net/http's DetectContentType says of a body, as far as bodies and logs of a kubelet go. */
export function sniffContentType(body: string | Buffer): string {
  const start = (typeof body === "string" ? body : body.toString("latin1", 0, 512)).slice(0, 512);
  if (htmlStart.test(start)) return "text/html; charset=utf-8";
  if (/^[\t\n\f\r ]*<\?xml/.test(start)) return "text/xml; charset=utf-8";
  const known = signatures.find(([beginning]) => start.startsWith(beginning));
  if (known !== undefined) return known[1];
  // The binary bytes of the sniffing standard that net/http follows.
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(start)) return "application/octet-stream";
  return "text/plain; charset=utf-8";
}
