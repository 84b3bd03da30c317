/**
 * Schedules put together in TypeScript. Each function gives a plain schedule, the same as a table or a file
 * gives:
 *
 *     sequence(
 *       strike('NodePowerLoss', { target: 'zone zone-a', for: '5m' }),
 *       after('30s', parallel(strike('SchedulerDown', { for: '1m' }), every('10s', 3, strike('PodDelete', {
 * target: 'one pod matching app=web' })))),
 *     )
 */
import type { Millis } from '../sim/kernel/types.ts';
import { parseDuration } from './duration.ts';
import { standardFaults } from './index.ts';
import { callOf, inOrder, lengthOf, type Strike } from './schedule.ts';
import { misses } from './types.ts';

export type Schedule = readonly Strike[];
/** `90s`, `5m`, or ms. */
export type Duration = string | Millis;

/** @throws FaultError */
function millis(duration: Duration): Millis {
  const ms = typeof duration === 'number' ? duration : parseDuration(duration);
  if (ms === undefined || ms < 0 || !Number.isInteger(ms))
    throw misses('noDuration', { text: String(duration) });
  return ms;
}

/** One fault at once. @param words `target`, `for` and parameters, as in a table. @throws FaultError */
export const strike = (
  kind: string,
  words: Readonly<Record<string, string>> = {},
  faults = standardFaults,
): Schedule => [{ atMs: 0, fault: callOf(kind, words, faults) }];

/** The schedule, so much later. */
export function after(duration: Duration, schedule: Schedule): Schedule {
  const ms = millis(duration);
  return schedule.map((s) => ({ ...s, atMs: s.atMs + ms }));
}

/** All at the same time. */
export const parallel = (...schedules: readonly Schedule[]): Schedule => inOrder(schedules.flat());

/** Each begins when the one before is over: its last fault has struck, and those with a duration are. */
export function sequence(...schedules: readonly Schedule[]): Schedule {
  let at = 0;
  return schedules.flatMap((schedule) => {
    const moved = after(at, schedule);
    at += lengthOf(schedule);
    return moved;
  });
}

/** Again and again, each time when the one before is over. @throws FaultError */
export function repeat(times: number, schedule: Schedule): Schedule {
  checkTimes(times);
  return sequence(...Array.from({ length: times }, () => schedule));
}

/** Again and again, at an interval from beginning to beginning. @throws FaultError */
export function every(period: Duration, times: number, schedule: Schedule): Schedule {
  checkTimes(times);
  return parallel(...Array.from({ length: times }, (_, i) => after(i * millis(period), schedule)));
}

/** One of them, which one the seed says. @throws FaultError when there is none */
export function chooseOne(seed: number, ...schedules: readonly Schedule[]): Schedule {
  if (schedules.length === 0) throw misses('nothingToChoose', {});
  // Seeds that are near each other choose differently.
  const mixed = Math.imul((seed ^ 0x9e3779b9) >>> 0, 0x85ebca6b) >>> 0;
  return schedules[((mixed ^ (mixed >>> 15)) >>> 0) % schedules.length]!;
}

function checkTimes(times: number): void {
  if (!Number.isInteger(times) || times < 1 || times > 1000) throw misses('repeatedTooOften', { times });
}
