/**
 * Time zones by name. `Intl` is asked for one thing only, the offset of a zone at an instant: it brings the
 * database of zones that Go's time.LoadLocation reads from files.
 */
import { remembered } from '../kernel/memo.ts';

const clockOf = remembered(64, (zone: string): Intl.DateTimeFormat | 'none' => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return 'none';
  }
});

/** Names are told apart by case, as files are; an offset is no name. */
export function isTimeZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false;
  const clock = clockOf(zone);
  if (clock === 'none') return false;
  const known = clock.resolvedOptions().timeZone;
  return known === zone || known.toLowerCase() !== zone.toLowerCase();
}

/**
 * How many seconds a zone's clocks are ahead of UTC at an instant.
 * @param second since 1970 @throws RangeError for a zone that there is not
 */
export function offsetAt(zone: string, second: number): number {
  if (zone === 'UTC') return 0;
  const clock = clockOf(zone);
  if (clock === 'none') throw new RangeError(`unknown time zone ${zone}`);
  const parts: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(second * 1000)) parts[type] = Number(value);
  const { year, month, day, hour, minute, second: seconds } = parts as Record<string, number>;
  return Date.UTC(year!, month! - 1, day, hour, minute, seconds) / 1000 - second;
}
