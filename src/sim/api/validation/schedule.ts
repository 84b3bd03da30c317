/**
 * Schedules and time zones of CronJobs. Models ParseStandard of github.com/robfig/cron/v3 (parser.go) and
 * validateTimeZone of pkg/apis/batch/validation/validation.go, but for the zone's being in a database.
 */

interface Range {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Range[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 6, names: DAYS },
];
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = /^@every (-?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;

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

/** @throws Error in the parser's words */
function checkPart(text: string, range: Range): void {
  const [span = '', step, ...more] = text.split('/');
  const [from = '', to, ...others] = span.split('-');
  let [low, high] = [range.low, range.high];
  if (from !== '*' && from !== '?') {
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
}

/** What is wrong with a schedule, in the parser's words; undefined: nothing. */
export function scheduleProblem(schedule: string): string | undefined {
  const text = schedule.replace(/^(CRON_)?TZ=\S* */, '');
  if (text.startsWith('@'))
    return DESCRIPTORS.includes(text) || EVERY.test(text) ? undefined : `unrecognized descriptor: ${text}`;
  const fields = text.split(/\s+/).filter((f) => f !== '');
  if (fields.length !== FIELDS.length)
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  try {
    fields.forEach((field, i) => {
      for (const part of field.split(',').filter((p) => p !== '')) checkPart(part, FIELDS[i]!);
    });
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
  return zone.toLowerCase() === 'local'
    ? 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones'
    : undefined;
}
