import { describe, expect, it } from 'vitest';
import { BROKEN_EN } from './brokenen.ts';
import { BROKEN_JA } from './brokenja.ts';

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** Args of any message: each prints as its name in brackets, or is a list of that. */
const ANY = new Proxy({}, { get: (_, name) => [`<${String(name)}>`] });
const argsIn = (text: string): string[] => [...new Set(text.match(/<\w+>/g))].sort();

describe('how invariants are broken, in words', () => {
  it('is the same messages in both languages', () => {
    expect(Object.keys(BROKEN_JA)).toEqual(Object.keys(BROKEN_EN));
  });

  it.each(Object.keys(BROKEN_EN) as (keyof typeof BROKEN_EN)[])('says the same of the same: %s', (key) => {
    const [en, ja] = [BROKEN_EN, BROKEN_JA].map((words) => words[key](ANY as never)) as [string, string];
    expect(argsIn(ja)).toEqual(argsIn(en));
    expect(argsIn(en)).not.toEqual([]);
    expect(en).not.toMatch(JAPANESE);
    expect(ja).toMatch(JAPANESE);
  });
});
