import { expect, it } from 'vitest';
import type { PodTruth, Truth } from '../run.ts';
import { isApart, jobLanesOf, lanesOf, truthsAt, volumeLanesOf } from './lanes.ts';

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
    ['nothing', 9000, 60_000],
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

it('draws the attempts at an index in one lane, and those that run at a time in several', () => {
  const attempt = (uid: string, index: number, from: number, to: number): readonly Truth[] => [
    pod(from, { uid, name: uid, job: 'work', index }),
    pod(to, {
      uid,
      name: uid,
      job: 'work',
      index,
      api: { phase: 'Failed', ready: false, terminating: false },
      running: 0,
    }),
  ];
  const attempts = [
    ...attempt('a', 0, 0, 10_000),
    ...attempt('b', 1, 0, 30_000),
    ...attempt('c', 0, 20_000, 40_000),
  ];
  const of = { truths: attempts.sort((x, y) => x.at - y.at), endedAt: 90_000 };
  const [job, ...others] = jobLanesOf(of);
  expect([job!.name, others]).toEqual(['work', []]);
  const drawn = job!.lanes.map((l) => [l.name, ...l.api.map((s) => [s.state, s.where, s.from, s.to])]);
  expect(drawn).toEqual([
    [
      '[0]',
      ['ready', '#1', 0, 10_000],
      ['failed', '#1', 10_000, 15_000],
      ['ready', '#2', 20_000, 40_000],
      ['failed', '#2', 40_000, 45_000],
    ],
    ['[1]', ['ready', '#1', 0, 30_000], ['failed', '#1', 30_000, 35_000]],
  ]);
  const together = of.truths.map((t) => ({ ...t, index: undefined }) as unknown as Truth);
  expect(jobLanesOf({ ...of, truths: together })[0]!.lanes).toHaveLength(2);
});

it('says of a volume where it is attached, and where it is mounted', () => {
  const volume = (at: number, attached: string[], mounted: string[]): Truth => ({
    of: 'volume',
    name: 'pvc-1',
    claim: 'default/data',
    at,
    entry: at,
    api: { phase: 'Bound', attached },
    disk: true,
    mounted,
  });
  const of = [volume(0, [], []), volume(5000, ['node-1'], ['node-1']), volume(9000, ['node-1'], [])];
  const [lane] = volumeLanesOf({ truths: of, endedAt: 20_000 });
  expect([
    lane!.name,
    lane!.api.map((s) => [s.state, s.where]),
    lane!.fact.map((s) => [s.state, s.where]),
  ]).toEqual([
    'data',
    [
      ['bound', ''],
      ['attached', 'node-1'],
    ],
    [
      ['unused', ''],
      ['mounted', 'node-1'],
      ['unused', ''],
    ],
  ]);
  expect(of.map(isApart)).toEqual([false, false, true]);
});
