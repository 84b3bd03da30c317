import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from './visible.ts';

/** Of any characters, those that act among them. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(
      '\u001b',
      '\u009b',
      '\r',
      '\u202e',
      '\u2066',
      '\u200f',
      '\u061c',
      '\ud800',
      '日',
      '\n',
      '😀',
    ),
  ),
});

describe('text that is printed', () => {
  it('holds nothing that acts on a terminal, turns its order or is half a character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(/(?![\n\t])\p{Cc}|\p{Bidi_Control}|\p{Cs}|\p{Zl}|\p{Zp}/u);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });

  it('is left alone where nothing acts', () => {
    for (const text of ['web\n\tready', '失敗した。', 'café 😀', '→ ✓ …', '{"a": "\\u001b"}'])
      expect(visible(text)).toBe(text);
  });

  it('tells what would have acted', () => {
    expect(visible('\u001b[31mred\u202e')).toBe('\\u001b[31mred\\u202e');
  });
});
