/** What a PodDisruptionBudget's status says of the pods it selects. */
import { harness } from '../../sim/harness/harness.ts';
import { testPod } from '../../sim/harness/objects.ts';
import { countHealthy, expectedPods, pendingDisruptions } from '../../sim/controlplane/disruption/budget.ts';
import { disruptionController } from '../../sim/controlplane/disruption/disruption.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { IntOrString, Pod, PodDisruptionBudget } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const owner = (kind: string, name: string, uid: string, apiVersion = 'apps/v1'): object => ({ apiVersion, kind, name, uid, controller: true });
const scaled = (kind: string, name: string, uid: string, replicas: number, above?: object): object => ({
  apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'default', uid, ...(above === undefined ? {} : { ownerReferences: [above] }) },
  spec: { replicas, selector: {}, template: {} }, status: {},
});
const budget = (spec: { minAvailable?: IntOrString; maxUnavailable?: IntOrString }, status: object = {}): object => ({
  apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b', namespace: 'default' },
  spec: { selector: { matchLabels: { foo: 'bar' } }, ...spec }, status,
});

interface Row {
  name: string;
  spec: { minAvailable?: IntOrString; maxUnavailable?: IntOrString };
  owners?: object[];
  pods: object[];
  status?: object;
  /** Allowed, healthy, desired, expected; and the reasons of events. */
  expected: unknown;
}

const labels = { foo: 'bar' };
const pods = (n: number, ready: number, by?: object): object[] =>
  Array.from({ length: n }, (_, i) => testPod(`${(by as { name?: string } | undefined)?.name ?? 'p'}-${i}`, { labels, ready: i < ready, ...(by === undefined ? {} : { owner: by }) }));
const rs = owner('ReplicaSet', 'rs', 'rs-1');
const sts = owner('StatefulSet', 'sts', 'sts-1');
const byDeployment = [scaled('Deployment', 'd', 'd-1', 11), scaled('ReplicaSet', 'rs', 'rs-1', 4, owner('Deployment', 'd', 'd-1'))];

function run(row: Row): unknown {
  const h = harness([disruptionController]);
  for (const o of row.owners ?? []) h.put(o);
  for (const p of row.pods) h.put(p);
  h.put(budget(row.spec, row.status));
  h.run();
  const { status } = h.api.get('PodDisruptionBudget', 'default', 'b');
  const condition = status.conditions?.[0];
  return {
    counts: [status.disruptionsAllowed, status.currentHealthy, status.desiredHealthy, status.expectedPods],
    condition: `${condition?.status}/${condition?.reason}`, events: [...new Set(h.events.map((e) => e.reason))],
  };
}
const is = (allowed: number, healthy: number, desired: number, expected: number, ...events: string[]): object => ({
  counts: [allowed, healthy, desired, expected], condition: allowed > 0 ? 'True/SufficientPods' : 'False/InsufficientPods', events,
});
const failed = (...events: string[]): object => ({ counts: [0, undefined, undefined, undefined], condition: 'False/SyncFailed', events });

const rows: Row[] = [
  { name: 'no pods', spec: { minAvailable: 3 }, pods: [], expected: is(0, 0, 3, 0, 'NoPods') },
  ...[1, 2, 3].map((n): Row => ({ name: `minAvailable 3, ${n} pods`, spec: { minAvailable: 3 }, pods: pods(n, n), expected: is(0, n, 3, n) })),
  { name: 'minAvailable 3, 4 pods', spec: { minAvailable: 3 }, pods: pods(4, 4), expected: is(1, 4, 3, 4) },
  { name: 'minAvailable 3, 3 of 4 ready', spec: { minAvailable: 3 }, pods: pods(4, 3), expected: is(0, 3, 3, 4) },
  { name: 'minAvailable 0', spec: { minAvailable: 0 }, pods: pods(2, 2), expected: is(2, 2, 0, 2) },
  { name: 'minAvailable 1 of 2', spec: { minAvailable: 1 }, pods: pods(2, 2), expected: is(1, 2, 1, 2) },
  { name: 'minAvailable as a number needs no controller', spec: { minAvailable: 1 }, pods: pods(1, 1), expected: is(0, 1, 1, 1) },
  { name: 'maxUnavailable, a pod without controller', spec: { maxUnavailable: 1 }, pods: pods(1, 1), expected: is(0, 1, 0, 0, 'UnmanagedPods') },
  { name: 'maxUnavailable 2 of 7', spec: { maxUnavailable: 2 }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 7)], pods: pods(1, 1, rs), expected: is(0, 1, 5, 7) },
  { name: 'maxUnavailable 2 of 5', spec: { maxUnavailable: 2 }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 5)], pods: pods(1, 1, rs), expected: is(0, 1, 3, 5) },
  { name: 'maxUnavailable 30 % of 7', spec: { maxUnavailable: '30%' }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 7)], pods: pods(1, 1, rs), expected: is(0, 1, 4, 7) },
  { name: 'maxUnavailable 30 % of 3', spec: { maxUnavailable: '30%' }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 3)], pods: pods(1, 1, rs), expected: is(0, 1, 2, 3) },
  { name: 'maxUnavailable larger than the scale', spec: { maxUnavailable: 5 }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 3)], pods: pods(3, 3, rs), expected: is(3, 3, 0, 3) },
  { name: 'maxUnavailable 100 %', spec: { maxUnavailable: '100%' }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 3)], pods: pods(3, 2, rs), expected: is(2, 2, 0, 3) },
  { name: 'maxUnavailable 0', spec: { maxUnavailable: 0 }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 3)], pods: pods(3, 3, rs), expected: is(0, 3, 3, 3) },
  { name: 'maxUnavailable 5 of 10, 4 there', spec: { maxUnavailable: 5 }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 10)], pods: pods(4, 4, rs), expected: is(0, 4, 5, 10) },
  { name: 'minAvailable 28 %, naked pod', spec: { minAvailable: '28%' }, pods: pods(1, 1), expected: is(0, 1, 0, 0, 'UnmanagedPods') },
  { name: 'minAvailable 20 % of a replica set of 10', spec: { minAvailable: '20%' }, owners: [scaled('ReplicaSet', 'rs', 'rs-1', 10)], pods: pods(1, 1, rs), expected: is(0, 1, 2, 10) },
  ...[1, 2].map((n): Row => ({
    name: `minAvailable 34 % of a stateful set of 3 rounds up, ${n} there`, spec: { minAvailable: '34%' }, owners: [scaled('StatefulSet', 'sts', 'sts-1', 3)], pods: pods(n, n, sts), expected: is(0, n, 2, 3),
  })),
  { name: 'minAvailable 34 % of a stateful set of 3 rounds up, all there', spec: { minAvailable: '34%' }, owners: [scaled('StatefulSet', 'sts', 'sts-1', 3)], pods: pods(3, 3, sts), expected: is(1, 3, 2, 3) },
  {
    name: 'a rogue pod counts as healthy, not as expected', spec: { minAvailable: '34%' }, owners: [scaled('StatefulSet', 'sts', 'sts-1', 3)],
    pods: [...pods(3, 3, sts), ...pods(1, 1)], expected: is(2, 4, 2, 3, 'UnmanagedPods'),
  },
  { name: 'two controllers add up: 28 % of 22', spec: { minAvailable: '28%' }, owners: [scaled('StatefulSet', 'sts', 'sts-1', 11), ...byDeployment], pods: [...pods(4, 4, sts), ...pods(4, 4, rs)], expected: is(1, 8, 7, 22) },
  { name: '28 % of 11', spec: { minAvailable: '28%' }, owners: [scaled('StatefulSet', 'sts', 'sts-1', 11)], pods: pods(5, 5, sts), expected: is(1, 5, 4, 11) },
  { name: 'a Deployment stands for its ReplicaSet', spec: { minAvailable: '50%' }, owners: byDeployment, pods: pods(6, 6, rs), expected: is(0, 6, 6, 11) },
  { name: 'a ReplicaSet whose Deployment is gone stands for itself', spec: { minAvailable: '50%' }, owners: [byDeployment[1]!], pods: pods(4, 4, rs), expected: is(2, 4, 2, 4) },
  { name: 'an owner of another uid is no owner', spec: { minAvailable: '50%' }, owners: [scaled('ReplicaSet', 'rs', 'rs-2', 4)], pods: pods(1, 1, rs), expected: failed('CalculateExpectedPodCountFailed') },
  { name: 'an owner that is gone', spec: { maxUnavailable: 1 }, pods: pods(1, 1, rs), expected: failed('CalculateExpectedPodCountFailed') },
  { name: 'an unknown kind of owner', spec: { minAvailable: '28%' }, pods: pods(1, 1, owner('TestWorkload', 'x', 'x-1', 'apps.test.io/v1')), expected: failed('CalculateExpectedPodCountFailed') },
  { name: 'a DaemonSet has no scale', spec: { maxUnavailable: 1 }, pods: pods(1, 1, owner('DaemonSet', 'x', 'x-1')), expected: failed('CalculateExpectedPodCountFailed') },
  {
    name: 'a pod approved for eviction is no longer healthy', spec: { minAvailable: 1 }, pods: pods(3, 3), status: { disruptedPods: { 'p-0': rfc3339(0) } }, expected: is(1, 2, 1, 3),
  },
  {
    name: 'a pod being deleted is not healthy, and expected while it is there', spec: { minAvailable: 1 }, pods: [...pods(2, 2), testPod('old', { labels, deleting: true })], expected: is(1, 2, 1, 3),
  },
];

const now = 300_000;
const healthRows: [string, Record<string, number>, number][] = [
  ['nothing approved', {}, 3], ['one approved just now', { a: now }, 2], ['one approved 2 min ago', { a: now - 120_000 }, 3],
  ['one approved almost 2 min ago', { a: now - 119_000 }, 2], ['all approved', { a: now, b: now, c: now }, 0], ['a stranger approved', { z: now }, 3],
];
const three = ['a', 'b', 'c'].map((n) => testPod(n, { labels })) as Pod[];
const times = (at: Record<string, number>): Record<string, string> => Object.fromEntries(Object.entries(at).map(([k, v]) => [k, rfc3339(v)]));

const mapCase = (name: string, at: Record<string, number>, list: Pod[], expected: unknown): ConformanceCase => ({
  name, expected, run: () => {
    const { pending, recheckAt, expired } = pendingDisruptions(list, times(at), now);
    return { pending: Object.keys(pending), recheckAt, expired: expired.map((p) => p.metadata.name) };
  },
});

export const budgetCases: CaseArea = {
  area: 'budget arithmetic', source: 'pkg/controller/disruption/disruption_test.go',
  cases: [
    ...rows.map((row): ConformanceCase => ({ name: row.name, run: () => run(row), expected: row.expected })),
    ...healthRows.map(([name, at, expected]): ConformanceCase => ({ name: `healthy: ${name}`, run: () => countHealthy(three, times(at), now), expected })),
    mapCase('approvals: none', {}, three, { pending: [], recheckAt: undefined, expired: [] }),
    mapCase('approvals: recent ones are kept until two minutes after the first', { a: now - 5000, b: now - 3000 }, three,
      { pending: ['a', 'b'], recheckAt: now - 5000 + 120_000, expired: [] }),
    mapCase('approvals: one that ran out is dropped and reported', { a: now - 121_000, b: now }, three, { pending: ['b'], recheckAt: now + 120_000, expired: ['a'] }),
    mapCase('approvals: a pod that is being deleted needs none', { a: now }, [testPod('a', { labels, deleting: true })] as Pod[],
      { pending: [], recheckAt: undefined, expired: [] }),
    mapCase('approvals: a pod that is gone needs none', { gone: now }, three, { pending: [], recheckAt: undefined, expired: [] }),
    {
      name: 'a budget of neither field expects nothing', expected: { expected: 0, desiredHealthy: 0, unmanaged: [] },
      run: () => expectedPods({} as PodDisruptionBudget['spec'], three, harness([disruptionController]).ctx),
    },
  ],
};
