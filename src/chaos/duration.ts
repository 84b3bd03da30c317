/**
 * Durations as the language writes them: `90s`, `5m`, `1h30m`, `90 seconds`, `5 minutes`, `1 hour`, `250ms`.
 */
import type { Millis } from '../sim/kernel/types.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
};

const PART =
  /^(\d+(?:\.\d+)?) ?(milliseconds?|seconds?|minutes?|hours?|days?|weeks?|ms|sec|min|s|m|h|d|w)(?:,? and |, | )?/;

/** Matches every duration within a step's text; no capture groups. */
export const DURATION_PATTERN =
  '\\d+(?:\\.\\d+)?(?:ms|[smhdw])(?:\\d+(?:\\.\\d+)?(?:ms|[smhdw]))*' +
  '|\\d+(?:\\.\\d+)? (?:milliseconds?|seconds?|minutes?|hours?|days?|weeks?)' +
  '(?: (?:and )?\\d+(?:\\.\\d+)? (?:milliseconds?|seconds?|minutes?|hours?))*';

/** Virtual milliseconds of a duration; undefined when the text is none. */
export function parseDuration(text: string): Millis | undefined {
  let rest = text.trim();
  let total = 0;
  if (rest === '') return undefined;
  while (rest !== '') {
    const part = PART.exec(rest);
    if (part === null) return undefined;
    const unit = part[2]!.length > 2 && part[2]!.endsWith('s') ? part[2]!.slice(0, -1) : part[2]!;
    total += Number(part[1]) * UNIT_MS[unit]!;
    rest = rest.slice(part[0].length);
  }
  return Math.round(total);
}

const WORDS: readonly (readonly [string, number])[] = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** The shortest of the forms that `parseDuration` reads back: `90 seconds`, `5 minutes`, `250ms`. */
export function printDuration(ms: Millis): string {
  for (const [word, unit] of WORDS) {
    if (ms >= unit && ms % unit === 0) return `${ms / unit} ${word}${ms === unit ? '' : 's'}`;
  }
  if (ms === 0) return '0 seconds';
  const seconds = Math.floor(ms / 1000);
  return seconds === 0 ? `${ms}ms` : `${seconds}s${ms % 1000}ms`;
}

/** Virtual time as people read a clock: `0:01:30`, with tenths only where they are not zero: `0:01:30.4`. */
export function printClock(at: Millis): string {
  const sign = at < 0 ? '-' : '';
  const ms = Math.abs(at);
  const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
  const tenths = Math.floor((ms % 1000) / 100);
  return (
    `${sign}${Math.floor(ms / 3_600_000)}:${two(Math.floor(ms / 60_000) % 60)}:` +
    `${two(Math.floor(ms / 1000) % 60)}${tenths === 0 ? '' : `.${tenths}`}`
  );
}
