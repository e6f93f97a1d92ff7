/** One field of a protobuf message: tag and value. */
export type Field = Buffer;

/** A message of these fields. */
export function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(fields);
}

/** A field of wire type 0; negative numbers as int64. */
export function varint(number: number, value: number | bigint): Field {
  return Buffer.concat([encode(BigInt(number) << 3n), encode(BigInt.asUintN(64, BigInt(value)))]);
}

/** A field of wire type 2: a message, or bytes. */
export function bytes(number: number, value: Buffer): Field {
  return Buffer.concat([encode((BigInt(number) << 3n) | 2n), encode(BigInt(value.length)), value]);
}

export function text(number: number, value: string): Field {
  return bytes(number, Buffer.from(value));
}

function encode(value: bigint): Buffer {
  const result: number[] = [];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) result.push(Number(rest & 0x7fn) | 0x80);
  result.push(Number(rest));
  return Buffer.from(result);
}
