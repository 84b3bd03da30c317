import { expect, it } from 'vitest';
import type { PodTruth, Truth } from '../run.ts';
import { isApart, lanesOf, truthsAt } from './lanes.ts';

const pod = (at: number, is: Partial<PodTruth>): PodTruth => ({
  of: 'pod',
  namespace: 'default',
  name: 'web-1',
  uid: 'u1',
  node: 'node-1',
  at,
  entry: at,
  api: { phase: 'Running', ready: true, terminating: false },
  running: 1,
  serving: true,
  ...is,
});
const node: Truth = {
  of: 'node',
  name: 'node-1',
  at: -60_000,
  entry: 1,
  api: 'ready',
  power: 'on',
  kubelet: 'up',
  connected: true,
};
const truths: readonly Truth[] = [
  node,
  pod(0, {
    api: { phase: 'Pending', ready: false, terminating: false },
    node: '',
    running: 0,
    serving: false,
  }),
  pod(4000, {}),
  { ...node, at: 9000, power: 'off', kubelet: 'down' },
  pod(9000, { running: 0, serving: false }),
  pod(60_000, { api: 'absent', running: 0, serving: false }),
];

it('shows what the API says apart from what is so, on the node where a pod came to be', () => {
  const [lanes, ...others] = lanesOf({ truths, endedAt: 90_000 });
  expect(others).toEqual([]);
  const spans = (segments: readonly { from: number; to: number; state: string }[]) =>
    segments.map(({ from, to, state }) => [state, from, to]);
  expect(spans(lanes!.lane!.api)).toEqual([['ready', 0, 90_000]]);
  expect(spans(lanes!.lane!.fact)).toEqual([
    ['on', 0, 9000],
    ['off', 9000, 90_000],
  ]);
  expect(spans(lanes!.pods[0]!.api)).toEqual([
    ['pending', 0, 4000],
    ['ready', 4000, 60_000],
  ]);
  expect(spans(lanes!.pods[0]!.fact)).toEqual([
    ['nothing', 0, 4000],
    ['serving', 4000, 9000],
    ['nothing', 9000, 90_000],
  ]);
});

it('knows where the two differ', () => {
  const apart = (at: number) => truthsAt(truths, at).map((t) => [t.name, isApart(t)]);
  expect(apart(5000)).toEqual([
    ['node-1', false],
    ['web-1', false],
  ]);
  expect(apart(10_000)).toEqual([
    ['node-1', true],
    ['web-1', true],
  ]);
});
