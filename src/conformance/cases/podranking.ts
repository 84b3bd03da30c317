/** Which pods a ReplicaSet deletes first, and which pods count. */
import type { Pod } from '../../sim/api/types.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import { ageBucket, compareForDeletion, deletionCost, ranked } from '../../sim/controlplane/podranking.ts';
import { isPodActive, isPodAvailable, isPodTerminating, untilNextAvailableMs } from '../../sim/controlplane/podutil.ts';
import { slowStart } from '../../sim/controlplane/podcontrol.ts';
import { podsToDelete } from '../../sim/controlplane/replicaset/manage.ts';
import { ApiError } from '../../sim/api/errors.ts';
import type { CaseArea } from './area.ts';

const HOUR = 3_600_000;
/** A month and more after virtual time 0, so that ages fit. */
const NOW = 60 * 24 * HOUR;
const MONTH = 31 * 24 * HOUR;
const ago = (ms: number): string => rfc3339(NOW - ms);
const NEVER = '';

function pod(name: string, node: string, phase: string, ready: boolean, restarts: number, since: string, created: string, cost?: string): Pod {
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: { name, uid: '', creationTimestamp: created, ...(cost === undefined ? {} : { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }) },
    spec: { nodeName: node, containers: [] },
    status: {
      phase, ...(ready ? { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: since }], containerStatuses: [{ restartCount: restarts }] } : {}),
    },
  } as unknown as Pod;
}

const PODS = {
  unscheduled: pod('unscheduled', '', 'Pending', false, 0, NEVER, NEVER),
  pending: pod('pending', 'node', 'Pending', false, 0, NEVER, NEVER),
  unknown: pod('unknown', 'node', 'Unknown', false, 0, NEVER, NEVER),
  notReady: pod('not-ready', 'node', 'Running', false, 0, NEVER, NEVER),
  readyNoTime: pod('ready-no-time', 'node', 'Running', true, 0, NEVER, NEVER),
  readyNow: pod('ready-now', 'node', 'Running', true, 0, ago(0), ago(0)),
  readyLong: pod('ready-long', 'node', 'Running', true, 0, ago(MONTH), ago(MONTH)),
  readyManyRestarts: pod('ready-restarts', 'node', 'Running', true, 9001, ago(0), ago(0)),
  readyNowOld: pod('ready-now-old', 'node', 'Running', true, 0, ago(0), ago(MONTH)),
  cheap: pod('cheap', 'node', 'Running', true, 0, ago(0), ago(MONTH), '10'),
  dear: pod('dear', 'node', 'Running', true, 0, ago(0), ago(MONTH), '100'),
  unscheduled5h: pod('unscheduled-5h', '', 'Pending', false, 0, ago(5 * HOUR), ago(5 * HOUR)),
  unscheduled8h: pod('unscheduled-8h', '', 'Pending', false, 0, ago(8 * HOUR), ago(8 * HOUR)),
  ready2h: pod('ready-2h', '', 'Running', true, 0, ago(2 * HOUR), ago(MONTH)),
  ready5h: pod('ready-5h', '', 'Running', true, 0, ago(5 * HOUR), ago(MONTH)),
  ready8h: pod('ready-8h', '', 'Running', true, 0, ago(8 * HOUR), ago(MONTH)),
} as const;
type Name = keyof typeof PODS;

const compare = (a: Name, rankA: number, b: Name, rankB: number): number => compareForDeletion(ranked(PODS[a], rankA, NOW), ranked(PODS[b], rankB, NOW));

/** Neither goes before the other: the same pod, or ages within one power of two and no uid to decide. */
const EQUAL: readonly (readonly [Name, Name])[] = [
  ['unscheduled', 'unscheduled'], ['pending', 'pending'], ['unknown', 'unknown'], ['notReady', 'notReady'], ['readyNowOld', 'readyNowOld'],
  ['readyNow', 'readyNow'], ['readyLong', 'readyLong'], ['readyManyRestarts', 'readyManyRestarts'], ['unscheduled5h', 'unscheduled8h'], ['ready5h', 'ready8h'],
];

/** The first goes before the second; the numbers are how many related pods their nodes hold. */
const LESS: readonly (readonly [Name, number, Name, number])[] = [
  ['unscheduled', 1, 'pending', 2], ['unscheduled', 2, 'pending', 1], ['pending', 1, 'unknown', 2], ['unknown', 1, 'notReady', 2], ['notReady', 1, 'readyNoTime', 1],
  ['readyNoTime', 1, 'readyNow', 1], ['readyNow', 2, 'readyNoTime', 1], ['readyNow', 1, 'readyLong', 1], ['readyNow', 2, 'readyLong', 1],
  ['readyManyRestarts', 1, 'readyNow', 1], ['readyNow', 2, 'readyManyRestarts', 1], ['readyNow', 1, 'readyNowOld', 1], ['readyNowOld', 2, 'readyNow', 1],
  ['cheap', 2, 'dear', 1], ['ready2h', 1, 'ready5h', 1],
];

const on = (name: string, node: string, phase = 'Running', ready = true, cost?: string): Pod => pod(name, node, phase, ready, 0, ready ? ago(HOUR) : NEVER, ago(HOUR), cost);
const unassigned = on('unassigned', '', 'Pending', false);
const assigned = on('assigned', 'node-1', 'Pending', false);
const broken = on('broken', 'node-1', 'Running', false);
const ready1 = on('ready-1', 'node-1');
const ready2 = on('ready-2', 'node-2');

/** Pods, related pods, how many go, which. */
const DELETIONS: readonly (readonly [string, readonly Pod[], readonly Pod[], number, readonly string[]])[] = [
  ['none', [], [], 0, []], ['all, in any order', [broken, ready1], [], 2, ['broken', 'ready-1']], ['the one not ready', [ready1, broken], [], 1, ['broken']],
  ['one of all kinds', [ready1, broken, assigned, unassigned], [], 1, ['unassigned']],
  ['two of all kinds', [ready1, broken, assigned, unassigned], [], 2, ['unassigned', 'assigned']],
  ['three of all kinds', [ready1, broken, assigned, unassigned], [], 3, ['unassigned', 'assigned', 'broken']],
  ['all of all kinds', [ready1, broken, assigned, unassigned], [], 4, ['ready-1', 'broken', 'assigned', 'unassigned']],
  ['one of a node that holds a related pod', [ready1, ready2], [ready1, ready2, on('other', 'node-2')], 1, ['ready-2']],
  ['not ready on either node before doubled up', [ready1, ready2, on('broken-1', 'node-1', 'Running', false)], [ready1, ready2, on('other', 'node-2')], 2, ['broken-1', 'ready-2']],
  ['finished related pods do not count', [ready1, ready2], [ready1, ready2, on('done', 'node-1', 'Succeeded', false), on('other', 'node-2')], 1, ['ready-2']],
  ['deletion cost before doubling', [on('a', 'node-1', 'Running', true, '5'), on('b', 'node-2', 'Running', true, '-5')], [on('x', 'node-1'), on('y', 'node-1')], 1, ['b']],
  ['not ready before deletion cost', [on('a', 'node-1', 'Running', false, '100'), on('b', 'node-2', 'Running', true, '-100')], [], 1, ['a']],
];

const COSTS: readonly (readonly [string | undefined, number])[] = [
  [undefined, 0], ['10', 10], ['-10', -10], ['0', 0], ['+10', 0], ['010', 0], ['a', 0], ['1.5', 0], ['2147483647', 2147483647], ['2147483648', 0], ['', 0],
];

/** Which of two goes first that have been ready for 50 and 40 minutes: by either order of their uids. */
const firstOf = ({ exactAge }: { exactAge: boolean }): (string | undefined)[] => {
  const aged = (name: string, minutes: number, uid: string): Pod => {
    const made = pod(name, 'node', 'Running', true, 0, ago(minutes * 60_000), ago(minutes * 60_000));
    return { ...made, metadata: { ...made.metadata, uid } };
  };
  return [['a', 'b'], ['b', 'a']].map(([younger, older]) =>
    podsToDelete([aged('older', 50, older!), aged('younger', 40, younger!)], 1, () => [], NOW, exactAge)[0]?.metadata.name);
};

export const podRankingCases: CaseArea = {
  area: 'replica-set deletion ranking',
  source: 'pkg/controller/controller_utils_test.go, pkg/controller/replicaset/replica_set_test.go (TestGetPodsToDelete), pkg/apis/core/v1/helper/helpers_test.go',
  cases: [
    ...EQUAL.map(([a, b]) => ({ name: `${a} and ${b} are equal`, run: () => [compare(a, 1, b, 1), compare(b, 1, a, 1)], expected: [0, 0] })),
    ...LESS.map(([a, rankA, b, rankB]) => ({
      name: `${a} (${rankA} on its node) before ${b} (${rankB})`, run: () => [compare(a, rankA, b, rankB) < 0, compare(b, rankB, a, rankA) > 0], expected: [true, true],
    })),
    ...DELETIONS.map(([name, pods, related, count, expected]) => ({
      name: `delete ${count}: ${name}`, run: () => podsToDelete(pods, count, () => related, NOW).map((p) => p.metadata.name), expected,
    })),
    { name: 'before 1.22: of two within one power of two, the younger', run: () => firstOf({ exactAge: true }), expected: ['younger', 'younger'] },
    { name: 'since 1.22: of two within one power of two, either', run: () => firstOf({ exactAge: false }), expected: ['younger', 'older'] },
    ...COSTS.map(([text, expected]) => ({ name: `deletion cost ${text}`, run: () => deletionCost(pod('x', '', 'Running', false, 0, NEVER, NEVER, text)), expected })),
  ],
};

const lived = (phase: string, deleting: boolean): Pod => {
  const p = on('p', 'n', phase, false);
  return deleting ? { ...p, metadata: { ...p.metadata, deletionTimestamp: rfc3339(NOW) } } : p;
};
const since = (seconds: number, ready = true): Pod => on2(ready, rfc3339(seconds * 1000));
const on2 = (ready: boolean, time: string): Pod => ({
  ...on('p', 'n'), status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: time }] },
}) as Pod;

/** Readiness, seconds it has lasted, minReadySeconds, available. */
const AVAILABLE: readonly (readonly [boolean, number, number, boolean])[] = [
  [false, 100, 0, false], [true, 0, 1, false], [true, 0, 0, true], [true, 51, 50, true], [true, 50, 50, true], [true, 49, 50, false],
];

/** How many calls, which fail, how many succeed, how many are made. */
const BATCHES: readonly (readonly [string, number, (i: number) => boolean, number, number])[] = [
  ['none', 0, () => false, 0, 0], ['one', 1, () => false, 1, 1], ['ten', 10, () => false, 10, 10], ['the first fails', 10, (i) => i === 0, 0, 1],
  ['the second batch fails', 10, (i) => i >= 1, 1, 3], ['one of the third batch fails', 10, (i) => i === 4, 6, 7], ['the last fails', 3, (i) => i === 2, 2, 3],
];

export const podCountingCases: CaseArea = {
  area: 'pods that count, and slow start',
  source: 'pkg/controller/controller_utils_test.go, pkg/api/v1/pod/util_test.go, pkg/controller/replicaset/replica_set_test.go (TestSlowStartBatch)',
  cases: [
    ...(['Pending', 'Running', 'Unknown', 'Succeeded', 'Failed'] as const).flatMap((phase) => [false, true].map((deleting) => ({
      name: `${phase}${deleting ? ', being deleted' : ''}`,
      run: () => ({ active: isPodActive(lived(phase, deleting)), terminating: isPodTerminating(lived(phase, deleting)) }),
      expected: {
        active: !deleting && phase !== 'Succeeded' && phase !== 'Failed', terminating: deleting && phase !== 'Succeeded' && phase !== 'Failed',
      },
    }))),
    ...AVAILABLE.map(([ready, seconds, least, expected]) => ({
      name: `${ready ? 'ready' : 'not ready'} for ${seconds} s, minReadySeconds ${least}`, run: () => isPodAvailable(since(0, ready), least, seconds * 1000), expected,
    })),
    { name: 'ready since a time not told is not available', run: () => isPodAvailable(on2(true, ''), 10, 1e9), expected: false },
    {
      name: 'the next to become available is the one ready longest of those that are not yet',
      run: () => untilNextAvailableMs([since(10), since(2), since(5), since(0, false)], 10, 13_000), expected: 2_000,
    },
    { name: 'none will become available by waiting', run: () => untilNextAvailableMs([since(0), since(0, false)], 10, 20_000), expected: undefined },
    ...[[0, -1], [1, 19], [1000, 29], [2 * HOUR, 42], [5 * HOUR, 44], [8 * HOUR, 44]].map(([ms, bucket]) => ({
      name: `binary logarithm of ${ms} ms in ns`, run: () => ageBucket(ms!), expected: bucket,
    })),
    ...BATCHES.map(([name, count, fails, done, made]) => ({
      name: `slow start: ${name}`,
      run: () => {
        let calls = 0;
        const result = slowStart({ callsLeft: () => Infinity }, count, (i) => {
          calls++;
          if (fails(i)) throw new ApiError('InternalError', 'refused');
        });
        return [result.done, calls, result.error?.message];
      },
      expected: [done, made, done === made ? undefined : 'refused'],
    })),
  ],
};

