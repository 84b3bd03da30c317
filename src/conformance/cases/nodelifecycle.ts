/** When nodes are given up, how zones are judged, and which taints follow. */
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { testNode, testPod } from '../../sim/harness/objects.ts';
import { changeTaints, noScheduleDifference, zoneKey } from '../../sim/controlplane/nodelifecycle/conditions.ts';
import { nodeLifecycleController, type NodeLifecycleState } from '../../sim/controlplane/nodelifecycle/nodelifecycle.ts';
import { addToTainter, evictionRate, newTainter, nextTokenAt, removeFromTainter, swapRate, takeToken, zoneState, type ZoneState } from '../../sim/controlplane/nodelifecycle/zones.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import type { Node, Taint } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

// ---- zones

const readies = (ready: number, not: number): string[] => [...Array.from({ length: ready }, () => 'True'), ...Array.from({ length: not }, (_, i) => (i % 2 === 0 ? 'Unknown' : 'False'))];
const zoneRows: [number, number, ZoneState][] = [
  [0, 0, 'Normal'], [1, 0, 'Normal'], [0, 1, 'FullDisruption'], [0, 3, 'FullDisruption'], [1, 1, 'Normal'], [1, 2, 'Normal'], [2, 2, 'Normal'], [2, 3, 'PartialDisruption'],
  [1, 3, 'PartialDisruption'], [3, 3, 'Normal'], [9, 11, 'PartialDisruption'], [10, 10, 'Normal'], [45, 55, 'PartialDisruption'], [46, 54, 'Normal'], [50, 3, 'Normal'],
];
const rateRows: [ZoneState, number, number][] = [
  ['Normal', 5, 0.1], ['Normal', 500, 0.1], ['PartialDisruption', 50, 0], ['PartialDisruption', 51, 0.01], ['FullDisruption', 5, 0.1], ['FullDisruption', 500, 0.1],
];
const labelled = (labels?: Record<string, string>): Node => testNode('n', 'True', labels === undefined ? {} : { labels }) as Node;
const zoneKeys: [string, Record<string, string> | undefined, string][] = [
  ['no labels', undefined, ''], ['a zone', { 'topology.kubernetes.io/zone': 'z' }, ':\u0000:z'], ['a region', { 'topology.kubernetes.io/region': 'r' }, 'r:\u0000:'],
  ['both', { 'topology.kubernetes.io/region': 'r', 'topology.kubernetes.io/zone': 'z' }, 'r:\u0000:z'],
  ['the old labels', { 'failure-domain.beta.kubernetes.io/region': 'r', 'failure-domain.beta.kubernetes.io/zone': 'z' }, 'r:\u0000:z'],
];

// ---- the rate-limited queue

function drained(rate: number, nodes: number, untilMs: number): number[] {
  const t = newTainter(rate, 0);
  for (let i = 0; i < nodes; i++) addToTainter(t, `n${i}`, 0);
  const at: number[] = [];
  for (let now = 0; now <= untilMs; now += 100) while (t.waiting.length > 0 && takeToken(t, now)) {
    t.waiting.shift();
    at.push(now);
  }
  return at;
}
const queueCases: ConformanceCase[] = [
  { name: 'queue: one node every ten seconds', run: () => drained(0.1, 3, 60_000), expected: [0, 10_000, 20_000] },
  { name: 'queue: one node every hundred seconds', run: () => drained(0.01, 3, 150_000), expected: [0, 100_000] },
  { name: 'queue: rate 0 lets none through', run: () => drained(0, 3, 1_000_000), expected: [] },
  {
    name: 'queue: a node is added once until removed', expected: [true, false, true, true],
    run: () => {
      const t = newTainter(0.1, 0);
      return [addToTainter(t, 'n', 0), addToTainter(t, 'n', 0), removeFromTainter(t, 'n'), addToTainter(t, 'n', 0)];
    },
  },
  { name: 'queue: a fresh limiter has its token', run: () => nextTokenAt(newTainter(0.1, 5)), expected: 5 },
  {
    name: 'queue: another rate keeps the token that was there', expected: [7, false],
    run: () => {
      const t = newTainter(0.1, 0);
      swapRate(t, 0.01, 7);
      return [nextTokenAt(t), removeFromTainter(t, 'n')];
    },
  },
  {
    name: 'queue: after a rate of 0 the bucket is empty', expected: [undefined, 17_000],
    run: () => {
      const t = newTainter(0.1, 0);
      swapRate(t, 0, 1000);
      const never = nextTokenAt(t);
      swapRate(t, 0.1, 7000);
      return [never, nextTokenAt(t)];
    },
  },
];

// ---- taints of conditions

const withConditions = (conditions: Record<string, string>, unschedulable: boolean, taints: Taint[]): Node => ({
  ...(testNode('n') as Node), spec: { ...(unschedulable ? { unschedulable } : {}), taints },
  status: { conditions: Object.entries(conditions).map(([type, status]) => ({ type, status })) },
}) as Node;
const noSchedule = (key: string): Taint => ({ key: `node.kubernetes.io/${key}`, effect: 'NoSchedule' });
const conditionTaints: [string, Record<string, string>, boolean, Taint[], string[], string[]][] = [
  ['ready', { Ready: 'True' }, false, [], [], []], ['not ready', { Ready: 'False' }, false, [], ['not-ready'], []], ['unknown', { Ready: 'Unknown' }, false, [], ['unreachable'], []],
  ['memory pressure', { Ready: 'True', MemoryPressure: 'True' }, false, [], ['memory-pressure'], []],
  ['disk and PID pressure', { Ready: 'True', DiskPressure: 'True', PIDPressure: 'True' }, false, [], ['disk-pressure', 'pid-pressure'], []],
  ['network unavailable', { Ready: 'True', NetworkUnavailable: 'True' }, false, [], ['network-unavailable'], []],
  ['unknown pressure is no pressure', { Ready: 'Unknown', MemoryPressure: 'Unknown' }, false, [], ['unreachable'], []],
  ['cordoned', { Ready: 'True' }, true, [], ['unschedulable'], []], ['uncordoned', { Ready: 'True' }, false, [noSchedule('unschedulable')], [], ['unschedulable']],
  ['from unknown to not ready', { Ready: 'False' }, false, [noSchedule('unreachable')], ['not-ready'], ['unreachable']],
  ['ready again', { Ready: 'True' }, false, [noSchedule('not-ready'), noSchedule('memory-pressure')], [], ['not-ready', 'memory-pressure']],
  ['there already', { Ready: 'False' }, true, [noSchedule('not-ready'), noSchedule('unschedulable')], [], []],
  ['other taints stay', { Ready: 'True' }, false, [{ key: 'mine', effect: 'NoSchedule' }, { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' }], [], []],
];

// ---- the controller

interface World {
  h: Harness<NodeLifecycleState>;
  renewing: (name: string) => void;
  silent: (name: string) => void;
}
function cluster(nodes: object[], settings: Parameters<typeof harness>[1] = {}): World {
  const h = harness([nodeLifecycleController], settings);
  h.state.tickOffsetMs = 0;
  h.state.passOffsetMs = 0;
  const lease = (name: string): void => void h.put({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace: 'kube-node-lease' }, spec: { renewTime: String(h.now) } });
  const renewing = (name: string): void => {
    h.heartbeats.set(name, { last: h.now, renewing: true });
    lease(name);
  };
  for (const n of nodes) {
    h.put(n);
    renewing((n as { metadata: { name: string } }).metadata.name);
  }
  return {
    h, renewing,
    silent(name) {
      h.heartbeats.set(name, { last: h.now, renewing: false });
      lease(name);
    },
  };
}
const names = (n: number, from = 1): string[] => Array.from({ length: n }, (_, i) => `n${from + i}`);
const taintsOf = (h: Harness<any>, name: string): string[] => (h.api.get('Node', '', name).spec.taints ?? []).map((t) => `${t.key.split('/').at(-1)}:${t.effect}`);
const readyOf = (h: Harness<any>, name: string): string | undefined => h.api.get('Node', '', name).status.conditions?.find((c) => c.type === 'Ready')?.status;
/** The second at which something first holds, looking every 100 ms. */
function when(h: Harness<any>, holds: () => boolean, limitSeconds: number): number | undefined {
  for (let i = 0; i <= limitSeconds * 10; i++) {
    if (holds()) return Math.floor(h.now / 1000);
    h.pass(100);
  }
  return undefined;
}
const kubeletSays = (h: Harness<any>, name: string, ready: string): void => {
  const n = h.api.get('Node', '', name);
  h.api.updateStatus({ ...n, status: { ...n.status, conditions: (n.status.conditions ?? []).map((c) => ({ ...c, status: c.type === 'Ready' ? ready : 'False', lastHeartbeatTime: `t${h.now}` })) } } as Node);
};

const life = (name: string, expected: unknown, run: () => unknown): ConformanceCase => ({ name: `life: ${name}`, run, expected });
const lifeCases: ConformanceCase[] = [
  life('an idle week is free', [], () => {
    const { h } = cluster(names(5).map((n) => testNode(n)));
    h.pass(60_000);
    return h.pending();
  }),
  ...[0, 1, 4_999, 5_000, 7_500].map((offset) => life(`silent since ${offset} ms after a tick: unknown at the first tick after the grace period`, Math.ceil((60_000 + offset + 50_000) / 5000) * 5, () => {
    const { h, silent } = cluster(names(3).map((n) => testNode(n)));
    h.pass(60_000 + offset);
    silent('n1');
    return when(h, () => readyOf(h, 'n1') === 'Unknown', 200);
  })),
  life('then NoSchedule at once and NoExecute at the next tick', [['unreachable:NoSchedule'], ['unreachable:NoSchedule', 'unreachable:NoExecute']], () => {
    const { h, silent } = cluster(names(3).map((n) => testNode(n)));
    h.pass(60_000);
    silent('n1');
    when(h, () => readyOf(h, 'n1') === 'Unknown', 200);
    h.pass(100);
    const first = taintsOf(h, 'n1');
    h.pass(5_200);
    return [first, taintsOf(h, 'n1')];
  }),
  life('all four of the kubelet\'s conditions say so', [['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].sort(), 'NodeStatusUnknown', 'Kubelet stopped posting node status.'], () => {
    const { h, silent } = cluster(names(2).map((n) => testNode(n)));
    silent('n1');
    h.pass(120_000);
    const list = h.api.get('Node', '', 'n1').status.conditions ?? [];
    return [list.filter((c) => c.status === 'Unknown').map((c) => c.type).sort(), list[0]?.reason, list[0]?.message];
  }),
  life('a kubelet that never reported', ['NodeStatusNeverUpdated', 'Kubelet never posted node status.'], () => {
    const { h } = cluster([testNode('n2')]);
    h.put(testNode('n1', null));
    h.pass(120_000);
    const list = h.api.get('Node', '', 'n1').status.conditions ?? [];
    return [list[0]?.reason, list[0]?.message];
  }),
  life('a kubelet that never reported but renews its lease is left alone', 0, () => {
    const { h } = cluster([testNode('n1', null), testNode('n2')]);
    h.pass(200_000);
    return h.api.get('Node', '', 'n1').status.conditions?.length;
  }),
  life('its pods are not ready, and events say why', [['a'], ['Node/n1 NodeNotReady Node n1 status is now: NodeNotReady', 'Pod/a NodeNotReady Node is not ready']], () => {
    const { h, silent } = cluster(names(2).map((n) => testNode(n)));
    for (const p of [testPod('a', { node: 'n1' }), testPod('b', { node: 'n2' }), testPod('c', { node: 'n1', ready: false })]) h.put(p);
    h.pass(10_000);
    silent('n1');
    h.pass(100_000);
    return [
      h.writes.filter((w) => w.kind === 'Pod').map((w) => w.name),
      h.events.filter((e) => e.reason === 'NodeNotReady').map((e) => `${e.object} ${e.reason} ${e.message}`),
    ];
  }),
  life('a conflict on a pod is made good at the next tick', 'False', () => {
    const { h, silent } = cluster(names(2).map((n) => testNode(n)), { lagMs: 20 });
    h.put(testPod('a', { node: 'n1' }));
    h.pass(10_000);
    silent('n1');
    h.pass(59_990 - h.now);
    h.put({ ...(h.api.get('Pod', 'default', 'a') as object), metadata: { ...h.api.get('Pod', 'default', 'a').metadata, labels: { changed: 'just now' } } });
    h.pass(30_000);
    return h.api.get('Pod', 'default', 'a').status.conditions?.[0]?.status;
  }),
  life('a kubelet that says not ready', [['not-ready:NoSchedule', 'not-ready:NoExecute'], 1], () => {
    const { h } = cluster(names(3).map((n) => testNode(n)));
    h.pass(12_000);
    kubeletSays(h, 'n1', 'False');
    h.pass(10_500);
    return [taintsOf(h, 'n1'), h.events.filter((e) => e.reason === 'NodeNotReady').length === 0 ? 1 : 0];
  }),
  life('not ready, then silent: the taints are exchanged at once', ['unreachable:NoExecute', 'unreachable:NoSchedule'], () => {
    const { h, silent } = cluster(names(3).map((n) => testNode(n)));
    h.pass(12_000);
    kubeletSays(h, 'n1', 'False');
    h.pass(20_000);
    silent('n1');
    h.pass(70_000);
    return taintsOf(h, 'n1').sort();
  }),
  life('back again: NoSchedule goes at once, NoExecute at a tick', [['unreachable:NoExecute'], []], () => {
    const { h, silent, renewing } = cluster(names(3).map((n) => testNode(n)));
    silent('n1');
    h.pass(101_000);
    renewing('n1');
    kubeletSays(h, 'n1', 'True');
    h.pass(100);
    const first = taintsOf(h, 'n1');
    h.pass(5_000);
    return [first, taintsOf(h, 'n1')];
  }),
  life('several silent nodes are tainted ten seconds apart', [0, 10, 20], () => {
    const { h, silent } = cluster(names(9).map((n) => testNode(n)));
    for (const n of names(3)) silent(n);
    const at: number[] = [];
    h.pass(40_000);
    for (let i = 0; i < 600; i++) {
      const tainted = names(3).filter((n) => taintsOf(h, n).includes('unreachable:NoExecute')).length;
      while (at.length < tainted) at.push(Math.round(h.now / 1000));
      h.pass(100);
    }
    return at.map((t) => t - at[0]!);
  }),
  life('when every node is silent nothing is evicted', [0, 'FullDisruption'], () => {
    const { h, silent } = cluster(names(4).map((n) => testNode(n)));
    for (const n of names(4)) silent(n);
    h.pass(600_000);
    return [names(4).filter((n) => taintsOf(h, n).some((t) => t.endsWith('NoExecute'))).length, [...h.state.zoneStates.values()][0]];
  }),
  life('… until one returns: ten seconds later the first of the others', [0, 1, 2], () => {
    const { h, silent, renewing } = cluster(names(3).map((n) => testNode(n)));
    for (const n of names(3)) silent(n);
    h.pass(200_500);
    renewing('n3');
    kubeletSays(h, 'n3', 'True');
    const count = (): number => names(2).filter((n) => taintsOf(h, n).some((x) => x.endsWith('NoExecute'))).length;
    h.pass(14_000);
    const first = count();
    h.pass(6_000);
    const second = count();
    h.pass(40_000);
    return [first, second, count()];
  }),
  life('a small zone that is mostly silent is not evicted', [0, 'PartialDisruption'], () => {
    const { h, silent } = cluster(names(5).map((n) => testNode(n)));
    for (const n of names(3)) silent(n);
    h.pass(400_000);
    return [names(5).filter((n) => taintsOf(h, n).some((t) => t.endsWith('NoExecute'))).length, [...h.state.zoneStates.values()][0]];
  }),
  life('… a large one slowly', [1, 2, 3], () => {
    const { h, silent } = cluster(names(60).map((n) => testNode(n)));
    for (const n of names(40)) silent(n);
    const count = (): number => names(60).filter((n) => taintsOf(h, n).some((t) => t.endsWith('NoExecute'))).length;
    h.pass(70_000);
    const counts = [count()];
    for (let i = 0; i < 2; i++) {
      h.pass(100_000);
      counts.push(count());
    }
    return counts;
  }),
  life('one silent zone of two: its nodes are evicted at the full rate', ['FullDisruption', 'Normal', 2], () => {
    const zone = (z: string): { labels: Record<string, string> } => ({ labels: { 'topology.kubernetes.io/zone': z } });
    const { h, silent } = cluster([...names(2).map((n) => testNode(n, 'True', zone('a'))), ...names(2, 3).map((n) => testNode(n, 'True', zone('b')))]);
    for (const n of names(2)) silent(n);
    h.pass(100_000);
    return [...h.state.zoneStates.values(), names(4).filter((n) => taintsOf(h, n).some((t) => t.endsWith('NoExecute'))).length];
  }),
  life('nodes excluded from disruption do not count for their zone', 'FullDisruption', () => {
    const { h, silent } = cluster([testNode('n1'), testNode('n2', 'True', { labels: { 'node.kubernetes.io/exclude-disruption': '' } })]);
    silent('n1');
    h.pass(100_000);
    return h.state.zoneStates.get('');
  }),
  life('a pod that comes to an unready node is not ready', 'False', () => {
    const { h, silent } = cluster(names(2).map((n) => testNode(n)));
    silent('n1');
    h.pass(100_000);
    h.put(testPod('late', { node: 'n1' }));
    h.pass(1_000);
    return h.api.get('Pod', 'default', 'late').status.conditions?.[0]?.status;
  }),
  life('nodes that come and go', ['Registered Node n1 in Controller', 'Removing Node n1 from Controller'], () => {
    const { h } = cluster([testNode('n1'), testNode('n2')]);
    h.pass(10_000);
    h.api.delete('Node', '', 'n1');
    h.pass(10_000);
    return h.events.filter((e) => e.object === 'Node/n1').map((e) => e.message.replace('Node n1 event: ', ''));
  }),
];

const t = (key: string, effect: string, timeAdded?: string): Taint => ({ key, effect: effect as 'NoExecute', ...(timeAdded === undefined ? {} : { timeAdded }) });

export const nodeLifecycleCases: CaseArea = {
  area: 'node life cycle', source: 'pkg/controller/nodelifecycle/node_lifecycle_controller_test.go, scheduler/rate_limited_queue_test.go',
  cases: [
    ...zoneRows.map(([ready, not, expected]): ConformanceCase => ({ name: `zone: ${ready} ready, ${not} not`, run: () => zoneState(readies(ready, not), DEFAULT_CONFIG).state, expected })),
    ...rateRows.map(([state, size, expected]): ConformanceCase => ({ name: `rate: ${state}, ${size} nodes`, run: () => evictionRate(state, size, DEFAULT_CONFIG), expected })),
    ...zoneKeys.map(([name, labels, expected]): ConformanceCase => ({ name: `zone key: ${name}`, run: () => zoneKey(labelled(labels)), expected })),
    ...queueCases,
    ...conditionTaints.map(([name, conditions, cordoned, taints, add, remove]): ConformanceCase => ({
      name: `NoSchedule: ${name}`, run: () => noScheduleDifference(withConditions(conditions, cordoned, taints)),
      expected: { add: add.map((k) => `node.kubernetes.io/${k}`), remove: remove.map((k) => `node.kubernetes.io/${k}`) },
    })),
    { name: 'taints: an added one comes last', run: () => changeTaints([t('a', 'NoExecute')], [t('b', 'NoExecute')], []).map((x) => x.key), expected: ['a', 'b'] },
    { name: 'taints: of the same key and effect is replaced', run: () => changeTaints([t('a', 'NoExecute', '1'), t('b', 'NoExecute')], [t('a', 'NoExecute', '2')], []).map((x) => `${x.key}${x.timeAdded ?? ''}`), expected: ['a2', 'b'] },
    { name: 'taints: the same key with another effect stays', run: () => changeTaints([t('a', 'NoSchedule'), t('a', 'NoExecute')], [], [t('a', 'NoExecute')]).map((x) => x.effect), expected: ['NoSchedule'] },
    ...lifeCases,
  ],
};
