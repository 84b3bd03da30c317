import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOn, isLess, isTooMuch, isWorse, weightOf, type Effect } from './measure.ts';

const PER_SECOND = 5;

/** What a client at a steady rate would have seen: which of its requests failed. */
const answers = fc
  .array(fc.tuple(fc.boolean(), fc.nat({ max: 400 })), { maxLength: 12 })
  .map((runs) => runs.flatMap(([fails, n]) => Array.from({ length: n }, () => fails)));

function seen(failing: readonly boolean[], missing: number): Effect {
  const at = (n: number): number => (n * 1000) / PER_SECOND;
  const outages: { fromMs: number; toMs?: number }[] = [];
  failing.forEach((fails, n) => {
    const last = outages[outages.length - 1];
    const isOn = last !== undefined && last.toMs === undefined;
    if (fails && !isOn) outages.push({ fromMs: at(n) });
    if (!fails && isOn) last.toMs = at(n);
  });
  const client = {
    url: 'http://web/',
    namespace: 'default',
    startedAt: 0,
    perSecond: PER_SECOND,
    sent: failing.length,
    failed: failing.filter(Boolean).length,
    failures: failing.flatMap((fails, n) => (fails ? [{ at: at(n), outcome: '503' }] : [])),
    outages,
  };
  return effectOn(client, at(failing.length), 2, missing);
}

const missing = fc.nat({ max: 2 });
const effect = fc.tuple(answers, missing).map(([failing, gone]) => seen(failing, gone));

describe('what a trial does', () => {
  it('is disturbed for as long as it is down, and no longer than it was watched', () => {
    fc.assert(
      fc.property(effect, ({ outageMs, disturbedMs, sent }) => {
        expect(disturbedMs).toBeGreaterThanOrEqual(outageMs);
        expect(disturbedMs).toBeLessThanOrEqual((sent * 1000) / PER_SECOND);
      }),
    );
  });

  it('is given up for nothing that would have ended clearly less bad', () => {
    fc.assert(
      fc.property(
        effect,
        answers,
        missing,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (was, all, gone, part) => {
          fc.pre(was.state !== 'survives');
          const is = seen(all, gone);
          const soFar = seen(all.slice(0, Math.floor(all.length * part)), 0);
          if (isLess(is, was) || is.state === 'survives') expect(isTooMuch(soFar, was)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is not both clearly less bad and worse, nor less bad than itself', () => {
    fc.assert(
      fc.property(effect, effect, (a, b) => {
        expect(isLess(a, b) && isWorse(a, b)).toBe(false);
        if (a.state !== 'survives') expect(isLess(a, a)).toBe(false);
        if (a.state === 'survives') expect(weightOf(a)).toBeLessThanOrEqual(weightOf(b));
      }),
    );
  });
});
