/**
 * The ReplicaSet controller: keeps as many active pods as spec.replicas says.
 * Models pkg/controller/replicaset/replica_set.go.
 */
import type { WatchEvent } from '../../api/client.ts';
import { isEverything, matches, selectorOf } from '../../api/selector.ts';
import type { Pod, ReplicaSet } from '../../api/types.ts';
import { claim, ownershipChanged, resolveOwner } from '../claim.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { creationObserved, deletionObserved, isSatisfied, forgetExpectations, type Expectations } from '../expectations.ts';
import { isPodActive, isPodTerminating, podChangeMatters, sameLabels, untilNextAvailableMs } from '../podutil.ts';
import { manageReplicas } from './manage.ts';
import { calculateStatus, writeStatus } from './status.ts';

export interface ReplicaSetState {
  expectations: Expectations;
}

const keyOf = (rs: ReplicaSet): string => `${rs.metadata.namespace}/${rs.metadata.name}`;

/** The ReplicaSets that would adopt an orphan. */
function candidatesFor(pod: Pod, ctx: ControllerContext): ReplicaSet[] {
  return ctx.cache.list('ReplicaSet', pod.metadata.namespace).filter((rs) => {
    const selector = selectorOf(rs.spec.selector);
    return !isEverything(selector) && matches(selector, pod.metadata.labels);
  });
}

function podGone(pod: Pod, state: ReplicaSetState, ctx: ControllerContext, cause: number): void {
  const rs = resolveOwner(ctx, 'ReplicaSet', pod);
  if (rs === undefined) return;
  deletionObserved(state.expectations, keyOf(rs), pod.metadata.uid);
  ctx.queue.add(keyOf(rs), cause);
}

function observePod({ type, object, old, entry }: WatchEvent<Pod>, state: ReplicaSetState, ctx: ControllerContext): void {
  if (type === 'DELETED' || (type === 'ADDED' && object.metadata.deletionTimestamp !== undefined)) {
    podGone(object, state, ctx, entry);
    return;
  }
  if (type === 'MODIFIED' && old !== undefined) {
    if (!podChangeMatters(old, object)) return;
    if (object.metadata.deletionTimestamp !== undefined) {
      podGone(object, state, ctx, entry);
      return;
    }
    if (ownershipChanged(old, object)) {
      const before = resolveOwner(ctx, 'ReplicaSet', old);
      if (before !== undefined) ctx.queue.add(keyOf(before), entry);
    }
  }
  const rs = resolveOwner(ctx, 'ReplicaSet', object);
  if (rs !== undefined) {
    if (type === 'ADDED') creationObserved(state.expectations, keyOf(rs));
    ctx.queue.add(keyOf(rs), entry);
    return;
  }
  if (object.metadata.ownerReferences?.some((o) => o.controller === true)) return;
  if (old !== undefined && sameLabels(old.metadata.labels, object.metadata.labels) && !ownershipChanged(old, object)) return;
  for (const candidate of candidatesFor(object, ctx)) ctx.queue.add(keyOf(candidate), entry);
}

export const replicaSetController: Controller<ReplicaSetState> = {
  name: 'replicaset-controller',
  watches: ['ReplicaSet', 'Pod'],
  init: () => ({ expectations: new Map() }),

  observe(event, state, ctx) {
    if (event.kind === 'Pod') {
      observePod(event as WatchEvent<Pod>, state, ctx);
      return;
    }
    const rs = event.object as ReplicaSet;
    // Made anew under its name: what was expected of its predecessor is void.
    if (event.type === 'DELETED' || (event.old !== undefined && event.old.metadata.uid !== rs.metadata.uid)) {
      forgetExpectations(state.expectations, keyOf(rs));
    }
    ctx.queue.add(keyOf(rs), event.entry);
  },

  sync(key, state, ctx) {
    const slash = key.indexOf('/');
    const rs = ctx.cache.get('ReplicaSet', key.slice(0, slash), key.slice(slash + 1));
    if (rs === undefined) {
      forgetExpectations(state.expectations, key);
      return;
    }
    const needsSync = isSatisfied(state.expectations, key, ctx.now);
    const selector = selectorOf(rs.spec.selector);
    const selects = (pod: Pod): boolean => matches(selector, pod.metadata.labels);
    let terminating = 0;
    // Counted on the way through the owned pods: what is being deleted is never adopted, so only owned ones come by here.
    const pods = claim(ctx, 'Pod', rs, selects, (pod) => {
      if (isPodActive(pod)) return true;
      if (isPodTerminating(pod) && selects(pod)) terminating++;
      return false;
    });
    const failure = needsSync && rs.metadata.deletionTimestamp === undefined ? manageReplicas(ctx, rs, pods, state.expectations) : undefined;
    const status = writeStatus(ctx, rs, calculateStatus(rs, pods, terminating, failure, ctx.now));
    if (failure !== undefined) throw failure;
    const minReadySeconds = rs.spec.minReadySeconds ?? 0;
    if (minReadySeconds > 0 && (status.readyReplicas ?? 0) !== (status.availableReplicas ?? 0)) {
      const wait = untilNextAvailableMs(pods, minReadySeconds, ctx.now) ?? minReadySeconds * 1000;
      ctx.queue.addAfter(key, wait, { timeout: false });
    }
  },
};
