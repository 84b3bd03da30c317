import { expect, it } from 'vitest';
import { LANGUAGES } from '../../messages/index.ts';
import { CONCEPTS } from './concepts/index.ts';

it('tells each concept once, in two sentences of either language', () => {
  for (const language of LANGUAGES) {
    const names = CONCEPTS.map((c) => c.name[language]);
    expect(new Set(names).size).toBe(names.length);
    for (const { about } of CONCEPTS) {
      const sentences = about[language].split(/(?<=[.。])\s*/).filter((s) => s !== '');
      expect([about[language], sentences.length]).toEqual([
        about[language],
        expect.toSatisfy((n) => n >= 2 && n <= 3),
      ]);
    }
  }
});

it('finds no concept by what two of them claim', () => {
  const met = CONCEPTS.flatMap((c) => c.met);
  expect(met.filter((m, i) => met.indexOf(m) !== i)).toEqual([]);
});
