/** Values that somebody may write anywhere: of another type, too large, empty, or with signs in them. */
import fc from 'fast-check';

/** Numbers and words at the edges. */
export const EDGES: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e300,
  true,
  [],
  {},
  [null],
  [{}],
  { a: null },
  'x'.repeat(300),
  '日本語'.repeat(40),
  'a b',
  'A_b',
  '../..',
  '${x}',
  '\u001b[31mred',
  '"quoted"',
  '{{.x}}',
  '1e999999',
  '-5',
  '99999999999Gi',
  '1h',
  '2026-01-05T09:00:00Z',
];

export const edge = fc.constantFrom(...EDGES);

/** A seed for a share of the work: the same run makes the same inputs. */
export const samples = <T>(arbitrary: fc.Arbitrary<T>, seed: number, runs: number): T[] =>
  fc.sample(arbitrary, { seed, numRuns: runs });
