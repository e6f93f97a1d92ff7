const htmlStart = /^[\t\n\f\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[ >]/i;

/** What net/http's DetectContentType says of a body, as far as a kubelet's bodies go: HTML, XML, text, or bytes. */
export function sniffContentType(body: string | Buffer): string {
  const start = (typeof body === "string" ? body : body.toString("latin1", 0, 512)).slice(0, 512);
  if (htmlStart.test(start)) return "text/html; charset=utf-8";
  if (/^[\t\n\f\r ]*<\?xml/.test(start)) return "text/xml; charset=utf-8";
  // The binary bytes of the sniffing standard that net/http follows.
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(start)) return "application/octet-stream";
  return "text/plain; charset=utf-8";
}
