/**
 * The controllers of ReplicaSets and ReplicationControllers: they keep as many active pods as spec.replicas
 * says.
 * Models pkg/controller/replicaset/replica_set.go and pkg/controller/replication/replication_controller.go.
 */
import type { WatchEvent } from '../../api/client.ts';
import type { ApiError } from '../../api/errors.ts';
import { isEverything, matches, selectorOf } from '../../api/selector.ts';
import type { KubeObject, Pod, ReplicaSet } from '../../api/types.ts';
import { claim, ownershipChanged } from '../claim.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import {
  creationObserved,
  deletionObserved,
  isSatisfied,
  forgetExpectations,
  type Expectations,
} from '../expectations.ts';
import { isPodAvailable, podChangeMatters, sameLabels, untilNextAvailableMs } from '../podutil.ts';
import { manageReplicas, type OwnedPods } from './manage.ts';
import { ownerOf, REPLICA_SET, REPLICATION_CONTROLLER, type Replicator } from './replicator.ts';
import { calculateStatus, writeStatus } from './status.ts';
import { countPods, isCounted, tallyChange, tallyOf, type Tallies, type Tally } from './tally.ts';

export interface ReplicaSetState {
  expectations: Expectations;
  /** Sets whose sync waits for leave to make further requests; until it is done they get no status. */
  underway: Set<string>;
  tallies: Tallies;
}

const keyOf = (rs: ReplicaSet): string => `${rs.metadata.namespace}/${rs.metadata.name}`;

/** The ReplicaSets that would adopt an orphan. */
function candidatesFor(of: Replicator, pod: Pod, ctx: ObserverContext): ReplicaSet[] {
  const all = ctx.cache.list(of.kind, pod.metadata.namespace) as KubeObject[];
  return all.map(of.view).filter((rs) => {
    const selector = selectorOf(rs.spec.selector);
    return !isEverything(selector) && matches(selector, pod.metadata.labels);
  });
}

function podGone(
  of: Replicator,
  pod: Pod,
  state: ReplicaSetState,
  ctx: ObserverContext,
  cause: number,
): void {
  const rs = ownerOf(of, ctx, pod);
  if (rs === undefined) return;
  deletionObserved(state.expectations, keyOf(rs), pod.metadata.uid);
  ctx.queue.add(keyOf(rs), cause);
}

const withList = (
  { active, labelled, ready }: Tally,
  terminating: number,
  list: OwnedPods['list'],
): OwnedPods => ({ active, labelled, ready, terminating, list });

/**
 * The active pods that belong to the set, claimed: as counts where those are known and nothing is to be
 * adopted or released.
 */
function podsOf(rs: ReplicaSet, state: ReplicaSetState, ctx: ControllerContext): OwnedPods {
  const selector = selectorOf(rs.spec.selector);
  const { planted } = ctx.config;
  const counts = (pod: Pod): boolean => isCounted(pod, planted);
  const selects = (pod: Pod): boolean => matches(selector, pod.metadata.labels);
  const owned = (): Pod[] => ctx.cache.controlledBy('Pod', rs.metadata.uid, rs.metadata.namespace);
  const { uid } = rs.metadata;
  let known = tallyOf(state.tallies, rs);
  if (known === undefined) state.tallies.set(uid, (known = countPods(rs, owned(), planted)));
  const adoptable =
    rs.metadata.deletionTimestamp === undefined &&
    ctx.cache.controlledBy('Pod', '', rs.metadata.namespace).some((pod) => counts(pod) && selects(pod));
  if (known.stray === 0 && !adoptable)
    return withList(known, known.terminating, () => owned().filter((pod) => counts(pod) && selects(pod)));
  const claimed = claim(ctx, 'Pod', rs, selects, counts);
  return withList(countPods(rs, claimed, planted), known.terminating, () => claimed);
}

function observePod(
  of: Replicator,
  { type, object, old, entry }: WatchEvent<Pod>,
  state: ReplicaSetState,
  ctx: ObserverContext,
): void {
  tallyChange(of, state.tallies, old, type === 'DELETED' ? undefined : object, ctx);
  if (type === 'DELETED' || (type === 'ADDED' && object.metadata.deletionTimestamp !== undefined)) {
    podGone(of, object, state, ctx, entry);
    return;
  }
  if (type === 'MODIFIED' && old !== undefined) {
    if (object.metadata.deletionTimestamp !== undefined) {
      podGone(of, object, state, ctx, entry);
      // Its former owner has one less, too.
      if (ownershipChanged(old, object)) podGone(of, old, state, ctx, entry);
      return;
    }
    if (ownershipChanged(old, object)) {
      const before = ownerOf(of, ctx, old);
      if (before !== undefined) ctx.queue.add(keyOf(before), entry);
    }
  }
  const rs = ownerOf(of, ctx, object);
  if (rs !== undefined) {
    if (type === 'ADDED') creationObserved(state.expectations, keyOf(rs));
    ctx.queue.add(keyOf(rs), entry);
    return;
  }
  if (object.metadata.ownerReferences?.some((o) => o.controller === true)) return;
  if (
    old !== undefined &&
    sameLabels(old.metadata.labels, object.metadata.labels) &&
    !ownershipChanged(old, object)
  )
    return;
  for (const candidate of candidatesFor(of, object, ctx)) ctx.queue.add(keyOf(candidate), entry);
}

const replicates = (of: Replicator): Controller<ReplicaSetState> => ({
  name: of.source,
  account: of.source,
  watches: [of.kind, 'Pod'],
  init: () => ({ expectations: new Map(), underway: new Set(), tallies: new Map() }),

  concerns({ kind, type, object, old }, cache) {
    if (kind !== 'Pod') return true;
    if (cache.count(of.kind) === 0) return false;
    return type !== 'MODIFIED' || old === undefined || podChangeMatters(old as Pod, object as Pod);
  },

  observe(event, state, ctx) {
    if (event.kind === 'Pod') {
      observePod(of, event as WatchEvent<Pod>, state, ctx);
      return;
    }
    const rs = of.view(event.object);
    // Made anew under its name: what was expected of its predecessor is void.
    if (event.type === 'DELETED' || (event.old !== undefined && event.old.metadata.uid !== rs.metadata.uid)) {
      forgetExpectations(state.expectations, keyOf(rs));
      state.tallies.delete((event.old ?? rs).metadata.uid);
    }
    ctx.queue.add(keyOf(rs), event.entry);
  },

  sync(key, state, ctx) {
    const slash = key.indexOf('/');
    const found = ctx.cache.get(of.kind, key.slice(0, slash), key.slice(slash + 1));
    if (found === undefined) {
      forgetExpectations(state.expectations, key);
      state.underway.delete(key);
      return;
    }
    const rs = of.view(found);
    const { planted } = ctx.config;
    const forgets = of.kind === 'ReplicationController' && planted === 'replication-forgets-expectations';
    const satisfied = forgets || isSatisfied(state.expectations, key, ctx.now, planted);
    if (!satisfied && state.underway.has(key)) return;
    const pods = podsOf(rs, state, ctx);
    let failure: ApiError | undefined;
    if (satisfied && rs.metadata.deletionTimestamp === undefined) {
      state.underway.add(key);
      failure = manageReplicas(of, ctx, rs, pods, state.expectations);
      state.underway.delete(key);
    }
    const minReadySeconds = rs.spec.minReadySeconds ?? 0;
    const available =
      minReadySeconds === 0
        ? pods.ready
        : pods.list().filter((pod) => isPodAvailable(pod, minReadySeconds, ctx.now)).length;
    const status = writeStatus(of, ctx, rs, calculateStatus(rs, pods, available, failure, ctx.now));
    if (failure !== undefined) throw failure;
    if ((status.readyReplicas ?? 0) !== (status.availableReplicas ?? 0)) {
      const wait = untilNextAvailableMs(pods.list(), minReadySeconds, ctx.now) ?? minReadySeconds * 1000;
      ctx.queue.addAfter(key, wait, { timeout: false });
    }
  },
});

export const replicaSetController = replicates(REPLICA_SET);
export const replicationController = replicates(REPLICATION_CONTROLLER);
