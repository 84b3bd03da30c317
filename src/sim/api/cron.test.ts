import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOf, parseSchedule } from './cron.ts';
import { isTimeZone } from './timezone.ts';

const next = (schedule: string, after: string, zone?: string): string | undefined => {
  const at = nextOf(parseSchedule(schedule), Date.parse(after) / 1000, zone);
  return at === undefined ? undefined : new Date(at * 1000).toISOString().replace('.000Z', 'Z');
};

describe('schedules', () => {
  it('come when croner says, where clocks do not change', () => {
    const span = (low: number, high: number): fc.Arbitrary<string> =>
      fc
        .tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }))
        .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    const field = (low: number, high: number): fc.Arbitrary<string> =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('*') },
        fc.integer({ min: low, max: high }).map(String),
        span(low, high),
        fc
          .array(fc.integer({ min: low, max: high }).map(String), { minLength: 1, maxLength: 3 })
          .map((l) => l.join(',')),
        fc.integer({ min: 2, max: 6 }).map((step) => `*/${step}`),
        fc.tuple(span(low, high), fc.integer({ min: 2, max: 6 })).map(([s, step]) => `${s}/${step}`),
      );
    fc.assert(
      fc.property(
        field(0, 59),
        field(0, 23),
        fc.oneof(
          fc.tuple(field(1, 31), fc.constant('*')),
          fc.tuple(fc.constant('*'), field(0, 6)),
          fc.tuple(fc.integer({ min: 1, max: 31 }).map(String), fc.integer({ min: 0, max: 6 }).map(String)),
        ),
        field(1, 12),
        fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }),
        fc.constantFrom('UTC', 'Asia/Tokyo', 'Asia/Kolkata'),
        (minute, hour, [day, weekday], month, after, zone) => {
          const text = `${minute} ${hour} ${day} ${month} ${weekday}`;
          const at = nextOf(parseSchedule(text), after, zone);
          const oracle = new Cron(text, { timezone: zone }).nextRun(new Date(after * 1000));
          // It looks further ahead.
          if (at === undefined)
            expect(oracle === null || oracle.getTime() / 1000 > after + 4 * 365 * 86_400).toBe(true);
          else expect(at).toBe(oracle === null ? null : oracle.getTime() / 1000);
        },
      ),
      { numRuns: 500 },
    );
  });

  // spec_test.go of robfig/cron.
  it.each([
    ['0 * * * *', '2012-03-11T00:00:00-05:00', '2012-03-11T06:00:00Z'],
    ['0 * * * *', '2012-03-11T01:00:00-05:00', '2012-03-11T07:00:00Z'],
    ['30 2 11 3 ?', '2012-03-11T00:00:00-05:00', '2013-03-11T06:30:00Z'],
    ['0 1 * * ?', '2012-11-04T00:00:00-04:00', '2012-11-04T05:00:00Z'],
    ['0 1 * * ?', '2012-11-04T01:00:00-04:00', '2012-11-04T06:00:00Z'],
    ['0 1 * * ?', '2012-11-04T01:00:00-05:00', '2012-11-05T06:00:00Z'],
    ['0 2 * * ?', '2012-11-04T00:00:00-04:00', '2012-11-04T07:00:00Z'],
    ['0 3 * * ?', '2012-03-11T00:00:00-05:00', '2012-03-11T07:00:00Z'],
  ])('%s after %s in New York: %s', (schedule, after, expected) => {
    expect(next(schedule, after, 'America/New_York')).toBe(expected);
  });

  it('know days that begin at one o clock', () => {
    expect(next('0 9 10 * ?', '2018-10-17T05:00:00-04:00', 'America/Sao_Paulo')).toBe('2018-11-10T11:00:00Z');
    expect(next('0 9 22 * ?', '2018-02-14T05:00:00-05:00', 'America/Sao_Paulo')).toBe('2018-02-22T12:00:00Z');
  });

  it('never come on the 31st of February, and after a delay in whole seconds with @every', () => {
    expect(next('59 23 31 2 *', '2026-01-01T00:00:00Z')).toBeUndefined();
    expect(next('@every 1h30m0.9s', '2026-01-05T09:00:00.4Z')).toBe('2026-01-05T10:30:00Z');
    expect(next('@every 10ms', '2026-01-05T09:00:00Z')).toBe('2026-01-05T09:00:01Z');
    expect(next('@weekly', '2026-01-05T09:00:00Z')).toBe('2026-01-11T00:00:00Z');
  });
});

describe('time zones', () => {
  it('are known by their names as they are written', () => {
    expect(['UTC', 'Asia/Tokyo', 'Etc/UTC', 'America/New_York'].map(isTimeZone)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['asia/tokyo', '+09:00', 'Mars/Base', ''].map(isTimeZone)).toEqual([false, false, false, false]);
  });
});
