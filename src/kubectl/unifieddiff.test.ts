import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hunksOf } from './unifieddiff.ts';

/** What `patch` makes of a text. */
function patched(text: string, hunks: string): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  let shift = 0;
  for (const hunk of hunks.split(/^(?=@@)/m).filter((h) => h !== '')) {
    const [head, ...body] = hunk.replace(/\n$/, '').split('\n');
    const [, start, , count = '1'] = /^@@ -(\d+)(,(\d+))? /.exec(head!)!;
    const at = Number(start) - (count === '0' ? 0 : 1) + shift;
    const [old, next] = [body.filter((l) => !l.startsWith('+')), body.filter((l) => !l.startsWith('-'))];
    expect(lines.slice(at, at + Number(count))).toEqual(old.map((l) => l.slice(1)));
    lines.splice(at, Number(count), ...next.map((l) => l.slice(1)));
    shift += next.length - old.length;
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
  .map((lines) => (lines.length === 0 ? '' : `${lines.join('\n')}\n`));

describe('a unified diff', () => {
  it('makes one text of the other, and is empty for equal ones', () => {
    fc.assert(
      fc.property(texts, texts, (from, to) => {
        const hunks = hunksOf(from, to);
        expect(patched(from, hunks)).toBe(to);
        expect(hunks === '').toBe(from === to);
      }),
    );
  });

  it('shows three lines around a change', () => {
    const lines = [...'abcdefghij'].map((c) => `${c}\n`);
    expect(hunksOf(lines.join(''), lines.map((l) => (l === 'e\n' ? 'E\n' : l)).join(''))).toBe(
      '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    );
  });
});
