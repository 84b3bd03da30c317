import { describe, expect, it } from 'vitest';
import { BROKEN_EN } from './brokenen.ts';
import { BROKEN_JA } from './brokenja.ts';
import { SLIPS_EN } from './slipsen.ts';
import { SLIPS_JA } from './slipsja.ts';

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** Args of any message: each prints as its name in brackets, or is a list of that. */
const ANY = new Proxy({}, { get: (_, name) => [`<${String(name)}>`] });
const argsIn = (text: string): string[] => [...new Set(text.match(/<\w+>/g))].sort();

type Words = Readonly<Record<string, (args: never) => string>>;

describe.each<[string, Words, Words]>([
  ['how invariants are broken', BROKEN_EN, BROKEN_JA],
  ['what a user got wrong', SLIPS_EN, SLIPS_JA],
])('%s, in words', (_, inEnglish, inJapanese) => {
  it('is the same messages in both languages', () => {
    expect(Object.keys(inJapanese)).toEqual(Object.keys(inEnglish));
  });

  it.each(Object.keys(inEnglish))('says the same of the same: %s', (key) => {
    const [en, ja] = [inEnglish, inJapanese].map((words) => words[key]!(ANY as never)) as [string, string];
    expect(argsIn(ja)).toEqual(argsIn(en));
    if (inEnglish[key]!.length > 0) expect(argsIn(en)).not.toEqual([]);
    expect(en).not.toMatch(JAPANESE);
    expect(ja).toMatch(JAPANESE);
  });
});
