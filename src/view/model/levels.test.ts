import { expect, it } from 'vitest';
import { levelsOf, shortages, type Changed } from './levels.ts';

const change = (at: number, kind: string, after: unknown): Changed => ({
  at,
  kind,
  namespace: 'default',
  name: 'web',
  after,
});
const deployment = (replicas: number, availableReplicas?: number): unknown => ({
  spec: { replicas },
  status: { availableReplicas },
});

it('follows what is demanded and what is there, and finds when it was too little', () => {
  const levels = levelsOf([
    change(0, 'Deployment', deployment(2)),
    change(1000, 'PodDisruptionBudget', { spec: {}, status: {} }),
    change(2000, 'Deployment', deployment(2, 2)),
    change(2000, 'PodDisruptionBudget', { status: { desiredHealthy: 1, currentHealthy: 2 } }),
    change(3000, 'Pod', {}),
    change(5000, 'Deployment', deployment(2, 1)),
    change(5000, 'Deployment', deployment(2, 1)),
    change(8000, 'PodDisruptionBudget', { status: { desiredHealthy: 1, currentHealthy: 0 } }),
    change(9000, 'Deployment', deployment(3, 3)),
    change(12_000, 'PodDisruptionBudget', undefined),
  ]);
  expect(levels.map((l) => [l.kind, l.points])).toEqual([
    [
      'PodDisruptionBudget',
      [
        { at: 2000, wanted: 1, healthy: 2 },
        { at: 8000, wanted: 1, healthy: 0 },
        { at: 12_000, wanted: 0, healthy: 0 },
      ],
    ],
    [
      'Deployment',
      [
        { at: 0, wanted: 2, healthy: 0 },
        { at: 2000, wanted: 2, healthy: 2 },
        { at: 5000, wanted: 2, healthy: 1 },
        { at: 9000, wanted: 3, healthy: 3 },
      ],
    ],
  ]);
  expect(levels.map((l) => shortages(l, 20_000))).toEqual([
    [{ from: 8000, to: 12_000 }],
    // Before there were enough for the first time, they were on their way.
    [{ from: 5000, to: 9000 }],
  ]);
});
