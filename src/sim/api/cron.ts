/**
 * Schedules of CronJobs, as text and as moments. Models ParseStandard and SpecSchedule.Next of
 * github.com/robfig/cron/v3 (parser.go, spec.go, constantdelay.go), with its behaviour where clocks change.
 */
import { remembered } from '../kernel/memo.ts';
import { offsetAt } from './timezone.ts';

interface Range {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

interface Field {
  readonly values: ReadonlySet<number>;
  /** `*` or `?`, and no step. */
  readonly star: boolean;
}

export type Schedule =
  | {
      readonly kind: 'fields';
      readonly minute: Field;
      readonly hour: Field;
      readonly day: Field;
      readonly month: Field;
      readonly weekday: Field;
    }
  | { readonly kind: 'every'; readonly seconds: number };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Range[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 6, names: DAYS },
];
const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const EVERY = /^@every (-?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/;
const AMOUNT = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g;
const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
/** How many years ahead a moment is looked for. */
const YEARS_AHEAD = 5;
const HOUR = 3600;
const MINUTE = 60;

/** @throws Error for what is no number, nor a name */
function numberOf(text: string, { low, names = [] }: Range): number {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + low;
  if (!/^[+-]?\d+$/.test(text))
    throw new Error(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  if (Number(text) < 0) throw new Error(`negative number (${text}) not allowed: ${text}`);
  return Number(text);
}

/** Adds what a part of a field names. @returns whether it is a star @throws Error in the parser's words */
function addPart(text: string, range: Range, values: Set<number>): boolean {
  const [span = '', step, ...more] = text.split('/');
  const [from = '', to, ...others] = span.split('-');
  const star = from === '*' || from === '?';
  let [low, high] = [range.low, range.high];
  if (!star) {
    low = numberOf(from, range);
    if (others.length > 0) throw new Error(`too many hyphens: ${text}`);
    high = to === undefined ? low : numberOf(to, range);
  }
  if (more.length > 0) throw new Error(`too many slashes: ${text}`);
  const steps = step === undefined ? 1 : numberOf(step, { low: 0, high: 0 });
  if (step !== undefined && to === undefined) high = range.high;
  if (low < range.low) throw new Error(`beginning of range (${low}) below minimum (${range.low}): ${text}`);
  if (high > range.high) throw new Error(`end of range (${high}) above maximum (${range.high}): ${text}`);
  if (low > high) throw new Error(`beginning of range (${low}) beyond end of range (${high}): ${text}`);
  if (steps === 0) throw new Error(`step of range should be a positive number: ${text}`);
  for (let value = low; value <= high; value += steps) values.add(value);
  return star && steps === 1;
}

function fieldOf(text: string, range: Range): Field {
  const values = new Set<number>();
  let star = false;
  for (const part of text.split(',').filter((p) => p !== '')) star = addPart(part, range, values) || star;
  return { values, star };
}

function everyOf(text: string): Schedule | undefined {
  const every = EVERY.exec(text);
  if (every === null) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of every[2]!.matchAll(AMOUNT)) seconds += Number(amount) * UNIT_SECONDS[unit!]!;
  return { kind: 'every', seconds: every[1] === '-' || seconds < 1 ? 1 : Math.floor(seconds) };
}

/**
 * @param text five fields, a descriptor such as `@daily`, or `@every 90m`
 * @throws Error in the parser's words
 */
export function parseSchedule(text: string): Schedule {
  if (text.startsWith('@')) {
    const fields = DESCRIPTORS[text];
    const schedule = fields === undefined ? everyOf(text) : parseSchedule(fields);
    if (schedule === undefined) throw new Error(`unrecognized descriptor: ${text}`);
    return schedule;
  }
  const parts = text.split(/\s+/).filter((f) => f !== '');
  if (parts.length !== FIELDS.length)
    throw new Error(`expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`);
  const [minute, hour, day, month, weekday] = parts.map((part, i) => fieldOf(part, FIELDS[i]!));
  return { kind: 'fields', minute: minute!, hour: hour!, day: day!, month: month!, weekday: weekday! };
}

/** The same for one that is known to be right. */
export const scheduleOf = remembered(256, parseSchedule);

/** What a zone's clocks show at an instant. */
const wallOf = (second: number, zone: string): Date => new Date((second + offsetAt(zone, second)) * 1000);

/** The instant of a time on a zone's clocks; of one that is skipped or comes twice, one of those beside. */
function instant(
  zone: string,
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number {
  const wall = Date.UTC(year, month, day, hour, minute, second) / 1000;
  return wall - offsetAt(zone, wall - offsetAt(zone, wall));
}

/** Where a day is restricted by date and by weekday, either is enough. */
function matchesDay({ day, weekday }: Schedule & { kind: 'fields' }, wall: Date): boolean {
  const byDay = day.values.has(wall.getUTCDate());
  const byWeekday = weekday.values.has(wall.getUTCDay());
  return day.star || weekday.star ? byDay && byWeekday : byDay || byWeekday;
}

/**
 * The first moment of a schedule after an instant, which may have a fraction; undefined where none comes
 * within five years.
 * @param after seconds since 1970
 * @param zone whose clocks the fields speak of
 */
export function nextOf(schedule: Schedule, after: number, zone = 'UTC'): number | undefined {
  if (schedule.kind === 'every') return Math.floor(after) + schedule.seconds;
  let t = Math.floor(after) + 1;
  let wall = wallOf(t, zone);
  const lastYear = wall.getUTCFullYear() + YEARS_AHEAD;
  /** Whether the smaller fields begin anew: a larger one was counted up. */
  let began = false;
  const set = (next: number): Date => {
    t = next;
    wall = wallOf(t, zone);
    return wall;
  };
  const at = (hour: number, minute: number, second: number): number =>
    instant(zone, wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate(), hour, minute, second);
  wrap: while (wall.getUTCFullYear() <= lastYear) {
    while (!schedule.month.values.has(wall.getUTCMonth() + 1)) {
      if (!began) set(instant(zone, wall.getUTCFullYear(), wall.getUTCMonth(), 1));
      began = true;
      const [h, m, s] = [wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds()];
      set(instant(zone, wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate(), h, m, s));
      if (wall.getUTCMonth() === 0) continue wrap;
    }
    while (!matchesDay(schedule, wall)) {
      if (!began) set(at(0, 0, 0));
      began = true;
      const [h, m, s] = [wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds()];
      set(instant(zone, wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate() + 1, h, m, s));
      // Where clocks change at midnight, the day begins an hour off.
      const hour = wall.getUTCHours();
      if (hour !== 0) set(t + (hour > 12 ? 24 - hour : -hour) * HOUR);
      if (wall.getUTCDate() === 1) continue wrap;
    }
    while (!schedule.hour.values.has(wall.getUTCHours())) {
      if (!began) set(at(wall.getUTCHours(), 0, 0));
      began = true;
      set(t + HOUR);
      if (wall.getUTCHours() === 0) continue wrap;
    }
    while (!schedule.minute.values.has(wall.getUTCMinutes())) {
      if (!began) set(t - (t % MINUTE));
      began = true;
      set(t + MINUTE);
      if (wall.getUTCMinutes() === 0) continue wrap;
    }
    if (wall.getUTCSeconds() === 0) return t;
    // Seconds are 0 in every schedule.
    began = true;
    set(t + MINUTE - wall.getUTCSeconds());
  }
  return undefined;
}
