import { isUtf8 } from "node:buffer";

/**
 * Text of bytes that should be UTF-8 but need not be: a byte that is none stands as a lone surrogate, U+DC80 to U+DCFF, so that it can be
 * written back as it came, as Go's strings are.
 */
export function decodeBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let text = "";
  for (let index = 0; index < bytes.length;) {
    const lead = bytes[index] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const character = bytes.subarray(index, index + length);
    const isWhole = character.length === length && isUtf8(character);
    text += isWhole ? character.toString("utf8") : String.fromCharCode(0xdc00 + lead);
    index += isWhole ? length : 1;
  }
  return text;
}

const lone = /[\udc80-\udcff]/u;

/** The bytes that a text of decodeBytes stands for. */
export function encodeText(text: string): Buffer {
  if (!lone.test(text)) return Buffer.from(text);
  return Buffer.concat(
    Array.from(text, (character) => (lone.test(character) ? Buffer.of(character.charCodeAt(0) & 0xff) : Buffer.from(character))),
  );
}

const named: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};

/** A text in quotes, as Go's strconv.Quote writes it. */
export function quote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  return `"${Array.from(text, quoteCharacter).join("")}"`;
}

function quoteCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = (digits: number, value: number): string => value.toString(16).padStart(digits, "0");
  if (named[character] !== undefined) return named[character];
  if (lone.test(character)) return `\\x${hex(2, code & 0xff)}`;
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) return character;
  if (code < 0x80) return `\\x${hex(2, code)}`;
  return code < 0x10000 ? `\\u${hex(4, code)}` : `\\U${hex(8, code)}`;
}
