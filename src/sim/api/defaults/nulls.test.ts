import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutNulls } from './nulls.ts';

type Json = null | string | number | Json[] | { [field: string]: Json };

const field = fc.constantFrom('a', 'b', 'c', 'args');
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(null, 'x', 1),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(field, tie('tree'), { maxKeys: 3 }),
  ),
}));
const object = fc.dictionary(field, tree, { maxKeys: 4 });

/** The tree with another in place of the part that the path leads to; the parts beside it are shared. */
function replaced(into: Json, [first, ...rest]: readonly number[], by: Json): Json {
  if (first === undefined || typeof into !== 'object' || into === null) return by;
  const keys = Object.keys(into);
  if (keys.length === 0) return by;
  const key = keys[first % keys.length]!;
  if (Array.isArray(into)) return into.map((v, i) => (String(i) === key ? replaced(v, rest, by) : v));
  return { ...into, [key]: replaced(into[key]!, rest, by) };
}

it('gives the same of an update as of the whole, whatever that shares with what is stored', () => {
  fc.assert(
    fc.property(object, fc.array(fc.nat(9), { maxLength: 3 }), tree, (draft, path, by) => {
      const stored = withoutNulls(draft as Json);
      const next = replaced(stored, path, by);
      const clean = withoutNulls(next, '', stored);
      expect(clean).toEqual(withoutNulls(structuredClone(next)));
      // Once more, as the next write finds it.
      expect(withoutNulls(clean, '', clean)).toBe(clean);
    }),
  );
});
