/**
 * Sets of completion indexes, as ordered intervals, and their text in a Job's status: `1,3-5,7`.
 * Models orderedIntervals of pkg/controller/job/indexed_job_utils.go.
 */
type Interval = readonly [first: number, last: number];

/** Ordered, and with a gap before each. */
export type Intervals = readonly Interval[];

export const NONE: Intervals = [];

/**
 * Reads a status: what is no number is passed over, what is beyond the completions is cut off.
 * @param completions indexes are below
 */
export function parseIntervals(text: string, completions: number): Intervals {
  if (text === '') return NONE;
  const found: [number, number][] = [];
  for (const part of text.split(',')) {
    const limits = part.split('-');
    if (!limits.slice(0, 2).every((limit) => /^[+-]?\d+$/.test(limit))) continue;
    const first = Number(limits[0]);
    if (first >= completions) break;
    const last = limits.length > 1 ? Math.min(Number(limits[1]), completions - 1) : first;
    const before = found.at(-1);
    if (before !== undefined && before[1] === first - 1) before[1] = last;
    else found.push([first, last]);
  }
  return found;
}

/** Two following each other are written as two: `4,5`, but `4-6`. */
export const intervalsText = (intervals: Intervals): string =>
  intervals
    .map(([first, last]) =>
      last === first ? `${first}` : last === first + 1 ? `${first},${last}` : `${first}-${last}`,
    )
    .join(',');

export const total = (intervals: Intervals): number =>
  intervals.reduce((sum, [first, last]) => sum + last - first + 1, 0);

export const contains = (intervals: Intervals, index: number): boolean =>
  intervals.some(([first, last]) => first <= index && index <= last);

/** The union. */
export function merged(a: Intervals, b: Intervals): Intervals {
  if (b.length === 0) return a;
  const out: [number, number][] = [];
  for (const [first, last] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const before = out.at(-1);
    if (before === undefined || first > before[1] + 1) out.push([first, last]);
    else if (before[1] < last) before[1] = last;
  }
  return out;
}

/** The union with single indexes, in any order. */
export const withIndexes = (intervals: Intervals, indexes: Iterable<number>): Intervals =>
  merged(
    intervals,
    [...indexes].map((index): Interval => [index, index]),
  );

/** How many indexes two sets share. */
export function overlap(a: Intervals, b: Intervals): number {
  let shared = 0;
  for (const [first, last] of a)
    for (const [from, to] of b) shared += Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
  return shared;
}

/** The lowest `count` indexes below `completions` that are not among `taken`. */
export function firstFree(taken: Intervals, count: number, completions: number): number[] {
  const free: number[] = [];
  let candidate = 0;
  for (const [first, last] of [...taken, [completions, completions] as const]) {
    for (; candidate < Math.min(first, completions) && free.length < count; candidate++) free.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  return free;
}
