/**
 * The wire format of protocol buffers: fields, each a tag (number and wire type) and a value, one after
 * another. Refuses what the code generated for Kubernetes' types refuses, in its words (the Unmarshal methods
 * and skipGenerated of staging/src/k8s.io/api/core/v1/generated.pb.go).
 */
import { badRequest } from '../../sim/api/errors.ts';

/** The wire types of fields that messages of Kubernetes have. */
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
const GROUP = 3;
const GROUP_END = 4;
const FIXED32 = 5;

/** A field as it stands in a message. */
export interface WireField {
  readonly number: number;
  readonly wireType: number;
  /** Of a varint, as a signed int64 (rounded beyond 2^53); 0 of others. */
  readonly integer: number;
  /** Of bytes and fixed numbers; empty of others. */
  readonly bytes: Uint8Array;
}

const NO_BYTES = new Uint8Array();

/** Reads one after another what stands in bytes; refuses to read past their end. */
class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  /** A signed int64, rounded beyond 2^53. */
  varint(): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw badRequest('unexpected EOF');
      this.at++;
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift > 28) high |= bits << (shift - 32);
      else if (shift === 28) high |= bits >> 4;
      if (byte < 0x80) return high * 2 ** 32 + (low >>> 0);
    }
    throw badRequest('proto: integer overflow');
  }

  take(length: number): Uint8Array {
    if (length < 0) throw badRequest('proto: negative length found during unmarshaling');
    if (length > this.bytes.length - this.at) throw badRequest('unexpected EOF');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** To the end of a group whose start was read. */
  skipGroup(): void {
    for (let depth = 1; depth > 0; ) {
      const wireType = this.varint() & 7;
      if (wireType === GROUP) depth++;
      else if (wireType === GROUP_END) depth--;
      else this.value(wireType);
    }
  }

  /** What a field of this wire type holds. */
  value(wireType: number): Pick<WireField, 'integer' | 'bytes'> {
    switch (wireType) {
      case VARINT:
        return { integer: this.varint(), bytes: NO_BYTES };
      case FIXED64:
        return { integer: 0, bytes: this.take(8) };
      case BYTES:
        return { integer: 0, bytes: this.take(this.varint()) };
      case GROUP:
        this.skipGroup();
        return { integer: 0, bytes: NO_BYTES };
      case FIXED32:
        return { integer: 0, bytes: this.take(4) };
      default:
        throw badRequest(`proto: illegal wireType ${wireType}`);
    }
  }
}

/**
 * The fields of a message, in the order in which they stand.
 * @param message its name, for errors
 * @throws ApiError BadRequest where a field is broken, when it is reached
 */
export function* readFields(bytes: Uint8Array, message: string): Generator<WireField> {
  const reader = new Reader(bytes);
  while (!reader.atEnd) {
    const tag = reader.varint();
    const number = Math.floor(tag / 8) | 0;
    const wireType = tag & 7;
    if (wireType === GROUP_END) throw badRequest(`proto: ${message}: wiretype end group for non-group`);
    if (number <= 0) throw badRequest(`proto: ${message}: illegal tag ${number} (wire type ${tag})`);
    yield { number, wireType, ...reader.value(wireType) };
  }
}

/** The integers that stand one after another in a packed field. */
export function readPacked(bytes: Uint8Array): number[] {
  const reader = new Reader(bytes);
  const integers: number[] = [];
  while (!reader.atEnd) integers.push(reader.varint());
  return integers;
}
