/**
 * The StatefulSet controller: pods with stable names, made, replaced and removed in order.
 * Models pkg/controller/statefulset/stateful_set.go.
 */
import type { WatchEvent } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import { isEverything, matches, selectorOf } from '../../api/selector.ts';
import type { KubeObject, Pod } from '../../api/types.ts';
import { claim, ownershipChanged, resolveOwner } from '../claim.ts';
import type { Controller, ObserverContext } from '../controller.ts';
import { podChangeMatters, sameLabels, untilNextAvailableMs } from '../podutil.ts';
import { byRevision, claimRevisions } from '../revision.ts';
import { isMember } from './identity.ts';
import { SOURCE } from './pods.ts';
import { syncRevisions, truncateHistory } from './revisions.ts';
import { completeUpdate, tally, writeStatus } from './status.ts';
import { updatePods } from './update.ts';

const keyOf = (set: KubeObject): string => `${set.metadata.namespace}/${set.metadata.name}`;

function observePod({ type, object, old, entry }: WatchEvent<Pod>, ctx: ObserverContext): void {
  if (type === 'MODIFIED' && old !== undefined) {
    if (!podChangeMatters(old, object)) return;
    if (ownershipChanged(old, object)) {
      const before = resolveOwner(ctx, 'StatefulSet', old);
      if (before !== undefined) ctx.queue.add(keyOf(before), entry);
    }
  }
  const set = resolveOwner(ctx, 'StatefulSet', object);
  if (set !== undefined) {
    ctx.queue.add(keyOf(set), entry);
    return;
  }
  if (
    type === 'DELETED' ||
    object.metadata.deletionTimestamp !== undefined ||
    object.metadata.ownerReferences?.some((o) => o.controller === true)
  )
    return;
  if (
    old !== undefined &&
    sameLabels(old.metadata.labels, object.metadata.labels) &&
    !ownershipChanged(old, object)
  )
    return;
  for (const candidate of ctx.cache.list('StatefulSet', object.metadata.namespace)) {
    const selector = selectorOf(candidate.spec.selector);
    if (!isEverything(selector) && matches(selector, object.metadata.labels))
      ctx.queue.add(keyOf(candidate), entry);
  }
}

export const statefulSetController: Controller<Record<string, never>> = {
  name: SOURCE,
  account: 'statefulset-controller',
  watches: ['StatefulSet', 'PersistentVolumeClaim', 'Pod', 'ControllerRevision'],
  init: () => ({}),

  concerns: ({ kind }, cache) => kind !== 'Pod' || cache.count('StatefulSet') > 0,

  observe(event, _state, ctx) {
    if (event.kind === 'Pod') observePod(event as WatchEvent<Pod>, ctx);
    else if (event.kind === 'StatefulSet') ctx.queue.add(keyOf(event.object), event.entry);
  },

  sync(key, _state, ctx) {
    const slash = key.indexOf('/');
    const set = ctx.cache.get('StatefulSet', key.slice(0, slash), key.slice(slash + 1));
    if (set === undefined) return;
    const selector = selectorOf(set.spec.selector);
    const history = claimRevisions(ctx, set, (labels) => matches(selector, labels)).sort(byRevision);
    const pods = claim(
      ctx,
      'Pod',
      set,
      (pod) => matches(selector, pod.metadata.labels) && isMember(set, pod),
    );
    const revisions = syncRevisions(ctx, set, history);
    const counts = tally(set, revisions, revisions.collisionCount, pods, ctx.now);
    let failure: ApiError | undefined;
    try {
      updatePods(ctx, set, revisions, pods, counts);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failure = error;
    }
    completeUpdate(set, counts);
    writeStatus(ctx, set, counts);
    truncateHistory(ctx, set, pods, history, revisions);
    if (failure !== undefined) throw failure;
    // Only time makes a ready pod available: nothing else will call.
    if (counts.ready !== counts.available) {
      const wait = untilNextAvailableMs(pods, set.spec.minReadySeconds ?? 0, ctx.now);
      if (wait !== undefined) ctx.queue.addAfter(key, wait, { timeout: false });
    }
  },
};
