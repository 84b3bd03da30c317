/** Differences between two texts as `diff -u` writes them. */

type Edit = readonly [sign: ' ' | '-' | '+', line: string];

/** How many lines stand around a difference. */
const CONTEXT = 3;

/**
 * The shortest way from one list of lines to another, by E. Myers, "An O(ND) Difference Algorithm and Its
 * Variations" (1986).
 */
function editsOf(from: readonly string[], to: readonly string[]): Edit[] {
  const reached: number[][] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  const walk = (x: number, k: number): number => {
    let at = x;
    while (at < from.length && at - k < to.length && from[at] === to[at - k]) at += 1;
    return at;
  };
  const isDown = (d: number, k: number, known: ReadonlyMap<number, number>): boolean =>
    k === -d || (k !== d && known.get(k - 1)! < known.get(k + 1)!);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let d = 0; reached.length === 0; d += 1) {
    trace.push(furthest);
    const next = new Map(furthest);
    for (let k = -d; k <= d; k += 2) {
      const x = walk(isDown(d, k, furthest) ? furthest.get(k + 1)! : furthest.get(k - 1)! + 1, k);
      next.set(k, x);
      if (x >= from.length && x - k >= to.length) {
        reached.push([d, k]);
        break;
      }
    }
    furthest = next;
  }
  const edits: Edit[] = [];
  let [x, y] = [from.length, to.length];
  for (let d = reached[0]![0]!; d >= 0; d -= 1) {
    const known = trace[d]!;
    const k = x - y;
    const down = d > 0 && isDown(d, k, known);
    const before = d === 0 ? 0 : down ? known.get(k + 1)! : known.get(k - 1)!;
    const start = d === 0 ? 0 : down ? before : before + 1;
    while (x > start) {
      x -= 1;
      y -= 1;
      edits.push([' ', from[x]!]);
    }
    if (d === 0) break;
    if (down) edits.push(['+', to[(y -= 1)]!]);
    else edits.push(['-', from[(x -= 1)]!]);
  }
  return edits.reverse();
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** `12,3`; one line has no count, none stands behind the line before. */
const range = (first: number, count: number): string =>
  count === 1 ? `${first + 1}` : `${count === 0 ? first : first + 1},${count}`;

/** The hunks in which two texts differ; '' where they do not. */
export function hunksOf(from: string, to: string): string {
  const edits = editsOf(linesOf(from), linesOf(to));
  const changed = edits.flatMap(([sign], i) => (sign === ' ' ? [] : [i]));
  const spans: [number, number][] = [];
  for (const i of changed) {
    const last = spans.at(-1);
    if (last !== undefined && i - CONTEXT <= last[1]) last[1] = i + CONTEXT + 1;
    else spans.push([Math.max(0, i - CONTEXT), i + CONTEXT + 1]);
  }
  const count = (part: readonly Edit[], sign: '-' | '+'): number =>
    part.filter(([s]) => s === ' ' || s === sign).length;
  return spans
    .map(([start, end]) => {
      const [before, hunk] = [edits.slice(0, start), edits.slice(start, end)];
      const old = range(count(before, '-'), count(hunk, '-'));
      const next = range(count(before, '+'), count(hunk, '+'));
      return `@@ -${old} +${next} @@\n${hunk.map(([sign, line]) => `${sign}${line}\n`).join('')}`;
    })
    .join('');
}
