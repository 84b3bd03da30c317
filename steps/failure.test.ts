import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ClaimError, InputError } from '../src/dsl/errors.ts';
import { tellable } from './failure.ts';

const require = createRequire(import.meta.url);
/** Cucumber's own way with errors, which no entry point of it offers. */
const { formatError } = require(
  join(dirname(require.resolve('@cucumber/cucumber')), 'runtime', 'format_error.js'),
) as {
  formatError: (
    error: Error,
    filter: boolean,
  ) => { message: string; exception: { type: string; message: string } };
};

/**
 * What takes parsers of stacks apart: quotes, signs of places, lines that look like frames, and much of each.
 */
const hostile = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        '"',
        "'",
        '@',
        'at ',
        ' at a:1',
        '\n',
        ' ',
        ':',
        ':1',
        '(',
        '(eval ',
        '\\',
        '{"a":1},',
        'é',
      ),
      fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constantFrom(300, 3000)),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.map(([part, times]) => part.repeat(times)).join(''));

const facts = { at: 0, claim: 'c', found: 'f', tables: '', causes: [], entry: undefined };

it('is told in under a second, whatever its message holds', () => {
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom<(m: string) => Error>(
        (m) => new ClaimError(m, facts),
        (m) => new InputError(m),
        (m) => new Error(m),
        (m) => new TypeError(m),
      ),
      (message, make) => {
        const start = performance.now();
        const { exception } = formatError(tellable(make(message)), true);
        expect(performance.now() - start).toBeLessThan(1000);
        expect(exception.message).toBe(message);
      },
    ),
    { numRuns: 300 },
  );
});

it('keeps the frames of what is our fault, and none of what users brought about', () => {
  expect(tellable(new TypeError('"x" at a:1')).stack).toMatch(/^ {4}at .*failure\.test\.ts/);
  expect(tellable(new TypeError('"x" at a:1')).stack).not.toContain('"x"');
  expect(tellable(new InputError('no')).stack).toBe('');
});
