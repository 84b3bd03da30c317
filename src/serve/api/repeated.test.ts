import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repeatedKeys } from './repeated.ts';

it('what is written of a value repeats nothing', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(repeatedKeys(text)).toEqual([]);
    }),
  );
});

it.each([
  ['{"a": 1, "b": 2, "a": 3}', ['a:1']],
  ['{"a": {"b": 1,\n"b": 2},\n"a": {}}', ['a.b:2', 'a:3']],
  ['{"a": [{"x": 1}, {"x": 1, "y": "x", "x": [1, 2]}]}', ['a[1].x:1']],
  ['{"\\u0061": 1, "a": "\\"a\\": {", "b": ["a", "a"]}', ['a:1']],
  ['{"a": 1, "a": 2, "a": 3}', ['a:1', 'a:1']],
])('%s', (text, wanted) =>
  expect(repeatedKeys(text).map(({ field, line }) => `${field}:${line}`)).toEqual(wanted),
);
