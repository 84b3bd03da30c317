/**
 * The format of gzip, as archives have it that `tar z` makes and reads: written in blocks that are stored as
 * they are, read whatever wrote it. Sources: RFC 1951 (deflate) and RFC 1952 (gzip).
 */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
const TRAILER_BYTES = 8;
const STORED_BYTES = 0xffff;

/** Of the polynomial of RFC 1952, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc;
}

/** @example gunzipped(gzipped(bytes)) // bytes */
export function gzipped(bytes: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(bytes.length / STORED_BYTES));
  const all = new Uint8Array(HEADER.length + 5 * blocks + bytes.length + TRAILER_BYTES);
  const view = new DataView(all.buffer);
  all.set(HEADER);
  let at = HEADER.length;
  for (let block = 0; block < blocks; block++) {
    const stored = bytes.subarray(block * STORED_BYTES, (block + 1) * STORED_BYTES);
    all[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, stored.length, true);
    view.setUint16(at + 3, ~stored.length, true);
    all.set(stored, at + 5);
    at += 5 + stored.length;
  }
  view.setInt32(at, crc32(bytes), true);
  view.setUint32(at + 4, bytes.length, true);
  return all;
}

/** How many codes there are of each length, and their symbols in order of their codes. */
interface Codes {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

const LONGEST = 15;

function codesOf(lengths: readonly number[]): Codes {
  const of = (length: number): number[] => lengths.flatMap((l, symbol) => (l === length ? [symbol] : []));
  const symbols = Array.from({ length: LONGEST + 1 }, (_, length) => (length === 0 ? [] : of(length)));
  return { counts: symbols.map((s) => s.length), symbols: symbols.flat() };
}

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
const FIXED_LITERALS = codesOf([...times(144, 8), ...times(112, 9), ...times(24, 7), ...times(8, 8)]);
const FIXED_DISTANCES = codesOf(times(30, 5));
/** In which order the lengths of the codes of lengths stand. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LITERALS = 257;
const END = 256;
/** Lengths and distances come in groups that grow: each has so many bits more. */
const lengthBits = (group: number): number => (group < 8 || group === 28 ? 0 : (group >> 2) - 1);
const distanceBits = (group: number): number => (group < 4 ? 0 : (group >> 1) - 1);

const startsOf = (first: number, groups: number, bits: (group: number) => number): number[] => {
  const starts: number[] = [];
  for (let group = 0, at = first; group < groups; at += 1 << bits(group++)) starts.push(at);
  return starts;
};
const LENGTHS = [...startsOf(3, 28, lengthBits), 258];
const DISTANCES = startsOf(1, 30, distanceBits);

class Inflating {
  readonly out: number[] = [];
  private readonly bytes: Uint8Array;
  private at: number;
  private bit = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** @throws RangeError behind the end */
  private bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      if (this.at >= this.bytes.length) throw new RangeError('the data end too early');
      value |= ((this.bytes[this.at]! >> this.bit) & 1) << i;
      if (++this.bit === 8) {
        this.bit = 0;
        this.at += 1;
      }
    }
    return value;
  }

  private symbol({ counts, symbols }: Codes): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST; length++) {
      code |= this.bits(1);
      const count = counts[length]!;
      if (code < first + count) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError('no code is so long');
  }

  private stored(): void {
    if (this.bit > 0) {
      this.bit = 0;
      this.at += 1;
    }
    const length = this.bits(16);
    if (this.bits(16) !== (~length & 0xffff)) throw new RangeError('the length of a block is wrong');
    for (let i = 0; i < length; i++) this.out.push(this.bits(8));
  }

  private coded(literals: Codes, distances: Codes): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === END) return;
      if (symbol < END) {
        this.out.push(symbol);
        continue;
      }
      const group = symbol - LITERALS;
      if (group >= LENGTHS.length) throw new RangeError('there is no such length');
      const length = LENGTHS[group]! + this.bits(lengthBits(group));
      const far = this.symbol(distances);
      const from = this.out.length - DISTANCES[far]! - this.bits(distanceBits(far));
      if (!(from >= 0)) throw new RangeError('what is referred to is not there');
      for (let i = 0; i < length; i++) this.out.push(this.out[from + i]!);
    }
  }

  private ownCodes(): [Codes, Codes] {
    const literals = this.bits(5) + LITERALS;
    const distances = this.bits(5) + 1;
    const count = this.bits(4) + 4;
    const ofLengths = times(ORDER.length, 0);
    for (let i = 0; i < count; i++) ofLengths[ORDER[i]!] = this.bits(3);
    const codes = codesOf(ofLengths);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(codes);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) lengths.push(...times(3 + this.bits(2), lengths.at(-1) ?? 0));
      else lengths.push(...times(symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7), 0));
    }
    return [codesOf(lengths.slice(0, literals)), codesOf(lengths.slice(literals))];
  }

  run(): void {
    for (let isLast = false; !isLast; ) {
      isLast = this.bits(1) === 1;
      const type = this.bits(2);
      if (type === 0) this.stored();
      else if (type === 1) this.coded(FIXED_LITERALS, FIXED_DISTANCES);
      else if (type === 2) this.coded(...this.ownCodes());
      else throw new RangeError('there is no such block');
    }
  }
}

/** Where the data begin behind their header, which may hold a name and more. */
function dataAt(bytes: Uint8Array): number {
  const flags = bytes[3]!;
  let at = HEADER.length;
  if ((flags & 4) !== 0) at += 2 + bytes[at]! + 256 * bytes[at + 1]!;
  for (const text of [8, 16]) if ((flags & text) !== 0) at = bytes.indexOf(0, at) + 1;
  return (flags & 2) === 0 ? at : at + 2;
}

export const isGzipped = ([first, second, method]: Uint8Array): boolean =>
  first === HEADER[0] && second === HEADER[1] && method === HEADER[2];

/** Undefined for what is none, or is damaged. */
export function gunzipped(bytes: Uint8Array): Uint8Array | undefined {
  if (!isGzipped(bytes)) return undefined;
  const inflating = new Inflating(bytes, dataAt(bytes));
  try {
    inflating.run();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return Uint8Array.from(inflating.out);
}
