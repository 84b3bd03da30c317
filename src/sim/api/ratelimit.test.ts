/** A token bucket that lets calls through ahead of their time and has the next ones wait. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callsLeft, fullBucket, takeCalls, untilNextCallMs } from './ratelimit.ts';

const rates = fc.record({ qps: fc.integer({ min: 1, max: 100 }), burst: fc.integer({ min: 1, max: 200 }) });

it('a client that waits as it is told makes no more calls than its rate, in any stretch of time', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(rates, pauses, (rate, list) => {
      const bucket = fullBucket(0);
      const calls: number[] = [];
      let now = 0;
      for (const pause of list) {
        now += pause;
        now += untilNextCallMs(bucket, rate, now);
        expect(callsLeft(bucket, rate, now)).toBeGreaterThanOrEqual(1);
        takeCalls(bucket, rate, now, 1);
        calls.push(now);
      }
      for (let from = 0; from < calls.length; from += 1)
        for (let to = from; to < calls.length; to += 1)
          expect(to - from + 1).toBeLessThanOrEqual(
            rate.burst + ((calls[to]! - calls[from]!) * rate.qps) / 1000 + 1e-6,
          );
    }),
    { numRuns: 100 },
  );
});

it('a client that never pauses makes as many calls as its rate lets it', () => {
  fc.assert(
    fc.property(rates, fc.integer({ min: 1, max: 400 }), (rate, count) => {
      const bucket = fullBucket(0);
      let now = 0;
      for (let i = 0; i < count; i += 1) {
        now += untilNextCallMs(bucket, rate, now);
        takeCalls(bucket, rate, now, 1);
      }
      const least = (Math.max(0, count - rate.burst) * 1000) / rate.qps;
      expect(now).toBeGreaterThanOrEqual(least - 1e-6);
      // Each wait is rounded up to a whole ms.
      expect(now).toBeLessThan(least + Math.max(1, count - rate.burst) + 1e-6);
    }),
  );
});

it('calls made ahead of their time are waited for afterwards', () => {
  const rate = { qps: 20, burst: 30 };
  const bucket = fullBucket(0);
  takeCalls(bucket, rate, 0, 50);
  expect(callsLeft(bucket, rate, 0)).toBe(-20);
  expect(untilNextCallMs(bucket, rate, 0)).toBe(1_050);
  expect(untilNextCallMs(bucket, rate, 1_050)).toBe(0);
});

it('there is no limit with a rate below 0', () => {
  const rate = { qps: -1, burst: 0 };
  const bucket = fullBucket(0);
  takeCalls(bucket, rate, 0, 1_000_000);
  expect(untilNextCallMs(bucket, rate, 0)).toBe(0);
  expect(callsLeft(bucket, rate, 0)).toBeGreaterThan(0);
});

it("a rate of 0 is client-go's, five a second", () => {
  const rate = { qps: 0, burst: 10 };
  const bucket = fullBucket(0);
  takeCalls(bucket, rate, 0, 10);
  expect(untilNextCallMs(bucket, rate, 0)).toBe(200);
  expect(callsLeft(bucket, rate, 400)).toBe(2);
});
