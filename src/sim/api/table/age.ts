/**
 * Durations as kubectl shows them.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/duration/duration.go (`HumanDuration`).
 */
import { parseTime } from '../time.ts';
import type { Millis } from '../../kernel/types.ts';

/** `5s`, `2m5s`, `3h20m`, `4d2h`: two units at most, the finer one dropped as the value grows. */
export function humanDuration(ms: Millis): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 192) return two(days, 'd', hours % 24, 'h');
  if (hours < 24 * 365 * 2) return `${days}d`;
  const years = Math.trunc(days / 365);
  if (hours < 24 * 365 * 8) return two(years, 'y', days % 365, 'd');
  return `${years}y`;
}

const two = (major: number, majorUnit: string, minor: number, minorUnit: string): string =>
  minor === 0 ? `${major}${majorUnit}` : `${major}${majorUnit}${minor}${minorUnit}`;

/** Time since an RFC 3339 timestamp; `<unknown>` when there is none. */
export function ageOf(timestamp: string | undefined, now: Millis): string {
  if (timestamp === undefined || timestamp === '') return '<unknown>';
  // Timestamps have whole seconds; so has the clock they are compared with, or ages would differ within a
  // second.
  return humanDuration(now - parseTime(timestamp));
}
