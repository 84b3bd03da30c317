/** Fields of protocol buffers as bytes. */

export type Bytes = readonly number[];

export const utf8 = (text: string): Bytes => [...new TextEncoder().encode(text)];

function varint(value: number | bigint): Bytes {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return [...out, Number(rest)];
}

/** A field that holds bytes, a text or a message. */
export const bytesField = (number: number, bytes: Bytes): Bytes => [
  ...varint(number * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
];

/** A field that holds an integer or a boolean. */
export const varintField = (number: number, value: number | bigint): Bytes => [
  ...varint(number * 8),
  ...varint(value),
];

/** A field that holds a number with a fraction. */
export const doubleField = (number: number, value: number): Bytes => [
  ...varint(number * 8 + 1),
  ...new Uint8Array(Float64Array.of(value).buffer),
];
