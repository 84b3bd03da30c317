import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepEqual } from './equal.ts';

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3, minLength: 1 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value')),
  ),
}));

describe('deepEqual', () => {
  it('agrees with canonical JSON', () => {
    const canonical = (v: unknown): string =>
      JSON.stringify(v, (_, x) =>
        typeof x === 'object' && x !== null && !Array.isArray(x)
          ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => (a < b ? -1 : 1)))
          : x,
      );
    fc.assert(fc.property(value, value, (a, b) => deepEqual(a, b) === (canonical(a) === canonical(b))));
  });

  it('holds between a value and its copy', () => {
    fc.assert(fc.property(value, (a) => deepEqual(a, structuredClone(a))));
  });

  it('does not tell an absent key from an undefined one or an empty list', () => {
    expect(deepEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(deepEqual({ a: 1 }, { a: 1, b: [] })).toBe(true);
    expect(deepEqual({ b: undefined, c: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(deepEqual({ securityContext: {} }, {})).toBe(false);
  });
});
