/**
 * Indexes of an Indexed Job as text, `1,3-5,7`. Models validateIndexesFormat of
 * pkg/apis/batch/validation/validation.go.
 */

type Interval = readonly [first: number, last: number];

/** @throws Error in upstream's words */
function intervalOf(text: string, completions: number): Interval {
  const parts = text.split('-');
  if (parts.length > 2)
    throw new Error(
      `the fragment ${JSON.stringify(text)} violates the requirement that an index interval can have at ` +
        "most two parts separated by '-'",
    );
  const [first = 0, last = first] = parts.map((part) => {
    if (!/^\+?\d+$/.test(part))
      throw new Error(`cannot convert string to integer for index: ${JSON.stringify(part)}`);
    if (Number(part) >= completions) throw new Error(`too large index: ${JSON.stringify(part)}`);
    return Number(part);
  });
  if (parts.length > 1 && first >= last)
    throw new Error(`non-increasing order, previous: ${first}, current: ${last}`);
  return [first, last];
}

/** @param completions of the Job: indexes are below @throws Error in upstream's words */
export function intervalsOf(text: string, completions: number): Interval[] {
  if (text === '') return [];
  let previous: number | undefined;
  return text.split(',').map((part) => {
    const interval = intervalOf(part, completions);
    if (previous !== undefined && previous >= interval[0])
      throw new Error(`non-increasing order, previous: ${previous}, current: ${interval[0]}`);
    previous = interval[1];
    return interval;
  });
}

export const indexCount = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, [first, last]) => sum + last - first + 1, 0);

/** What is wrong with a text of indexes; undefined: nothing. */
export function indexProblem(text: string, completions: number): string | undefined {
  try {
    intervalsOf(text, completions);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
