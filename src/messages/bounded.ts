/** What a message cuts: its beginning, its end, and how much was left out between them. */

/** How many of a list are named. */
const SHOWN = 10;
/** Of long texts: lines of the beginning and of the end, characters of a line. */
const HEAD = 12;
const TAIL = 6;
const WIDTH = 1000;

/** `a, b, and 3 more` */
export const bounded = (items: readonly string[], more: (count: number) => string): string =>
  [...items.slice(0, SHOWN), ...(items.length > SHOWN ? [more(items.length - SHOWN)] : [])].join(', ');

const cut = (line: string): string => (line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line);

/** What stands in the place of lines that are left out. */
export interface Omissions {
  /** Of the middle. */
  readonly more: (count: number) => string;
  /** Of lines that say the same as the one before. */
  readonly same: (count: number) => string;
}

/** Each line once that is said several times on end. */
function withoutRepeats(lines: readonly string[], same: Omissions['same']): string[] {
  const told: string[] = [];
  for (let i = 0; i < lines.length; ) {
    let next = i + 1;
    while (next < lines.length && lines[next] === lines[i]) next += 1;
    told.push(lines[i]!);
    if (next - i === 2) told.push(lines[i]!);
    else if (next - i > 2) told.push(same(next - i - 1));
    i = next;
  }
  return told;
}

/** A text of many lines, its repeats and its middle left out. */
export function boundedText(text: string, { more, same }: Omissions): string {
  const lines = withoutRepeats(text.split('\n').map(cut), same);
  if (lines.length <= HEAD + TAIL + 1) return lines.join('\n');
  return [...lines.slice(0, HEAD), more(lines.length - HEAD - TAIL), ...lines.slice(-TAIL)].join('\n');
}
