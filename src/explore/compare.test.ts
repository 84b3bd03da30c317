/** Two versions' root causes, held against each other. */
import { describe, expect, it } from 'vitest';
import { compare, inScene, isWorse, VERDICTS, type Verdict } from './compare.ts';
import type { Effort, Ranked } from './rank.ts';

interface One extends Ranked {
  readonly cause: string;
}
const one = (cause: string, effort: Effort, count = 1): One => ({
  cause,
  effort,
  faults: Array.from({ length: count }, () => ({ kind: 'PodDelete' })),
  runs: 1,
  run: 0,
});

const nobody = { before: () => false, now: () => false };
const everybody = { before: () => true, now: () => true };
const verdictOf = (now: One[], before: One[], shown = nobody): Verdict =>
  compare(now, before, shown)[0]!.verdict;

describe('what a change makes of a cause', () => {
  it.each<[string, One[], One[], Verdict]>([
    ['that only the newer version shows', [one('a', 'fault')], [], 'new'],
    ['that only the older version shows', [], [one('a', 'fault')], 'gone'],
    ['that takes less effort', [one('a', 'voluntary')], [one('a', 'fault')], 'cheaper'],
    ['that takes fewer faults', [one('a', 'coincidence', 2)], [one('a', 'coincidence', 3)], 'cheaper'],
    ['that takes more', [one('a', 'coincidence', 2)], [one('a', 'fault')], 'dearer'],
    ['that takes as much', [one('a', 'fault')], [one('a', 'fault')], 'same'],
  ])('%s', (_, now, before, verdict) => {
    expect(verdictOf(now, before)).toBe(verdict);
  });

  it.each<[string, One[], One[]]>([
    ['new', [one('a', 'fault')], []],
    ['gone', [], [one('a', 'fault')]],
    ['cheaper', [one('a', 'voluntary')], [one('a', 'fault')]],
    ['dearer', [one('a', 'fault')], [one('a', 'voluntary')]],
  ])('is not %s where the other version shows it by the same, too', (_, now, before) => {
    expect(verdictOf(now, before, everybody)).toBe('same');
  });

  it('fails for what is new or takes less, which comes first', () => {
    expect(VERDICTS.filter(isWorse)).toEqual(['new', 'cheaper']);
    const now = [one('same', 'fault'), one('new', 'fault'), one('cheaper', 'fault')];
    const before = [one('gone', 'fault'), one('cheaper', 'coincidence', 2), one('same', 'fault')];
    expect(compare(now, before, nobody).map((c) => c.verdict)).toEqual(['new', 'cheaper', 'same', 'gone']);
  });
});

it('plays the same faults in another scene, and keeps a cluster that was drawn', () => {
  const quantified = [
    { op: 'anyCluster', min: 1, max: 5 },
    { op: 'manifest', text: 'new' },
  ] as const;
  const older = [
    quantified[0],
    { op: 'namespace', namespace: 'x' },
    { op: 'manifest', text: 'old' },
  ] as const;
  const scenario = {
    seed: '7',
    operations: [{ op: 'cluster', nodes: 4 }, quantified[1], { op: 'pass', durationMs: 5 }] as const,
  };
  expect(inScene(scenario, quantified, older as never)).toEqual({
    seed: '7',
    operations: [{ op: 'cluster', nodes: 4 }, older[1], older[2], { op: 'pass', durationMs: 5 }],
  });
});
