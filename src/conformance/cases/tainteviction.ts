/** When NoExecute taints take pods away. */
import { harness } from '../../sim/harness/harness.ts';
import { testNode, testPod } from '../../sim/harness/objects.ts';
import { taintEvictionController } from '../../sim/controlplane/tainteviction/tainteviction.ts';
import { noExecuteTaints, tolerates } from '../../sim/api/tolerations.ts';
import { shortestTolerationMs } from '../../sim/controlplane/tainteviction/tolerations.ts';
import type { Taint, Toleration } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const taint = (i: number, effect = 'NoExecute'): Taint => ({ key: `t${i}`, value: `v${i}`, effect: effect as 'NoExecute' });
const tolerating = (i: number, seconds?: number): Toleration => ({ key: `t${i}`, value: `v${i}`, effect: 'NoExecute', ...(seconds === undefined ? {} : { tolerationSeconds: seconds }) });
const pod = (name: string, node: string | undefined, ...tolerations: Toleration[]): object => testPod(name, { ...(node === undefined ? {} : { node }), spec: { tolerations } });
const node = (...taints: Taint[]): object => testNode('n', 'True', { taints });

interface Row {
  name: string;
  /** At which second what is put. */
  steps: Record<number, object[]>;
  untilSeconds?: number;
  /** Second of the delete mark by pod, and cancellations. */
  expected: { deleted: Record<string, number>; cancelled?: string[] };
}

function run(row: Row): unknown {
  const h = harness([taintEvictionController]);
  for (const [second, objects] of Object.entries(row.steps)) {
    h.pass(Number(second) * 1000 - h.now);
    for (const o of objects) h.put(o);
    h.run();
  }
  h.pass((row.untilSeconds ?? 400) * 1000 - h.now);
  const deleted: Record<string, number> = {};
  for (const w of h.writes) if (w.verb === 'delete') deleted[w.name] = w.at / 1000;
  const cancelled = h.events.filter((e) => e.message.startsWith('Cancelling')).map((e) => e.message.split('/').at(-1)!);
  return { deleted, ...(row.expected.cancelled === undefined && cancelled.length === 0 ? {} : { cancelled }) };
}

const rows: Row[] = [
  { name: 'a pod without a node', steps: { 0: [node(taint(1)), pod('a', undefined)] }, expected: { deleted: {} } },
  { name: 'a pod on an untainted node', steps: { 0: [node(), pod('a', 'n')] }, expected: { deleted: {} } },
  { name: 'a pod comes to a tainted node', steps: { 0: [node(taint(1))], 1: [pod('a', 'n')] }, expected: { deleted: { a: 1 } } },
  { name: '… with a finite toleration', steps: { 0: [node(taint(1))], 1: [pod('a', 'n', tolerating(1, 100))] }, expected: { deleted: { a: 101 } } },
  { name: '… with an infinite toleration', steps: { 0: [node(taint(1))], 1: [pod('a', 'n', tolerating(1))] }, expected: { deleted: {} } },
  { name: '… with a toleration of another taint', steps: { 0: [node(taint(1))], 1: [pod('a', 'n', tolerating(2))] }, expected: { deleted: { a: 1 } } },
  { name: 'a pod is bound to a tainted node', steps: { 0: [node(taint(1)), pod('a', undefined)], 5: [pod('a', 'n')] }, expected: { deleted: { a: 5 } } },
  { name: '… and tolerates it', steps: { 0: [node(taint(1)), pod('a', undefined, tolerating(1))], 5: [pod('a', 'n', tolerating(1))] }, expected: { deleted: {} } },
  { name: 'a toleration is taken away', steps: { 0: [node(taint(1)), pod('a', 'n', tolerating(1, 100))], 10: [pod('a', 'n')] }, expected: { deleted: { a: 10 }, cancelled: ['a'] } },
  { name: 'lengthening a toleration does not help', steps: { 0: [node(taint(1)), pod('a', 'n', tolerating(1, 10))], 5: [pod('a', 'n', tolerating(1, 100))] }, expected: { deleted: { a: 10 } } },
  { name: 'an endless toleration given in time does', steps: { 0: [node(taint(1)), pod('a', 'n', tolerating(1, 10))], 5: [pod('a', 'n', tolerating(1))] }, expected: { deleted: {}, cancelled: ['a'] } },
  { name: 'a node is created untainted', steps: { 0: [pod('a', 'n')], 1: [node()] }, expected: { deleted: {} } },
  { name: 'a node is created tainted', steps: { 0: [pod('a', 'n')], 1: [node(taint(1))] }, expected: { deleted: { a: 1 } } },
  { name: 'a node is created tainted, tolerated', steps: { 0: [pod('a', 'n', tolerating(1))], 1: [node(taint(1))] }, expected: { deleted: {} } },
  { name: 'a taint is added', steps: { 0: [node(), pod('a', 'n')], 7: [node(taint(1))] }, expected: { deleted: { a: 7 } } },
  { name: 'a tolerated taint is added', steps: { 0: [node(), pod('a', 'n', tolerating(1, 100))], 7: [node(taint(1))] }, expected: { deleted: { a: 107 } } },
  { name: 'only one of two taints is tolerated', steps: { 0: [node(), pod('a', 'n', tolerating(1, 100))], 7: [node(taint(1), taint(2))] }, expected: { deleted: { a: 7 } } },
  { name: 'a second, untolerated taint ends the wait', steps: { 0: [node(taint(1)), pod('a', 'n', tolerating(1, 100))], 7: [node(taint(1), taint(2))] }, expected: { deleted: { a: 7 }, cancelled: ['a'] } },
  { name: 'the taint is removed in time', steps: { 0: [node(), pod('a', 'n', tolerating(1, 10))], 1: [node(taint(1))], 5: [node()] }, expected: { deleted: {}, cancelled: ['a'] } },
  { name: 'the taint comes back: the clock starts anew', steps: { 0: [pod('a', 'n', tolerating(1, 10))], 1: [node(taint(1))], 5: [node()], 8: [node(taint(1))] }, expected: { deleted: { a: 18 }, cancelled: ['a'] } },
  { name: 'several tolerations: the first to run out counts', steps: { 0: [pod('a', 'n', tolerating(1, 1), tolerating(2, 100))], 1: [node(taint(1), taint(2))] }, expected: { deleted: { a: 2 } } },
  { name: 'an endless and a finite toleration', steps: { 0: [pod('a', 'n', tolerating(1), tolerating(2, 60))], 1: [node(taint(1), taint(2))] }, expected: { deleted: { a: 61 } } },
  { name: 'the finite one of two taints goes', steps: { 0: [pod('a', 'n', tolerating(1), tolerating(2, 60))], 1: [node(taint(1), taint(2))], 30: [node(taint(1))] }, expected: { deleted: {}, cancelled: ['a'] } },
  { name: 'NoSchedule taints evict nobody', steps: { 0: [pod('a', 'n')], 1: [node(taint(1, 'NoSchedule'))] }, expected: { deleted: {} } },
  {
    name: 'each pod at its own time', steps: { 0: [node(), pod('a', 'n'), pod('b', 'n', tolerating(1, 1)), pod('c', 'n', tolerating(1))], 1: [node(taint(1))] },
    expected: { deleted: { a: 1, b: 2 } },
  },
  {
    name: 'all at once when a taint is tolerated by none', steps: { 0: [node(), pod('a', 'n'), pod('b', 'n', tolerating(1, 1)), pod('c', 'n', tolerating(1))], 1: [node(taint(1), taint(2))] },
    expected: { deleted: { a: 1, b: 1, c: 1 } },
  },
  { name: 'tolerationSeconds 0', steps: { 0: [node(), pod('a', 'n', tolerating(1, 0))], 3: [node(taint(1))] }, expected: { deleted: { a: 3 } } },
  { name: 'negative tolerationSeconds', steps: { 0: [node(), pod('a', 'n', tolerating(1, -5))], 3: [node(taint(1))] }, expected: { deleted: { a: 3 } } },
  { name: 'the default toleration of 300 s', steps: { 0: [pod('a', 'n', { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })], 50: [node({ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' })] }, expected: { deleted: { a: 350 } } },
];

const seconds = (...list: (number | undefined)[]): Toleration[] => list.map((s) => (s === undefined ? {} : { tolerationSeconds: s }));
const shortest: [string, Toleration[], number | undefined][] = [
  ['none', [], 0], ['one endless', seconds(undefined), undefined], ['1 s and 2 s', seconds(1, 2), 1000], ['1 s and endless', seconds(1, undefined), 1000],
  ['endless and 1 s', seconds(undefined, 1), 1000], ['0 and 5 s', seconds(0, 5), 0],
];
const matching: [string, Toleration, Taint, boolean][] = [
  ['Exists with the key and effect', { key: 'foo', operator: 'Exists', effect: 'NoSchedule' }, { key: 'foo', value: 'bar', effect: 'NoSchedule' }, true],
  ['Equal with another value', { key: 'foo', operator: 'Equal', value: 'baz', effect: 'NoSchedule' }, { key: 'foo', value: 'bar', effect: 'NoSchedule' }, false],
  ['Equal with the value', { key: 'foo', operator: 'Equal', value: 'bar', effect: 'NoSchedule' }, { key: 'foo', value: 'bar', effect: 'NoSchedule' }, true],
  ['no operator means Equal', { key: 'foo', value: 'bar', effect: 'NoSchedule' }, { key: 'foo', value: 'bar', effect: 'NoSchedule' }, true],
  ['another effect', { key: 'foo', operator: 'Exists', effect: 'NoExecute' }, { key: 'foo', effect: 'NoSchedule' }, false],
  ['no effect means every effect', { key: 'foo', operator: 'Exists' }, { key: 'foo', effect: 'NoExecute' }, true],
  ['no key with Exists means every key', { operator: 'Exists' }, { key: 'foo', value: 'x', effect: 'NoExecute' }, true],
  ['another key', { key: 'bar', operator: 'Exists' }, { key: 'foo', effect: 'NoExecute' }, false],
];

export const taintEvictionCases: CaseArea = {
  area: 'taint eviction times', source: 'pkg/controller/tainteviction/taint_eviction_test.go',
  cases: [
    ...rows.map((row): ConformanceCase => ({ name: row.name, run: () => run(row), expected: row.expected })),
    ...shortest.map(([name, list, expected]): ConformanceCase => ({ name: `shortest toleration: ${name}`, run: () => shortestTolerationMs(list), expected })),
    ...matching.map(([name, toleration, t, expected]): ConformanceCase => ({ name: `tolerates: ${name}`, run: () => tolerates(toleration, t), expected })),
    { name: 'only NoExecute taints are looked at', run: () => noExecuteTaints([taint(1), taint(2, 'NoSchedule')]).map((t) => t.key), expected: ['t1'] },
  ],
};
