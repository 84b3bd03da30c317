import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounded, boundedText } from './bounded.ts';
import { shortened } from './index.ts';

const OMISSIONS = { more: (n: number) => `more:${n}`, same: (n: number) => `same:${n}` };

describe('what a message cuts', () => {
  it('loses no line without saying so, and is short', () => {
    const line = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 200 }), (lines) => {
        const shown = boundedText(lines.join('\n'), OMISSIONS).split('\n');
        expect(shown.length).toBeLessThan(20);
        // Repeats are told behind their line, unless they fell into the middle that was cut.
        if (shown.some((l) => l.startsWith('more:'))) {
          expect(shown[0]).toBe(lines[0]);
          return;
        }
        const again = shown.flatMap((l, i) =>
          l.startsWith('same:') ? Array.from({ length: Number(l.slice(5)) }, () => shown[i - 1]!) : [l],
        );
        expect(again).toEqual(lines);
      }),
    );
  });

  it('says how many lines were left out', () => {
    const text = Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n');
    const shown = shortened(text, 'en').split('\n');
    expect(shown).toHaveLength(19);
    expect(shown[12]).toBe('… 82 more lines …');
    expect(shown[18]).toBe('line 99');
    expect(shortened(text, 'ja')).toContain('ほか82行');
  });

  it('cuts a long line, and a long list', () => {
    expect(boundedText('x'.repeat(5000), OMISSIONS)).toHaveLength(1001);
    expect(bounded(['a', 'b'], String)).toBe('a, b');
    expect(
      bounded(
        Array.from({ length: 12 }, () => 'a'),
        (n) => `and ${n} more`,
      ),
    ).toMatch(/a, and 2 more$/);
  });
});
