/**
 * Rule 6: the same exit code and output of each command, with ages, addresses and random parts of names
 * replaced.
 */
import { todaysOutput } from '../known-differences.ts';
import type { Normal } from './normalise.ts';
import { sameValue, type Difference } from './span.ts';

interface Result {
  readonly what: string;
  readonly code: unknown;
  readonly lines: readonly string[];
}

const replaced = (text: string): string =>
  text
    .replace(/\b\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}\b/g, '<time>')
    .replace(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '<ip>')
    .replace(/\b(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+s\b|\b\d+[dhm]\b/g, '<age>')
    .replace(/[ \t]+/g, ' ');

/** Rows of tables are sorted by names that are random, so their order says nothing. */
function resultsOf(normal: Normal): Result[] {
  const found: Result[] = [];
  for (const r of normal.records) {
    if (r['code'] === undefined) continue;
    const line = r['apply'] === true ? 'apply' : `kubectl ${String(r['kubectl'])}`;
    const lines = normal
      .blurred(todaysOutput(String(r['out'])))
      .split('\n')
      .map((l) => replaced(l).trim())
      .filter((l) => l !== '')
      .sort();
    // How often a watch repeats what it waits for is chance.
    found.push({
      what: line,
      code: r['code'],
      lines: line.includes('rollout status') ? [...new Set(lines)] : lines,
    });
  }
  return found;
}

export function compareResults(recorded: readonly Normal[], simulated: Normal): Difference[] {
  const all = recorded.map(resultsOf);
  const ours = resultsOf(simulated);
  const length = Math.max(ours.length, ...all.map((l) => l.length));
  return Array.from({ length }, (_, i) => {
    const what = `result ${i + 1} (${ours[i]?.what ?? all[0]?.[i]?.what})`;
    return [
      ...sameValue(
        `${what} exit code`,
        all.map((l) => l[i]?.code),
        ours[i]?.code,
      ),
      ...sameLines(
        `${what} output`,
        all.map((l) => l[i]?.lines ?? []),
        ours[i]?.lines ?? [],
      ),
    ];
  }).flat();
}

/** Line by line as a multiset: a line that the recordings do not agree on is free. */
function sameLines(
  what: string,
  recorded: readonly (readonly string[])[],
  simulated: readonly string[],
): Difference[] {
  const counts = (lines: readonly string[]): Map<string, number> => {
    const m = new Map<string, number>();
    for (const l of lines) m.set(l, (m.get(l) ?? 0) + 1);
    return m;
  };
  const all = recorded.map(counts);
  const ours = counts(simulated);
  const undecided = new Set(
    [...new Set(all.flatMap((m) => [...m.keys()]))].filter(
      (l) => new Set(all.map((m) => m.get(l) ?? 0)).size > 1,
    ),
  );
  const wanted = [...all[0]!.keys()].filter((l) => !undecided.has(l));
  const missing = wanted.filter((l) => (ours.get(l) ?? 0) < all[0]!.get(l)!);
  // Lines beyond those agreed on may stand for undecided ones, as many as those are.
  const extra = [...ours.keys()].filter((l) => !undecided.has(l) && ours.get(l)! > (all[0]!.get(l) ?? 0));
  if (missing.length === 0 && extra.length <= undecided.size) return [];
  return [
    {
      what,
      recorded: missing.length > 0 ? missing : ['no such line'],
      simulated: extra.length > 0 ? extra : 'not there',
    },
  ];
}
