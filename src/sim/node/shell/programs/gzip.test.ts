import { isDeepStrictEqual } from 'node:util';
import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { bytesOfText } from '../../files/bytetext.ts';
import { gunzipped, gzipped } from './gzip.ts';

/** Bytes of which much comes again, as of texts, or nothing. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .tuple(
      fc.array(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(4), { maxLength: 400 }),
    )
    .map(([words, order]) => bytesOfText(order.map((i) => words[i % words.length]).join(' '))),
);

describe('the format of gzip', () => {
  it('is what zlib reads, and what it writes is read, however it was compressed', () => {
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(0, 1, 6, 9), (bytes, level) => {
        expect(new Uint8Array(gunzipSync(gzipped(bytes)))).toEqual(bytes);
        expect(gunzipped(gzipSync(bytes, { level }))).toEqual(bytes);
        expect(gunzipped(gzipSync(bytes, { level, strategy: constants.Z_FIXED }))).toEqual(bytes);
      }),
    );
  });

  it('holds more than a block takes', () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251);
    expect(gunzipSync(gzipped(bytes)).equals(bytes)).toBe(true);
    expect(gzipSync(bytes).length).toBeLessThan(bytes.length);
    expect(isDeepStrictEqual(gunzipped(gzipSync(bytes)), bytes)).toBe(true);
  });

  it('may begin with a name, and is not taken for something else', () => {
    const named = [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, ...bytesOfText('a.tar\0')];
    expect(gunzipped(Uint8Array.from([...named, ...deflateRawSync('text')]))).toEqual(bytesOfText('text'));
    expect(gunzipped(bytesOfText('no archive'))).toBeUndefined();
    fc.assert(
      fc.property(anyBytes, fc.nat(), (bytes, at) => {
        const whole = gzipSync(bytes);
        // Cut off before its trailer.
        expect(gunzipped(whole.subarray(0, at % (whole.length - 8)))).toBeUndefined();
      }),
    );
  });
});
