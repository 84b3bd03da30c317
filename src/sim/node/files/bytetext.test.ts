import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfText, textOfBytes } from './bytetext.ts';

describe('bytes as text', () => {
  it('come back as they were', () =>
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(bytesOfText(textOfBytes(bytes))).toEqual(bytes);
      }),
    ));

  it('are the text that they are the UTF-8 of', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(textOfBytes(new TextEncoder().encode(text))).toBe(text);
      }),
    ));
});
