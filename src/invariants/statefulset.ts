/** What a StatefulSet promises of its Pods: one of each name at a time, in order. */
import type { Pod, StatefulSet } from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import { hasEnded, isReady, isTerminating, ownerOf } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

const setOf = (pod: Pod, view: InvariantView): StatefulSet | undefined => {
  const owner = ownerOf(pod);
  const set =
    owner?.kind === 'StatefulSet' ? view.find('StatefulSet', pod.metadata.namespace!, owner.name) : undefined;
  return set?.metadata.uid === owner?.uid ? set : undefined;
};

const ordinalOf = (pod: Pod): number => Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? -1);

interface Running {
  /** Containers that run, by Pod name, then by the Pod's uid. */
  running: Map<string, Map<string, number>>;
  /** Uids of Pods that were removed while they may have run: whoever does that gives the promise up. */
  forced: Set<string>;
}

interface ContainerDetail {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
  readonly node: string;
  readonly code?: number;
}

/** A container that started, or, with a code, exited. */
const containerOf = (entry: HistoryEntry): ContainerDetail | undefined =>
  entry.type === 'world' && (entry.key === 'containerStarted' || entry.key === 'containerExited')
    ? (entry.args as unknown as ContainerDetail)
    : undefined;

export const statefulIdentity = defineInvariant<Running>({
  name: 'stateful-pods-once',
  asks: 'physical',
  about: 'No two Pods of one StatefulSet ordinal run at a time, on whatever machines.',
  why: 'each has an identity, and often a disk, of its own',
  fails:
    "A Pod's container started while one of its predecessor ran. A Pod that was deleted by force, or with " +
    'its Node object, is left out: Kubernetes promises nothing then.',
  init(view) {
    const running: Running['running'] = new Map();
    // What runs already: the machines themselves may be looked at when all is over.
    for (const entry of view.history) {
      if (entry.at > view.now) break;
      const container = containerOf(entry);
      if (container !== undefined)
        count(
          running,
          `${container.namespace}/${container.pod}`,
          container.uid,
          container.code === undefined ? 1 : -1,
        );
    }
    return { running, forced: new Set() };
  },
  observe(entry, state, view): Violation | undefined {
    const change = changeOf(entry, 'Pod');
    // Gone while its kubelet had not said that its containers are: by force, by pod GC, or with its
    // namespace.
    if (
      change?.before !== undefined &&
      change.after === undefined &&
      !entry.by.startsWith('kubelet') &&
      entry.by !== 'statefulset-controller'
    )
      state.forced.add(change.before.metadata.uid);
    const container = containerOf(entry);
    if (container === undefined) return undefined;
    const { namespace, pod: podName, uid, code } = container;
    const name = `${namespace}/${podName}`;
    count(state.running, name, uid, code === undefined ? 1 : -1);
    if (code !== undefined) return undefined;
    const pod = view.find('Pod', namespace, podName);
    if (pod === undefined || ownerOf(pod)?.kind !== 'StatefulSet') return undefined;
    for (const [other, n] of state.running.get(name)!) {
      if (other !== uid && n > 0 && !state.forced.has(other))
        return { message: told('brokenPredecessor', { pod: name }), objects: [pod], entry: entry.id };
    }
    return undefined;
  },
});

function count(running: Running['running'], name: string, uid: string, by: number): void {
  let uids = running.get(name);
  if (uids === undefined) running.set(name, (uids = new Map()));
  const n = (uids.get(uid) ?? 0) + by;
  if (n > 0) uids.set(uid, n);
  else uids.delete(uid);
}

export const statefulOrder = defineInvariant<{ lostAt: Map<string, number> }>({
  name: 'stateful-order',
  asks: 'api',
  about: 'With the policy OrderedReady a Pod is made only when those of lower ordinals are there and ready.',
  why: 'a later replica may need the earlier ones to join',
  fails:
    'The StatefulSet controller made a Pod while one before it was missing or not ready, and had been for ' +
    'a minute.',
  init: () => ({ lostAt: new Map() }),
  observe(entry, state, view): Violation | undefined {
    const change = changeOf(entry, 'Pod');
    if (change === undefined) return undefined;
    const { before, after } = change;
    if (
      before !== undefined &&
      isReady(before) &&
      (after === undefined || !isReady(after) || isTerminating(after))
    )
      state.lostAt.set(named(before), entry.at);
    if (before !== undefined || after === undefined || entry.by !== 'statefulset-controller')
      return undefined;
    const set = setOf(after, view);
    if (set === undefined || set.spec.podManagementPolicy === 'Parallel') return undefined;
    const first = set.spec.ordinals?.start ?? 0;
    for (let ordinal = first; ordinal < ordinalOf(after); ordinal += 1) {
      const name = `${set.metadata.name}-${ordinal}`;
      const earlier = view.find('Pod', set.metadata.namespace!, name);
      if (earlier !== undefined && isReady(earlier) && !isTerminating(earlier) && !hasEnded(earlier))
        continue;
      // It was lost a moment ago: the controller may not know.
      if (
        entry.at - (state.lostAt.get(`${set.metadata.namespace}/${name}`) ?? Number.NEGATIVE_INFINITY) <
        60_000
      )
        continue;
      return {
        message: told('brokenOrder', { pod: named(after), earlier: name, isMissing: earlier === undefined }),
        objects: [set, after, ...(earlier === undefined ? [] : [earlier])],
        entry: entry.id,
      };
    }
    return undefined;
  },
});

export const statefulOneUpdate = defineInvariant<{ deleted: Set<string> }>({
  name: 'stateful-one-at-a-time',
  asks: 'api',
  about: 'A rolling update of a StatefulSet deletes one Pod at a time, and none below its partition.',
  why: 'a quorum survives one missing member',
  fails:
    'The StatefulSet controller deleted a ready Pod to update it while another that it had deleted was ' +
    'still going, or one below the partition.',
  init: () => ({ deleted: new Set() }),
  observe(entry, state, view): Violation | undefined {
    const change = changeOf(entry, 'Pod');
    if (
      change?.before === undefined ||
      entry.by !== 'statefulset-controller' ||
      isTerminating(change.before) ||
      !isReady(change.before) ||
      hasEnded(change.before)
    )
      return undefined;
    if (change.after !== undefined && !isTerminating(change.after)) return undefined;
    const set = setOf(change.before, view);
    const replicas = set?.spec.replicas ?? 1;
    const first = set?.spec.ordinals?.start ?? 0;
    const ordinal = ordinalOf(change.before);
    // Beyond the replicas it is scaled away.
    if (set === undefined || ordinal >= first + replicas || set.metadata.deletionTimestamp !== undefined)
      return undefined;
    const partition =
      (set.spec.updateStrategy?.rollingUpdate as { partition?: number } | undefined)?.partition ?? 0;
    const objects = [set, change.before];
    if (ordinal < partition)
      return {
        message: told('brokenPartition', { pod: named(change.before), partition }),
        objects,
        entry: entry.id,
      };
    if (set.spec.podManagementPolicy === 'Parallel') return undefined;
    const others = [...view.list('Pod')].filter(
      (p) => p.metadata.uid !== change.before!.metadata.uid && ownerOf(p)?.uid === set.metadata.uid,
    );
    const going = others.find(
      (p) => isTerminating(p) && ordinalOf(p) < first + replicas && state.deleted.has(p.metadata.uid),
    );
    state.deleted.add(change.before.metadata.uid);
    if (going === undefined) return undefined;
    return {
      message: told('brokenOneAtATime', { pod: named(change.before), other: going.metadata.name }),
      objects: [...objects, going],
      entry: entry.id,
    };
  },
});
