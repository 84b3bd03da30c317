import fc from 'fast-check';
import { expect, it } from 'vitest';
import { remembered } from './memo.ts';

it('gives what the function gives, makes it once while it knows it, and keeps to its limit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 40 }),
      (limit, keys) => {
        let made = 0;
        const squared = remembered(limit, (n: number) => {
          made += 1;
          return n * n;
        });
        let known = new Set<number>();
        let expected = 0;
        for (const key of keys) {
          expect(squared(key)).toBe(key * key);
          if (!known.has(key)) {
            expected += 1;
            if (known.size >= limit) known = new Set();
            known.add(key);
          }
        }
        expect(made).toBe(expected);
      },
    ),
  );
});

it('does not remember errors', () => {
  let calls = 0;
  const failing = remembered(3, (): string => {
    calls += 1;
    throw new Error('no');
  });
  expect(() => failing('a')).toThrow('no');
  expect(() => failing('a')).toThrow('no');
  expect(calls).toBe(2);
});
