/**
 * Header blocks: names and values, compressed. All blocks of a direction are one zlib stream, flushed behind
 * each. Source: the SPDY protocol's draft 3.1, section 2.6.10.
 */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { DICTIONARY } from './dictionary.ts';
import { SpdyError } from './frames.ts';

/** By names in small letters; several values of one name stand behind one another, with a NUL between. */
export type SpdyHeaders = Readonly<Record<string, string>>;

/** How far back deflate refers. */
const WINDOW_BYTES = 32 * 1024;
/** The longest block that is read, decompressed. */
const LONGEST = 64 * 1024;
/** Begins a zlib stream of a 32 KiB window and a dictionary; the dictionary's Adler-32 follows. */
const ZLIB_HEAD = [0x78, 0xbb];
const HEAD_BYTES = 6;

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

function plain(headers: SpdyHeaders): Buffer {
  const counted = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    return Buffer.concat([uint32(bytes.length), bytes]);
  };
  const pairs = Object.entries(headers);
  return Buffer.concat([uint32(pairs.length), ...pairs.flat().map(counted)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function parsed(block: Buffer): SpdyHeaders {
  let at = 0;
  const take = (bytes: number): Buffer => {
    if (block.length - at < bytes) throw new SpdyError('a header block ends too soon');
    at += bytes;
    return block.subarray(at - bytes, at);
  };
  const text = (): string => take(take(4).readUInt32BE()).toString();
  const pairs: [string, string][] = [];
  for (let left = take(4).readUInt32BE(); left > 0; left--) pairs.push([text().toLowerCase(), text()]);
  return Object.fromEntries(pairs);
}

/** What went before on a direction: each block is compressed against it. */
class Past {
  bytes: Uint8Array = DICTIONARY;

  add(block: Uint8Array): void {
    this.bytes = Buffer.concat([this.bytes, block]).subarray(-WINDOW_BYTES);
  }
}

const FLUSHED = { finishFlush: constants.Z_SYNC_FLUSH };

/** Compresses the blocks of one direction, in their order. */
export class HeaderWriter {
  private readonly past = new Past();
  private isFirst = true;

  write(headers: SpdyHeaders): Uint8Array {
    const block = plain(headers);
    const packed = deflateRawSync(block, { ...FLUSHED, dictionary: this.past.bytes });
    this.past.add(block);
    const head = this.isFirst ? [Buffer.from(ZLIB_HEAD), uint32(adler32(DICTIONARY))] : [];
    this.isFirst = false;
    return Buffer.concat([...head, packed]);
  }
}

/** Reads the blocks of one direction, in their order. */
export class HeaderReader {
  private readonly past = new Past();
  private isFirst = true;

  /** @throws SpdyError */
  read(packed: Uint8Array): SpdyHeaders {
    const block = this.inflated(this.isFirst ? packed.subarray(HEAD_BYTES) : packed);
    this.isFirst = false;
    this.past.add(block);
    return parsed(block);
  }

  private inflated(packed: Uint8Array): Buffer {
    try {
      return inflateRawSync(packed, { ...FLUSHED, dictionary: this.past.bytes, maxOutputLength: LONGEST });
    } catch (error) {
      throw new SpdyError(`a header block cannot be decompressed: ${(error as Error).message}`);
    }
  }
}
