import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromColumns, toColumns } from './columns.ts';

/** Lists of what is alike, with members that some lack, beside anything. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.array(
    fc.record(
      {
        at: fc.integer({ min: -5, max: 5 }),
        text: fc.constantFrom('a', 'b', ''),
        of: fc.jsonValue({ maxDepth: 2 }),
        more: fc.array(fc.record({ at: fc.maxSafeInteger() }, { requiredKeys: [] })),
      },
      { requiredKeys: ['at'] },
    ),
  ),
);

it('brings back what it was given', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const written = JSON.stringify(value);
      const columns = JSON.stringify(toColumns(JSON.parse(written)));
      const back = fromColumns(JSON.parse(columns) as ReturnType<typeof toColumns>);
      expect(JSON.stringify(back)).toBe(JSON.stringify(JSON.parse(written)));
    }),
  );
});

it.each(['__proto__', 'constructor', 'toString'])('takes %s for a name', (name) => {
  const value: unknown = JSON.parse(`[{"${name}": {"x": 1}}, {"${name}": 2, "y": 3}]`);
  const back = fromColumns(toColumns(value));
  expect(JSON.stringify(back)).toBe(JSON.stringify(value));
  expect(Object.getPrototypeOf((back as object[])[1])).toBe(Object.prototype);
});
