import { posix } from "node:path";

/** What stands unescaped in a path that Go writes. */
const plain = /[\w\-.~$&+,/:;=@]/;

/**
 * The path that the node proxy asks for, of what stood behind it in the request: decoded, cleaned and encoded anew, so that the kubelet sees neither
 * empty nor dotted segments nor what needed no encoding. Throws URIError for a broken escape.
 */
export function proxiedPath(rest: string): string {
  const decoded = decodeURIComponent(rest);
  const cleaned = posix.normalize(`/${decoded}`);
  return Array.from(cleaned, (character) => (plain.test(character) ? character : escaped(character))).join("");
}

function escaped(character: string): string {
  return Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}
