/**
 * The DaemonSet controller: a pod on every node that fits, bound there by affinity and placed by the
 * scheduler. Models pkg/controller/daemon/daemon_controller.go.
 */
import type { WatchEvent } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import { isEverything, matches, selectorOf } from '../../api/selector.ts';
import type { DaemonSet, KubeObject, Node, Pod } from '../../api/types.ts';
import { claim, ownershipChanged, resolveOwner } from '../claim.ts';
import type { Controller, ObserverContext } from '../controller.ts';
import { creationObserved, deletionObserved, forgetExpectations, isSatisfied } from '../expectations.ts';
import { podChangeMatters, sameLabels } from '../podutil.ts';
import { cleanupHistory, hashOf, syncHistory } from './history.ts';
import { manage } from './manage.ts';
import { nodeChangeMatters, nodeFit } from './nodes.ts';
import { syncStatus } from './status.ts';
import { rollingUpdate } from './update.ts';
import { SOURCE, type DaemonSetState, type View } from './view.ts';

const keyOf = (ds: KubeObject): string => `${ds.metadata.namespace}/${ds.metadata.name}`;

function podGone(pod: Pod, state: DaemonSetState, ctx: ObserverContext, entry: number): void {
  const ds = resolveOwner(ctx, 'DaemonSet', pod);
  if (ds === undefined) return;
  deletionObserved(state.expectations, keyOf(ds), pod.metadata.uid);
  ctx.queue.add(keyOf(ds), entry);
}

/** A daemon pod's change counts when its life does, or when it lands on its node. */
const matters = (old: Pod, pod: Pod): boolean =>
  podChangeMatters(old, pod) || (old.spec.nodeName ?? '') !== (pod.spec.nodeName ?? '');

function observePod(
  { type, object, old, entry }: WatchEvent<Pod>,
  state: DaemonSetState,
  ctx: ObserverContext,
): void {
  if (type === 'DELETED' || (type === 'ADDED' && object.metadata.deletionTimestamp !== undefined)) {
    podGone(object, state, ctx, entry);
    return;
  }
  if (type === 'MODIFIED' && old !== undefined) {
    if (!matters(old, object)) return;
    if (object.metadata.deletionTimestamp !== undefined) {
      podGone(object, state, ctx, entry);
      return;
    }
    if (ownershipChanged(old, object)) {
      const before = resolveOwner(ctx, 'DaemonSet', old);
      if (before !== undefined) ctx.queue.add(keyOf(before), entry);
    }
  }
  const ds = resolveOwner(ctx, 'DaemonSet', object);
  if (ds !== undefined) {
    if (type === 'ADDED') creationObserved(state.expectations, keyOf(ds));
    ctx.queue.add(keyOf(ds), entry);
    return;
  }
  if (object.metadata.ownerReferences?.some((o) => o.controller === true)) return;
  if (
    old !== undefined &&
    sameLabels(old.metadata.labels, object.metadata.labels) &&
    !ownershipChanged(old, object)
  )
    return;
  for (const candidate of ctx.cache.list('DaemonSet', object.metadata.namespace)) {
    const selector = selectorOf(candidate.spec.selector);
    if (!isEverything(selector) && matches(selector, object.metadata.labels))
      ctx.queue.add(keyOf(candidate), entry);
  }
}

/** Upstream does not act on a node's going: its pods do. */
function observeNode({ type, object, old, entry }: WatchEvent<Node>, ctx: ObserverContext): void {
  if (type === 'DELETED' || (old !== undefined && !nodeChangeMatters(old, object))) return;
  for (const ds of ctx.cache.list('DaemonSet')) {
    const fitOf = nodeFit(ds);
    const now = fitOf(object);
    const before = old === undefined ? undefined : fitOf(old);
    const concerned =
      before === undefined
        ? now.shouldRun
        : now.shouldRun !== before.shouldRun || now.mayStay !== before.mayStay;
    if (concerned) ctx.queue.add(keyOf(ds), entry);
  }
}

function act(v: View, history: ReturnType<typeof syncHistory>): ApiError | undefined {
  try {
    manage(v);
    if (
      isSatisfied(v.state.expectations, v.key, v.ctx.now, v.ctx.config.planted) &&
      (v.ds.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate'
    )
      rollingUpdate(v);
    cleanupHistory(v.ctx, v.ds, history, v.pods);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

export const daemonSetController: Controller<DaemonSetState> = {
  name: SOURCE,
  account: 'daemon-set-controller',
  watches: ['DaemonSet', 'Pod', 'Node', 'ControllerRevision'],
  init: () => ({ expectations: new Map(), failed: new Map() }),

  concerns: ({ kind }, cache) => kind !== 'Pod' || cache.count('DaemonSet') > 0,

  observe(event, state, ctx) {
    if (event.kind === 'Pod') observePod(event as WatchEvent<Pod>, state, ctx);
    else if (event.kind === 'Node') observeNode(event as WatchEvent<Node>, ctx);
    else if (event.kind === 'DaemonSet') {
      if (event.type === 'DELETED') forgetExpectations(state.expectations, keyOf(event.object));
      ctx.queue.add(keyOf(event.object), event.entry);
    }
  },

  sync(key, state, ctx) {
    const slash = key.indexOf('/');
    const ds: DaemonSet | undefined = ctx.cache.get('DaemonSet', key.slice(0, slash), key.slice(slash + 1));
    if (ds === undefined) {
      forgetExpectations(state.expectations, key);
      return;
    }
    const selector = selectorOf(ds.spec.selector);
    if (isEverything(selector)) {
      ctx.event(
        ds,
        'Warning',
        'SelectingAll',
        'This daemon set is selecting all pods. A non-empty selector is required.',
        { source: SOURCE },
      );
      return;
    }
    if (ds.metadata.deletionTimestamp !== undefined) return;
    const pods = claim(ctx, 'Pod', ds, (pod) => matches(selector, pod.metadata.labels));
    const history = syncHistory(ctx, ds, pods);
    const fitOf = nodeFit(ds);
    const nodes = ctx.cache.list('Node').map((node) => ({ node, fit: fitOf(node) }));
    const v: View = { ctx, state, key, ds, hash: hashOf(history.current), nodes, pods };
    if (!isSatisfied(state.expectations, key, ctx.now, ctx.config.planted)) {
      syncStatus(v, false);
      return;
    }
    const failure = act(v, history);
    syncStatus(v, true);
    if (failure !== undefined) throw failure;
  },
};
