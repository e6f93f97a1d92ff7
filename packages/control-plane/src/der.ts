/** Values of ASN.1 in DER (X.690), as far as certificates need them: each function gives the bytes of one value. */

/** Tag, length and content. */
function value(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 | size.length), size, body]);
}

export const sequence = (...members: readonly Uint8Array[]): Buffer => value(0x30, ...members);
export const set = (...members: readonly Uint8Array[]): Buffer => value(0x31, ...members);
export const octets = (content: Uint8Array): Buffer => value(0x04, content);
export const text = (content: string): Buffer => value(0x0c, Buffer.from(content));
export const truth = (): Buffer => value(0x01, Buffer.of(0xff));

/** The bytes of a positive number, the first below 80 hexadecimal. */
export const integer = (number: Uint8Array): Buffer => value(0x02, number);

/** Bits, of which the last `unused` do not count. */
export const bits = (content: Uint8Array, unused = 0): Buffer => value(0x03, Buffer.of(unused), content);

/** `[number]` around values (explicit, or implicit for a constructed one). */
export const tagged = (number: number, ...content: readonly Uint8Array[]): Buffer => value(0xa0 | number, ...content);

/** `[number]` in place of the tag of a simple value. */
export const implicit = (number: number, content: Uint8Array): Buffer => value(0x80 | number, content);

/** An object identifier written with dots. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return value(0x06, ...[first * 40 + second, ...rest].map(base128));
}

/** UTCTime until 2049, GeneralizedTime from then on, as RFC 5280 wants it. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050 ? value(0x17, Buffer.from(digits.slice(2))) : value(0x18, Buffer.from(digits));
}

/** Seven bits a byte, the last one without the high bit. */
function base128(number: number): Buffer {
  const bytes = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return Buffer.from(bytes);
}
