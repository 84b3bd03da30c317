import type { ReplicaSet, ReplicationController } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import { hasEnded, isTerminating, ownerOf } from './pods.ts';
import type { Violation } from './types.ts';

/**
 * So long the ReplicaSet controller may not yet know of a change of its set, or of a Pod that came to it from
 * elsewhere.
 */
const LAG_MS = 60_000;

/** Who makes the Pods of each. */
const MAKERS = {
  ReplicaSet: 'replicaset-controller',
  ReplicationController: 'replication-controller',
} as const;
const KINDS = ['ReplicaSet', 'ReplicationController'] as const;
type Set = ReplicaSet | ReplicationController;

export const replicasNotExceeded = defineInvariant<{ changedAt: Map<string, Millis> }>({
  name: 'replicas-not-exceeded',
  asks: 'api',
  about:
    'The controllers of ReplicaSets and ReplicationControllers never make more Pods than one wants, ' +
    'however late their cache is.',
  why: 'a Pod too many costs, and may do its work twice',
  fails:
    'It made a Pod when as many as are wanted were there (it forgot that it had made them), and neither ' +
    'the set nor its other Pods had changed hands for a minute.',
  init: () => ({ changedAt: new Map() }),
  observe(entry, state, view): Violation | undefined {
    const set = changeOf(entry, 'ReplicaSet') ?? changeOf(entry, 'ReplicationController');
    if (set !== undefined) {
      if (
        set.after !== undefined &&
        set.before !== undefined &&
        (set.before.spec.replicas ?? 1) > (set.after.spec.replicas ?? 1)
      )
        state.changedAt.set(set.after.metadata.uid, entry.at);
      return undefined;
    }
    const change = changeOf(entry, 'Pod');
    if (change?.after === undefined) return undefined;
    const owner = ownerOf(change.after);
    if (change.before !== undefined) {
      // Adopted, released, or under other labels.
      const { metadata: was } = change.before;
      const { metadata: is } = change.after;
      const before = ownerOf(change.before);
      if (owner?.uid === before?.uid && JSON.stringify(was.labels) === JSON.stringify(is.labels))
        return undefined;
      for (const ref of [owner, before]) if (ref !== undefined) state.changedAt.set(ref.uid, entry.at);
      return undefined;
    }
    const kind = KINDS.find((k) => k === owner?.kind);
    if (kind === undefined || owner === undefined || entry.by !== MAKERS[kind]) return undefined;
    const rs: Set | undefined = view.find(kind, change.namespace, owner.name);
    if (rs === undefined) return undefined;
    const pods = [...view.list('Pod')].filter(
      (p) => ownerOf(p)?.uid === owner.uid && !isTerminating(p) && !hasEnded(p),
    );
    const wanted = rs.spec.replicas ?? 1;
    if (pods.length <= wanted || changedLately(rs, state.changedAt, entry.at)) return undefined;
    return {
      message: told('brokenReplicas', { set: named(rs), wanted, made: pods.length }),
      objects: [rs, ...pods],
      entry: entry.id,
    };
  },
});

/** Made smaller, or with Pods that changed hands. */
const changedLately = ({ metadata }: Set, changedAt: ReadonlyMap<string, Millis>, now: Millis): boolean =>
  now - (changedAt.get(metadata.uid) ?? Number.NEGATIVE_INFINITY) < LAG_MS;
