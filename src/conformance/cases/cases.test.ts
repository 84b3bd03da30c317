import { describe, expect, it } from 'vitest';
import { CASE_AREAS } from './index.ts';

for (const { area, source, cases } of CASE_AREAS) {
  describe(`${area} (${source})`, () => {
    it.each(cases.map((c) => [c.name, c] as const))('%s', (_, { run, expected }) => {
      expect(run()).toStrictEqual(expected);
    });
  });
}
