/** Deployments: bounds of a rolling update, its steps, its progress, and scaling in its midst. */
import type { ControllerContext } from '../../sim/controlplane/controller.ts';
import { maxSurge, maxUnavailable, newReplicaSetSize, resolveFenceposts } from '../../sim/controlplane/deployment/bounds.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, REVISION, REVISION_HISTORY, withRevision } from '../../sim/controlplane/deployment/annotations.ts';
import { findCondition } from '../../sim/controlplane/deployment/conditions.ts';
import { deadlineLeftMs, isProgressing, isTimedOut, syncProgress } from '../../sim/controlplane/deployment/progress.ts';
import { cleanupHistory, equalIgnoringHash, findNewReplicaSet } from '../../sim/controlplane/deployment/replicasets.ts';
import { cleanupUnhealthy, reconcileNew, reconcileOld, scaleDownOld } from '../../sim/controlplane/deployment/rolling.ts';
import type { Rollout, Sets } from '../../sim/controlplane/deployment/rollout.ts';
import { scale } from '../../sim/controlplane/deployment/scale.ts';
import { isComplete } from '../../sim/controlplane/deployment/status.ts';
import type { Deployment, IntOrString, ReplicaSet } from '../../sim/api/types.ts';
import type { CaseArea } from './area.ts';

type Surge = IntOrString | undefined;

const deployment = (replicas: number, surge: Surge, unavailable: Surge, more: object = {}): Deployment => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'foo', namespace: 'default', uid: 'd' },
  spec: {
    replicas, selector: { matchLabels: { foo: 'bar' } }, template: { metadata: { labels: { foo: 'bar' } }, spec: { containers: [] } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable } }, ...more,
  },
  status: {},
} as unknown as Deployment);

const replicaSet = (name: string, replicas: number, created = '', status: object = {}, annotations: Record<string, string> = {}): ReplicaSet => ({
  apiVersion: 'apps/v1', kind: 'ReplicaSet',
  metadata: { name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: created, annotations },
  spec: { replicas, selector: { matchLabels: {} } }, status: { replicas, ...status },
} as unknown as ReplicaSet);

/** A rollout whose writes are kept: name to the last size written, and the names deleted. */
function rollout(d: Deployment, now = 0): { r: Rollout; sizes: Record<string, number>; deleted: string[] } {
  const sizes: Record<string, number> = {};
  const deleted: string[] = [];
  const ctx = {
    config: {},
    now, event: () => {}, queue: { addAfter: () => {} },
    api: {
      update: (rs: ReplicaSet) => {
        sizes[rs.metadata.name] = rs.spec.replicas!;
        return rs;
      },
      updateStatus: (o: unknown) => o,
      delete: (_kind: string, _namespace: string, name: string) => void deleted.push(name),
    },
  } as unknown as ControllerContext;
  return { r: { ctx, key: 'default/foo', d }, sizes, deleted };
}

const attempt = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as Error).message.replace('strconv.ParseInt', 'strconv.Atoi');
  }
};

const FENCEPOSTS: readonly (readonly [Surge, Surge, number, unknown])[] = [
  ['0%', '0%', 0, [0, 1]], ['39%', '39%', 10, [4, 3]], [0, 0, 10, [0, 1]], [1, 0, 10, [1, 0]], ['25%', '25%', 3, [1, 0]], ['25%', '25%', 10, [3, 2]],
  ['25%', '25%', 1, [1, 0]], [undefined, undefined, 10, [0, 1]], [undefined, '39%', 10, [0, 3]], ['55%', undefined, 10, [6, 0]], ['0%', '1%', 1, [0, 1]],
  ['oops', '39%', 10, 'invalid value for IntOrString: invalid type: string is not a percentage'],
  ['55%', 'urg', 10, 'invalid value for IntOrString: invalid type: string is not a percentage'],
];

const MAX_UNAVAILABLE: readonly (readonly [string, Deployment, number])[] = [
  ['less than replicas', deployment(10, 0, 5), 5], ['equal to replicas', deployment(10, 0, 10), 10], ['greater than replicas', deployment(5, 0, 10), 5],
  ['surge and unavailable 0', deployment(5, 0, 0), 1], ['in percent', deployment(10, '0%', '50%'), 5],
  ['greater than replicas, in percent of 10', deployment(10, '0%', '130%'), 10], ['no replicas', deployment(0, 0, 5), 0],
  ['Recreate', deployment(5, 0, 5, { strategy: { type: 'Recreate' } }), 0],
];

const NEW_SIZE: readonly (readonly [string, Deployment, number, number, number])[] = [
  ['cannot scale up', deployment(1, 1, 1), 5, 5, 5], ['up to the wanted', deployment(6, 10, 1), 5, 2, 6],
  ['Recreate goes to the wanted at once', deployment(3, 1, 1, { strategy: { type: 'Recreate' } }), 5, 1, 3],
];

/** deployment replicas, surge, old, new, size of the new afterwards (undefined: left alone). */
const RECONCILE_NEW: readonly (readonly [number, number, number, number, number | undefined])[] = [
  [10, 0, 10, 0, undefined], [10, 2, 10, 0, 2], [10, 2, 5, 0, 7], [10, 2, 10, 2, undefined], [10, 2, 2, 11, 10],
];

/** maxUnavailable, old, new, old available, new available, size of the old afterwards. */
const RECONCILE_OLD: readonly (readonly [string, number, number, number, number, number, number | undefined])[] = [
  ['neither surge nor unavailable: one goes', 0, 10, 0, 10, 0, 9], ['down to what must stay', 2, 10, 0, 10, 0, 8],
  ['unhealthy old ones go first', 2, 10, 0, 8, 0, 8], ['one unhealthy and one ready', 2, 10, 0, 9, 0, 8],
  ['unavailable new ones take nothing from the old', 2, 8, 2, 8, 0, undefined],
];

/** old, ready, most to clean up, cleaned up. */
const UNHEALTHY: readonly (readonly [number, number, number, number])[] = [[10, 8, 1, 1], [10, 8, 3, 2], [10, 8, 0, 0], [10, 10, 3, 0]];

/** maxUnavailable, ready, old, size of the old afterwards. */
const SCALE_DOWN: readonly (readonly [number, number, number, number | undefined])[] = [
  [0, 10, 10, 9], [2, 10, 10, 8], [2, 8, 10, undefined], [2, 10, 0, undefined], [2, 1, 10, undefined],
];

export const rollingUpdateCases: CaseArea = {
  area: 'rolling-update bounds',
  source: 'pkg/controller/deployment/rolling_test.go, util/deployment_util_test.go',
  cases: [
    ...FENCEPOSTS.map(([surge, unavailable, desired, expected]) => ({
      name: `surge ${surge}, unavailable ${unavailable} of ${desired}`,
      run: () => attempt(() => {
        const f = resolveFenceposts(surge, unavailable, desired);
        return [f.surge, f.unavailable];
      }),
      expected,
    })),
    ...MAX_UNAVAILABLE.map(([name, d, expected]) => ({ name: `maxUnavailable: ${name}`, run: () => maxUnavailable(d), expected })),
    ...NEW_SIZE.map(([name, d, total, current, expected]) => ({
      name: `new size: ${name}`, run: () => newReplicaSetSize(d, [replicaSet('all', total)], current), expected,
    })),
    ...RECONCILE_NEW.map(([replicas, surge, old, fresh, expected]) => ({
      name: `new of ${replicas}, surge ${surge}, old ${old}, new ${fresh}`,
      run: () => {
        const { r, sizes } = rollout(deployment(replicas, surge, 0));
        const scaled = reconcileNew(r, { fresh: replicaSet('new', fresh), old: [replicaSet('old', old)] });
        return [scaled, sizes['new']];
      },
      expected: [expected !== undefined, expected],
    })),
    ...RECONCILE_OLD.map(([name, unavailable, old, fresh, oldReady, freshReady, expected]) => ({
      name: `old: ${name}`,
      run: () => {
        const { r, sizes } = rollout(deployment(10, 0, unavailable));
        const sets: Sets = {
          fresh: replicaSet('new', fresh, '', { availableReplicas: freshReady }), old: [replicaSet('old', old, '', { availableReplicas: oldReady })],
        };
        return [reconcileOld(r, sets), sizes['old']];
      },
      expected: [expected !== undefined, expected],
    })),
    ...UNHEALTHY.map(([old, ready, most, expected]) => ({
      name: `unhealthy of ${old}, ${ready} ready, at most ${most}`,
      run: () => cleanupUnhealthy(rollout(deployment(10, 2, 2)).r, [replicaSet('old', old, '', { availableReplicas: ready })], most), expected,
    })),
    ...SCALE_DOWN.map(([unavailable, ready, old, expected]) => ({
      name: `down from ${old}, ${ready} available, ${unavailable} may be unavailable`,
      run: () => {
        const { r, sizes } = rollout(deployment(10, 0, unavailable));
        const rs = replicaSet('old', old, '', { availableReplicas: ready });
        const total = scaleDownOld(r, [rs], replicaSet('new', 0), 10 - maxUnavailable(r.d));
        return [total > 0, sizes['old']];
      },
      expected: [expected !== undefined, expected],
    })),
  ],
};

const TIMES = ['2016-05-20T02:00:00Z', '2016-05-20T01:00:00Z', '2016-05-20T00:00:00Z'];
type Shape = readonly [replicas: number, surge?: number, unavailable?: number];
interface Scaling {
  readonly name: string;
  readonly to: Shape;
  readonly from: Shape;
  /**
   * Size now and afterwards; the new one first (undefined: there is none), then the old, the newest first.
   */
  readonly sets: readonly (readonly [number, number] | undefined)[];
  readonly available?: number;
  /** Desired-replicas annotations where they differ from `from`, by position. */
  readonly desired?: Readonly<Record<number, number>>;
}

const SCALINGS: readonly Scaling[] = [
  { name: '10 to 12', to: [12], from: [10], sets: [[10, 12]] },
  { name: '10 to 5', to: [5], from: [10], sets: [[10, 5]] },
  { name: '5 to 10', to: [10], from: [5], sets: [[2, 4], [3, 6]] },
  { name: '5 to 3', to: [3], from: [5], sets: [[2, 1], [3, 2]] },
  { name: '9 to 4', to: [4], from: [9], sets: [[8, 4], [1, 0]] },
  { name: '7 to 10', to: [10], from: [7], sets: [[2, 3], [3, 4], [2, 3]] },
  { name: '13 to 8', to: [8], from: [13], sets: [[2, 1], [8, 5], [3, 2]] },
  { name: 'what is left over goes to the newest: 3 to 4', to: [4], from: [3], sets: [[1, 2], [1, 1], [1, 1]] },
  { name: 'what is left over is taken from the oldest: 3 to 2', to: [2], from: [3], sets: [[1, 1], [1, 1], [1, 0]] },
  { name: 'without a new one: 4 to 5', to: [5], from: [4], sets: [undefined, [2, 3], [2, 2]] },
  { name: '6 to 0', to: [0], from: [6], sets: [[3, 0], [2, 0], [1, 0]] },
  { name: '0 to 6 fills the newest only', to: [6], from: [6], sets: [[0, 6], [0, 0], [0, 0]] },
  { name: 'after an update that failed half-way', to: [5], from: [5], sets: [[2, 2], [1, 2], [1, 1]], desired: { 1: 3 } },
  { name: 'with surge', to: [20, 2], from: [10, 2], sets: [[6, 11], [6, 11]] },
  { name: 'size and surge change', to: [50, 6], from: [10, 3], sets: [[5, 22], [8, 34]] },
  { name: 'size and template change', to: [14], from: [10], sets: [undefined, [7, 10], [3, 4]] },
  { name: 'a full but broken new one leaves the old alone', to: [2, 1, 1], from: [2, 1, 1], sets: [[2, 2], [1, 1]], available: 0 },
];

function scaled(c: Scaling): unknown {
  const before = deployment(c.from[0], c.from[1], c.from[2]);
  const after = deployment(c.to[0], c.to[1], c.to[2]);
  const made = c.sets.map((sizes, i) => {
    if (sizes === undefined) return undefined;
    const desired = c.desired?.[i] ?? c.from[0];
    return replicaSet(`foo-${i}`, sizes[0], TIMES[i], i === 0 && c.available !== undefined ? { availableReplicas: c.available } : {}, {
      [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(desired + maxSurge(before)),
    });
  });
  const { r, sizes } = rollout(after);
  scale(r, { fresh: made[0], old: made.slice(1) as ReplicaSet[] });
  return c.sets.map((s, i) => (s === undefined ? undefined : sizes[`foo-${i}`] ?? s[0]));
}

export const proportionalScalingCases: CaseArea = {
  area: 'proportional scaling',
  source: 'pkg/controller/deployment/sync_test.go (TestScale)',
  cases: SCALINGS.map((c) => ({ name: c.name, run: () => scaled(c), expected: c.sets.map((s) => s?.[1]) })),
};

const at = (seconds: number): string => `2026-01-05T09:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}Z`;
const progressing = (status: string, reason: string, since?: number): object => ({
  type: 'Progressing', status, reason, ...(since === undefined ? {} : { lastUpdateTime: at(since), lastTransitionTime: at(since) }),
});
const recreate = (deadline: number | undefined, replicas: number, [all, updated, available]: readonly number[], conditions: object[] = []): Deployment => ({
  ...deployment(replicas, undefined, undefined, { strategy: { type: 'Recreate' }, ...(deadline === undefined ? {} : { progressDeadlineSeconds: deadline }) }),
  status: { replicas: all, updatedReplicas: updated, availableReplicas: available, conditions } as Deployment['status'],
});
const counted = (name: string, [wanted, there, available]: readonly [number, number, number]): ReplicaSet =>
  ({ ...replicaSet(name, wanted), status: { replicas: there, availableReplicas: available } }) as ReplicaSet;

const INFINITE = 2 ** 31 - 1;
const stuck = [progressing('True', '', 0)];
const timedOut = progressing('False', 'ProgressDeadlineExceeded', 0);
const updated = progressing('True', 'ReplicaSetUpdated', 0);
const availableThen = progressing('True', 'NewReplicaSetAvailable', 0);

/** deadline, replicas, status, conditions, now in ms, what is left. */
const STUCK: readonly (readonly [string, Deployment, number, number | undefined])[] = [
  ['no deadline', recreate(undefined, 4, [3, 3, 2]), 0, undefined], ['infinite deadline', recreate(INFINITE, 4, [3, 3, 2]), 0, undefined],
  ['no condition', recreate(60, 4, [3, 3, 2]), 0, undefined], ['complete', recreate(60, 3, [3, 3, 3]), 0, undefined],
  ['failed already', recreate(60, 3, [3, 3, 0], [timedOut]), 0, undefined],
  ['30 s to go', recreate(60, 3, [3, 3, 1], stuck), 30_000, 30_000], ['1 s to go', recreate(60, 3, [3, 3, 1], stuck), 59_000, 1_000],
  ['now', recreate(60, 3, [3, 3, 1], stuck), 60_000, 0], ['1 s late', recreate(60, 3, [3, 3, 1], stuck), 61_000, 0],
  ['60 s late', recreate(60, 3, [3, 3, 1], stuck), 120_000, 0],
];

type Counts = readonly [number, number, number];
const NOW = 3_600_000;
/**
 * deployment, old sets, new set, status and reason of Progressing afterwards, whether its transition time
 * stays.
 */
const STATUSES: readonly (readonly [string, Deployment, readonly Counts[], Counts | undefined, string | undefined, boolean])[] = [
  ['no deadline: no condition', recreate(undefined, 3, [2, 2, 2], [updated]), [[0, 1, 1]], [3, 2, 2], undefined, false],
  ['only one active set: no rollout', recreate(60, 3, [3, 3, 3], [availableThen]), [[3, 3, 3]], undefined, 'True NewReplicaSetAvailable', true],
  ['progress keeps the transition time', recreate(60, 3, [2, 2, 2], [updated]), [[0, 1, 1]], [3, 2, 2], 'True ReplicaSetUpdated', true],
  ['progress after a failure', recreate(60, 3, [2, 2, 2], [timedOut]), [[0, 1, 1]], [3, 2, 2], 'True ReplicaSetUpdated', false],
  ['progress without a condition', recreate(60, 3, [2, 2, 2]), [[0, 1, 1]], [3, 2, 2], 'True ReplicaSetUpdated', false],
  ['completion keeps the transition time', recreate(60, 3, [3, 3, 3], [updated]), [], [3, 3, 3], 'True NewReplicaSetAvailable', true],
  ['completion after a failure', recreate(60, 3, [3, 3, 3], [timedOut]), [], [3, 3, 3], 'True NewReplicaSetAvailable', false],
  ['completion without a condition', recreate(60, 3, [3, 3, 3]), [], [3, 3, 3], 'True NewReplicaSetAvailable', false],
  ['completion without a new set', recreate(60, 0, [3, 3, 3], [updated]), [[0, 0, 0]], undefined, 'True NewReplicaSetAvailable', true],
  ['past the deadline', recreate(60, 3, [2, 2, 2], [updated]), [], [3, 2, 2], 'False ProgressDeadlineExceeded', false],
  ['past the deadline already', recreate(60, 3, [2, 2, 2], [timedOut]), [], [3, 2, 2], 'False ProgressDeadlineExceeded', true],
];

const status = (all: number, fresh: number): Deployment['status'] => ({ replicas: all, updatedReplicas: fresh }) as Deployment['status'];
/** replicas and updated before and afterwards. */
const MOVES: readonly (readonly [Deployment['status'], Deployment['status'], boolean])[] = [
  [status(10, 4), status(10, 6), true], [status(10, 4), status(10, 4), false], [status(10, 4), status(8, 4), true], [status(10, 7), status(10, 6), false],
  [status(10, 4), status(8, 8), true], [status(10, 7), status(10, 7), false],
];

/** wanted, there, updated, available. */
const COMPLETE: readonly (readonly [number, number, number, number, boolean])[] = [
  [5, 5, 5, 5, true], [5, 5, 5, 3, false], [5, 5, 5, 4, false], [5, 5, 4, 5, false], [1, 2, 1, 1, false],
];

/** deadline, seconds since the last update, reason. */
const DEADLINES: readonly (readonly [number | undefined, number, string, boolean])[] = [
  [undefined, 11, '', false], [10, 11, '', true], [10, 9, '', false], [10, 10, '', false], [10, 1000, 'NewReplicaSetAvailable', false],
  [10, 1, 'ProgressDeadlineExceeded', true],
];

export const rolloutProgressCases: CaseArea = {
  area: 'rollout progress',
  source: 'pkg/controller/deployment/progress_test.go, util/deployment_util_test.go',
  cases: [
    ...STUCK.map(([name, d, now, expected]) => ({ name: `deadline left: ${name}`, run: () => deadlineLeftMs(d, now), expected })),
    ...STATUSES.map(([name, d, old, fresh, expected, kept]) => ({
      name,
      run: () => {
        const { r } = rollout(d, NOW);
        syncProgress(r, { fresh: fresh === undefined ? undefined : counted('foo', fresh), old: old.map((c) => counted('bar', c)) });
        const c = findCondition(r.d.status, 'Progressing');
        return c === undefined ? [undefined, false] : [`${c.status} ${c.reason}`, c.lastTransitionTime === at(0)];
      },
      expected: [expected, kept],
    })),
    ...MOVES.map(([before, after, expected]) => ({
      name: `progress from ${before.replicas}/${before.updatedReplicas} to ${after.replicas}/${after.updatedReplicas}`,
      run: () => isProgressing({ ...deployment(10, 0, 0), status: before }, after), expected,
    })),
    ...COMPLETE.map(([wanted, all, fresh, available, expected]) => ({
      name: `complete: ${wanted} wanted, ${all} there, ${fresh} updated, ${available} available`,
      run: () => isComplete(deployment(wanted, 0, 1), { replicas: all, updatedReplicas: fresh, availableReplicas: available } as Deployment['status']), expected,
    })),
    ...DEADLINES.map(([deadline, ago, reason, expected]) => ({
      name: `timed out: deadline ${deadline}, ${ago} s ago${reason && `, ${reason}`}`,
      run: () => isTimedOut(recreate(deadline, 3, [0, 0, 0]), progressing('True', reason, 0) as never, ago * 1000), expected,
    })),
  ],
};

const annotated = (annotations: Record<string, string>): Deployment => ({ ...deployment(1, 1, 1), metadata: { ...deployment(1, 1, 1).metadata, annotations } }) as Deployment;
const template = (labels: Record<string, string>, image = 'a'): ReplicaSet['spec']['template'] =>
  ({ metadata: { labels }, spec: { containers: [{ name: 'c', image }] } }) as unknown as ReplicaSet['spec']['template'];
const withTemplate = (name: string, created: string, labels: Record<string, string>, image?: string): ReplicaSet =>
  ({ ...replicaSet(name, 0, created), spec: { template: template(labels, image) } }) as unknown as ReplicaSet;

/** spec.replicas and status.replicas by set, limit, deletions. */
const HISTORY: readonly (readonly [string, readonly (readonly [number, number])[], number, number])[] = [
  ['two beyond the limit', [[0, 0], [0, 0], [0, 0]], 1, 2], ['only those empty in spec and status', [[0, 0], [0, 1], [1, 0], [1, 1]], 0, 1],
  ['all', [[0, 0], [0, 0]], 0, 2], ['none is empty', [[1, 1], [1, 1]], 0, 0], ['unlimited', [[0, 0], [0, 0], [0, 0]], INFINITE, 0],
];

const HASH = 'pod-template-hash';
/** Two templates' labels and images, and whether they are equal but for the hash. */
const TEMPLATES: readonly (readonly [string, Record<string, string>, string, Record<string, string>, string, boolean])[] = [
  ['same spec, same labels', { [HASH]: '1', x: 'y' }, 'a', { [HASH]: '1', x: 'y' }, 'a', true],
  ['hash differs', { [HASH]: '1', x: 'y' }, 'a', { [HASH]: '2', x: 'y' }, 'a', true],
  ['hash missing', { x: 'y' }, 'a', { [HASH]: '2', x: 'y' }, 'a', true],
  ['another label', { x: 'y' }, 'a', { [HASH]: '1', x: 'y', z: '1' }, 'a', false],
  ['label value differs', { [HASH]: '1', x: 'y' }, 'a', { [HASH]: '1', x: 'z' }, 'a', false],
  ['spec differs', { [HASH]: '1', x: 'y' }, 'a', { [HASH]: '1', x: 'y' }, 'b', false],
];

export const rolloutHistoryCases: CaseArea = {
  area: 'rollout history',
  source: 'pkg/controller/deployment/util/deployment_util_test.go, sync_test.go (cleanupDeployment)',
  cases: [
    ...HISTORY.map(([name, sets, limit, expected]) => ({
      name: `clean-up: ${name}`,
      run: () => {
        const { r, deleted } = rollout(deployment(1, undefined, undefined, { revisionHistoryLimit: limit }));
        cleanupHistory(r, sets.map(([wanted, there], i) => replicaSet(`foo-${i}`, wanted, '', { replicas: there })));
        return deleted.length;
      },
      expected,
    })),
    {
      name: 'clean-up: one being deleted is left alone',
      run: () => {
        const { r, deleted } = rollout(deployment(1, undefined, undefined, { revisionHistoryLimit: 0 }));
        const rs = replicaSet('foo', 0);
        cleanupHistory(r, [{ ...rs, metadata: { ...rs.metadata, deletionTimestamp: at(0) } }]);
        return deleted.length;
      },
      expected: 0,
    },
    ...TEMPLATES.map(([name, a, imageA, b, imageB, expected]) => ({
      name: `templates: ${name}`, run: () => [equalIgnoringHash(template(a, imageA), template(b, imageB)), equalIgnoringHash(template(b, imageB), template(a, imageA))],
      expected: [expected, expected],
    })),
    {
      name: 'of two sets with the template, the older is the new one',
      run: () => findNewReplicaSet(template({ x: 'y' }), [
        withTemplate('later', TIMES[0]!, { x: 'y', [HASH]: '2' }), withTemplate('other', TIMES[2]!, { x: 'y' }, 'b'), withTemplate('earlier', TIMES[1]!, { x: 'y', [HASH]: '1' }),
      ])?.metadata.name,
      expected: 'earlier',
    },
    { name: 'no set with the template', run: () => findNewReplicaSet(template({ x: 'y' }), [withTemplate('other', '', { x: 'y' }, 'b')]), expected: undefined },
    { name: 'a new set gets its revision', run: () => withRevision(undefined, annotated({}), 1n), expected: { [REVISION]: '1' } },
    { name: 'a higher revision stays', run: () => withRevision({ [REVISION]: '9' }, annotated({}), 3n), expected: { [REVISION]: '9' } },
    {
      name: 'rolled back to: the earlier revision is remembered', run: () => withRevision({ [REVISION]: '1' }, annotated({}), 3n),
      expected: { [REVISION]: '3', [REVISION_HISTORY]: '1' },
    },
    {
      name: 'rolled back to again', run: () => withRevision({ [REVISION]: '3', [REVISION_HISTORY]: '1' }, annotated({}), 10n),
      expected: { [REVISION]: '10', [REVISION_HISTORY]: '1,3' },
    },
    { name: 'revisions are compared as numbers', run: () => withRevision({ [REVISION]: '9' }, annotated({}), 10n)?.[REVISION], expected: '10' },
    { name: 'a revision that is no number is left', run: () => withRevision({ [REVISION]: 'x' }, annotated({}), 10n), expected: { [REVISION]: 'x' } },
    {
      name: 'a history that grew too long loses its oldest',
      run: () => withRevision({ [REVISION]: '3', [REVISION_HISTORY]: Array.from({ length: 999 }, () => '1').join(',') }, annotated({}), 4n)?.[REVISION_HISTORY]?.length,
      expected: 1999,
    },
    {
      name: 'annotations of the deployment are copied, but for its own book-keeping',
      run: () => withRevision(undefined, annotated({ team: 'a', [REVISION]: '7', 'kubectl.kubernetes.io/last-applied-configuration': '{}' }), 1n),
      expected: { team: 'a', [REVISION]: '1' },
    },
  ],
};
