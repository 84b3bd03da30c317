import fc from 'fast-check';
import { expect, it } from 'vitest';
import { axisOf } from './axis.ts';

const WIDTH = 600;
const moments = fc.array(fc.integer({ min: -60_000, max: 900_000 }), { maxLength: 60 });

it('covers all time once, in order, and finds its way back', () => {
  const property = fc.property(moments, fc.integer({ min: 1, max: 900_000 }), (times, end) => {
    const axis = axisOf(times, end, WIDTH);
    let [at, x] = [0, 0];
    for (const piece of axis.pieces) {
      expect(piece.from).toBe(at);
      expect(piece.x).toBeCloseTo(x);
      expect(piece.width).toBeGreaterThan(0);
      at = piece.to;
      x += piece.width;
    }
    expect(at).toBe(end);
    expect(x).toBeCloseTo(WIDTH);
    const inside = [...new Set(times)].filter((t) => t >= 0 && t <= end).sort((a, b) => a - b);
    for (const [i, time] of inside.entries()) {
      expect(Math.abs(axis.timeAt(axis.x(time)) - time)).toBeLessThanOrEqual(1);
      if (i > 0) expect(axis.x(time)).toBeGreaterThan(axis.x(inside[i - 1]!));
    }
  });
  fc.assert(property);
});

it('gives ten minutes in which nothing happens no more room than their label needs', () => {
  const axis = axisOf([1000, 2000, 3000, 603_000, 604_000], 605_000, WIDTH);
  expect(axis.pieces.map((p) => p.idle)).toEqual([false, true, false]);
  expect(axis.pieces[1]!.width).toBeLessThan(WIDTH / 10);
});
