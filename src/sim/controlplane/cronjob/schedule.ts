/**
 * When a CronJob is due, was last due, and is due next. Models mostRecentScheduleTime and its callers in
 * pkg/controller/cronjob/utils.go.
 */
import { isNil } from '../../api/defaults/fill.ts';
import { nextOf, scheduleOf, type Schedule } from '../../api/cron.ts';
import { EPOCH, parseTime } from '../../api/time.ts';
import type { CronJob } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';

/** Work begins a little after its time, so that the clock that decides has passed it. */
const DELTA_MS = 100;
/** From how many missed times on they are complained of. */
const MANY_MISSED = 100;

/** A schedule that has no two times. */
export class InvalidSchedule extends Error {}

export interface Recent {
  readonly earliest: Millis;
  /** The last time that has come since; none where none has. */
  readonly last?: Millis;
  readonly missed: number;
}

const after = (schedule: Schedule, at: Millis, { spec }: CronJob): Millis => {
  const next = nextOf(schedule, (EPOCH + at) / 1000, spec.timeZone ?? undefined);
  if (next === undefined)
    throw new InvalidSchedule('time difference between two schedules is less than 1 second');
  return next * 1000 - EPOCH;
};

const scheduleIn = ({ spec }: CronJob): Schedule => scheduleOf(spec.schedule);

/** @throws InvalidSchedule */
export function recentTime(cron: CronJob, now: Millis, withDeadline: boolean): Recent {
  const schedule = scheduleIn(cron);
  const { lastScheduleTime } = cron.status;
  let earliest = parseTime((lastScheduleTime as string | undefined) ?? cron.metadata.creationTimestamp);
  const deadline = cron.spec.startingDeadlineSeconds;
  if (withDeadline && !isNil(deadline)) earliest = Math.max(earliest, now - deadline * 1000);
  const first = after(schedule, earliest, cron);
  if (now < first) return { earliest, missed: 0 };
  const second = after(schedule, first, cron);
  if (now < second) return { earliest, last: first, missed: 0 };
  // Counted as if all times were as far apart as the first two.
  const between = Math.round((second - first) / 1000);
  const missed = Math.floor(Math.floor((now - first) / 1000) / between) + 1;
  let last: Millis | undefined;
  let t = after(schedule, first + (missed - 2) * between * 1000, cron);
  for (; t <= now; t = after(schedule, t, cron)) last = t;
  return { earliest, ...(last === undefined ? {} : { last }), missed };
}

/**
 * The time a Job is due by, if one is; `many`: so many were missed that it is worth a warning.
 * @throws InvalidSchedule
 */
export function dueTime(cron: CronJob, now: Millis): { at: Millis; many: boolean } | undefined {
  const { last, missed } = recentTime(cron, now, true);
  return last === undefined || last > now ? undefined : { at: last, many: missed > MANY_MISSED };
}

/** How long until it is to be looked at again; undefined where it will never be due. */
export function untilNextMs(cron: CronJob, now: Millis): Millis | undefined {
  let from = now;
  try {
    const { earliest, last, missed } = recentTime(cron, now, false);
    from = last ?? (missed === 0 ? earliest : now);
    return after(scheduleIn(cron), from, cron) + DELTA_MS - now;
  } catch (error) {
    if (!(error instanceof InvalidSchedule)) throw error;
    return undefined;
  }
}
