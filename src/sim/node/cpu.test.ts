import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOfFirst } from './cpu.ts';

const wants = fc.record({
  weight: fc.integer({ min: 2, max: 4000 }),
  milli: fc.integer({ min: 1, max: 8000 }),
});

describe('shares of CPU', () => {
  it.each([
    ['alone it has what it wants', [[2, 1000]], 1000],
    [
      'equal weights share equally',
      [
        [2, 1000],
        [2, 2000],
        [2, 2000],
      ],
      667,
    ],
    [
      'what one does not use is shared again',
      [
        [2, 1000],
        [1000, 500],
        [2, 9000],
      ],
      750,
    ],
    [
      'a container that requests nothing starves beside one that requests much',
      [
        [2, 1000],
        [1000, 2000],
      ],
      4,
    ],
    [
      'a request protects',
      [
        [500, 1000],
        [2, 9000],
      ],
      1000,
    ],
  ])('%s', (_, wanted, share) => {
    expect(
      Math.round(
        shareOfFirst(
          wanted.map(([weight, milli]) => ({ weight: weight!, milli: milli! })),
          2000,
        ),
      ),
    ).toBe(share);
  });

  it('hand out the whole of the CPU, or all that is wanted, and to nobody more than it wants', () => {
    fc.assert(
      fc.property(
        fc.array(wants, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 100, max: 8000 }),
        (wanted, capacity) => {
          const shares = wanted.map((w, i) =>
            shareOfFirst([w, ...wanted.filter((_, j) => j !== i)], capacity),
          );
          const sum = shares.reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(
            Math.min(
              capacity,
              wanted.reduce((a, w) => a + w.milli, 0),
            ),
            3,
          );
          shares.forEach((s, i) => expect(s).toBeLessThanOrEqual(wanted[i]!.milli + 1e-6));
        },
      ),
    );
  });

  it('grow with the weight', () => {
    fc.assert(
      fc.property(
        wants,
        fc.array(wants, { maxLength: 5 }),
        fc.integer({ min: 100, max: 8000 }),
        (first, others, capacity) => {
          expect(
            shareOfFirst([{ ...first, weight: first.weight + 100 }, ...others], capacity),
          ).toBeGreaterThanOrEqual(shareOfFirst([first, ...others], capacity) - 1e-6);
        },
      ),
    );
  });
});
