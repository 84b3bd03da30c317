/**
 * Schedules and time zones of CronJobs. Models validateScheduleFormat and validateTimeZone of
 * pkg/apis/batch/validation/validation.go.
 */
import { parseSchedule } from '../cron.ts';
import { isTimeZone } from '../timezone.ts';

/** What is wrong with a schedule, in the parser's words; undefined: nothing. */
export function scheduleProblem(schedule: string): string | undefined {
  try {
    parseSchedule(schedule.replace(/^(CRON_)?TZ=\S* */, ''));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export function timeZoneProblem(zone: string): string | undefined {
  if (zone === '') return 'timeZone must be nil or non-empty string';
  const isPart = (part: string): boolean =>
    part !== '.' && part !== '..' && !part.startsWith('-') && /^[A-Za-z._0-9+-]{1,14}$/.test(part);
  if (!zone.split('/').every(isPart)) return `unknown time zone ${zone}`;
  if (zone.toLowerCase() === 'local')
    return 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  return isTimeZone(zone) ? undefined : `unknown time zone ${zone}`;
}
