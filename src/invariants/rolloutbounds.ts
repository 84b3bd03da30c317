/** What a rolling update may take away, and how far it may go beyond. */
import type { Deployment, Pod, ReplicaSet } from '../sim/api/types.ts';
import { parseTime } from '../sim/api/time.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import { amountOf, hasEnded, isReady, isTerminating, ownerOf } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

function bounds(d: Deployment): { surge: number; unavailable: number; replicas: number } {
  const replicas = d.spec.replicas ?? 1;
  const rolling = (d.spec.strategy?.rollingUpdate ?? {}) as {
    maxSurge?: number | string;
    maxUnavailable?: number | string;
  };
  const surge = amountOf(rolling.maxSurge ?? '25%', replicas, 'up')!;
  const unavailable = amountOf(rolling.maxUnavailable ?? '25%', replicas, 'down')!;
  return {
    replicas,
    surge,
    unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas),
  };
}

const setsOf = (d: Deployment, view: InvariantView): ReplicaSet[] =>
  [...view.list('ReplicaSet')].filter(
    (rs) => rs.metadata.namespace === d.metadata.namespace && ownerOf(rs)?.uid === d.metadata.uid,
  );
const size = (rs: ReplicaSet): number => rs.spec.replicas ?? 1;

function deploymentOf(rs: ReplicaSet, view: InvariantView): Deployment | undefined {
  const owner = ownerOf(rs);
  const found = owner === undefined ? undefined : view.find('Deployment', rs.metadata.namespace!, owner.name);
  return found?.metadata.uid === owner?.uid ? found : undefined;
}

/**
 * When a Deployment's replicas or strategy last changed, by uid: what the controller goes by may be older
 * than that.
 */
type Changes = Map<string, Millis>;

function takeIn(entry: HistoryEntry, changes: Changes): void {
  const d = changeOf(entry, 'Deployment');
  if (d?.after === undefined || d.before === undefined || d.before.spec === d.after.spec) return;
  const goes = ({ spec }: Deployment): string => JSON.stringify([spec.replicas, spec.strategy]);
  if (goes(d.before) !== goes(d.after)) changes.set(d.after.metadata.uid, entry.at);
}

/**
 * So long the Deployment controller may not yet know of a change of its Deployment, or of a Pod that was lost
 * to something else than its rollout.
 */
const LAG_MS = 60_000;
const isNew = (d: Deployment, changes: Changes, now: Millis): boolean =>
  now - (changes.get(d.metadata.uid) ?? Number.NEGATIVE_INFINITY) < LAG_MS;

export const surgeBound = defineInvariant<{ changes: Changes }>({
  name: 'rollout-surge',
  asks: 'api',
  about: 'A rolling update asks for at most maxSurge replicas more than are wanted.',
  why: 'the surge is what the cluster has room for',
  fails: 'The Deployment controller grew a ReplicaSet beyond replicas + maxSurge.',
  init: () => ({ changes: new Map() }),
  observe(entry, { changes }, view): Violation | undefined {
    takeIn(entry, changes);
    const change = changeOf(entry, 'ReplicaSet');
    if (change?.after === undefined || entry.by !== 'deployment-controller') return undefined;
    if (change.before !== undefined && size(change.after) <= size(change.before)) return undefined;
    const d = deploymentOf(change.after, view);
    if (d === undefined || (d.spec.strategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return undefined;
    if (isNew(d, changes, entry.at)) return undefined;
    const sets = setsOf(d, view);
    const { replicas, surge } = bounds(d);
    const asked = sets.reduce((n, rs) => n + size(rs), 0);
    if (asked <= replicas + surge) return undefined;
    return {
      message: told('brokenSurge', { deployment: named(d), asked, replicas, surge }),
      objects: [d, ...sets],
      entry: entry.id,
    };
  },
});

/**
 * Ready for as long as the Deployment asks, and not going away. What is not yet available may be taken away.
 */
const isAvailable = (p: Pod, minReadySeconds: number, now: Millis): boolean => {
  if (!isReady(p) || isTerminating(p) || hasEnded(p)) return false;
  const since = p.status.conditions?.find((c) => c.type === 'Ready')?.lastTransitionTime;
  return minReadySeconds === 0 || (since !== undefined && parseTime(since) + minReadySeconds * 1000 <= now);
};

export const availabilityBound = defineInvariant<{
  lostAt: Millis;
  changes: Changes;
  shrunkAt: Map<string, Millis>;
}>({
  name: 'rollout-availability',
  asks: 'api',
  about:
    'A rolling update takes an old replica away only while enough are available: replicas - ' +
    'maxUnavailable are left, or it was not available itself.',
  why: 'a rollout must not be an outage',
  fails:
    'The Deployment controller made an old ReplicaSet so small that the Pods it keeps and the available ' +
    'new ones are fewer than that, though nothing else had taken a Pod within the last minute.',
  init: () => ({ lostAt: Number.NEGATIVE_INFINITY, changes: new Map(), shrunkAt: new Map() }),
  observe(entry, state, view): Violation | undefined {
    takeIn(entry, state.changes);
    const pod = changeOf(entry, 'Pod');
    if (
      pod?.before !== undefined &&
      isReady(pod.before) &&
      !isTerminating(pod.before) &&
      entry.by !== 'replicaset-controller' &&
      (pod.after === undefined || !isReady(pod.after) || isTerminating(pod.after))
    )
      state.lostAt = entry.at;
    const change = changeOf(entry, 'ReplicaSet');
    if (change?.before === undefined || change.after === undefined) return undefined;
    const { before, after } = change;
    const isSmaller = size(after) < size(before);
    if (isSmaller || (after.status.availableReplicas ?? 0) < (before.status.availableReplicas ?? 0))
      state.shrunkAt.set(after.metadata.uid, entry.at);
    if (!isSmaller || entry.at - state.lostAt < LAG_MS || entry.by !== 'deployment-controller')
      return undefined;
    const d = deploymentOf(after, view);
    if (
      d === undefined ||
      d.spec.paused === true ||
      (d.spec.strategy?.type ?? 'RollingUpdate') !== 'RollingUpdate'
    )
      return undefined;
    if (isNew(d, state.changes, entry.at)) return undefined;
    const sets = setsOf(d, view);
    // A scale in proportion takes from all sets; a set scaled down because it was too large is not part of a
    // rollout.
    const wanted = bounds(d);
    const total = sets.reduce((n, rs) => n + size(rs), 0) + size(before) - size(after);
    if (sets.length < 2 || total < wanted.replicas) return undefined;
    // Another set has become smaller, or says that fewer are available: it counts on these Pods until it sees
    // that, and nothing makes its write a conflict.
    const others = sets.filter((rs) => rs.metadata.uid !== after.metadata.uid);
    if (
      others.some(
        (rs) => entry.at - (state.shrunkAt.get(rs.metadata.uid) ?? Number.NEGATIVE_INFINITY) < LAG_MS,
      )
    )
      return undefined;
    // A set whose last resizing its controller has not taken in yet tells of Pods that are going: the
    // Deployment controller goes by that, upstream too.
    if (others.some((rs) => rs.status.observedGeneration !== rs.metadata.generation)) return undefined;
    const pods = [...view.list('Pod')].filter((p) => p.metadata.namespace === d.metadata.namespace);
    const available = (rs: ReplicaSet): number =>
      pods.filter(
        (p) => ownerOf(p)?.uid === rs.metadata.uid && isAvailable(p, d.spec.minReadySeconds ?? 0, entry.at),
      ).length;
    const kept = sets.reduce((n, rs) => n + Math.min(available(rs), size(rs)), 0);
    const was = sets.reduce(
      (n, rs) =>
        n + Math.min(available(rs), rs.metadata.uid === after.metadata.uid ? size(before) : size(rs)),
      0,
    );
    const least = wanted.replicas - wanted.unavailable;
    // It took nothing that was available, or others had taken it before: then the rollout is not to blame.
    if (kept >= least || kept === was || was < least) return undefined;
    return {
      message: told('brokenAvailability', {
        deployment: named(d),
        kept,
        least,
        set: after.metadata.name,
        before: size(before),
        after: size(after),
      }),
      objects: [d, ...sets],
      entry: entry.id,
    };
  },
});
