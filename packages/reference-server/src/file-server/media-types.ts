import { extname } from "node:path/posix";

/** What Go's mime package knows by itself. A node with its own table, such as /etc/mime.types, may say otherwise. */
const known: Readonly<Record<string, string>> = {
  avif: "image/avif",
  css: "text/css; charset=utf-8",
  gif: "image/gif",
  htm: "text/html; charset=utf-8",
  html: "text/html; charset=utf-8",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  mjs: "text/javascript; charset=utf-8",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  webp: "image/webp",
  xml: "text/xml; charset=utf-8",
};

/** Of what Go 1.26 added, the kinds of file that lie among logs. */
const added: Readonly<Record<string, string>> = {
  bin: "application/octet-stream",
  csv: "text/csv; charset=utf-8",
  eml: "message/rfc822",
  gz: "application/gzip",
  shtml: "text/html; charset=utf-8",
  text: "text/plain; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  xhtml: "application/xhtml+xml",
  zip: "application/zip",
};

/** The type of a file by its name; undefined: its content decides. */
export function typeByName(name: string, knowsMore: boolean): string | undefined {
  const extension = extname(`.${name}`).slice(1);
  const table = knowsMore ? { ...known, ...added } : known;
  const own = (key: string): string | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
  return own(extension) ?? own(extension.toLowerCase());
}
