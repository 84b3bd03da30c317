/**
 * Deletes objects whose owners are gone, and carries out foreground and orphaning deletions.
 * Models pkg/controller/garbagecollector/garbagecollector.go. Keys: `delete/uid`, `orphan/uid`.
 * References to kinds that are not served are left alone, where upstream retries for ever.
 */
import type { PropagationPolicy, WatchEvent } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import type { Kind, KubeObject, OwnerReference } from '../../api/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { splitKey, standIn } from '../refs.ts';
import { collectBehind, isForeign, LOOK, LOOK_MS } from './extensions.ts';
import {
  blockingDependents,
  coordinates,
  emptyGraph,
  FOREGROUND,
  graphDelete,
  graphUpsert,
  ORPHAN,
  rememberAbsent,
  type GraphNode,
  type GraphWork,
  type OwnerGraph,
} from './graph.ts';

type State = OwnerGraph;

function carryOut(work: GraphWork, ctx: ObserverContext): void {
  for (const uid of work.attemptToDelete) ctx.queue.add(`delete/${uid}`);
  for (const uid of work.attemptToOrphan) ctx.queue.add(`orphan/${uid}`);
  for (const { dependent: d, owner: o } of work.invalidNamespace) {
    const text = `[${o.apiVersion}/${o.kind}, namespace: ${d.namespace}, name: ${o.name}, uid: ${o.uid}]`;
    ctx.event(
      standIn(d.apiVersion, d.kind as Kind, d.namespace, d.name, d.uid),
      'Warning',
      'OwnerRefInvalidNamespace',
      `ownerRef ${text} does not exist in namespace "${d.namespace}"`,
    );
  }
}

const noWork = (): GraphWork => ({ attemptToDelete: [], attemptToOrphan: [], invalidNamespace: [] });

/** The object of a node as it is now; undefined when it is gone, or another has its name. */
function live(node: GraphNode, ctx: ControllerContext): KubeObject | undefined {
  const info = ctx.resources.ofGroup(node.apiVersion, node.kind);
  const found = info && ctx.api.find(info.resource, node.namespace, node.name);
  return found?.metadata.uid === node.uid ? found : undefined;
}

function withOwners(object: KubeObject, owners: readonly OwnerReference[]): KubeObject {
  const { ownerReferences: _, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: owners.length === 0 ? metadata : { ...object.metadata, ownerReferences: [...owners] },
  };
}

function removeFinalizer(node: GraphNode, finalizer: string, ctx: ControllerContext): void {
  const object = live(node, ctx);
  if (object === undefined || !object.metadata.finalizers?.includes(finalizer)) return;
  const left = object.metadata.finalizers.filter((f) => f !== finalizer);
  const { finalizers: _, ...metadata } = object.metadata;
  ctx.api.update({
    ...object,
    metadata: left.length === 0 ? metadata : { ...object.metadata, finalizers: left },
  });
}

type Standing = 'solid' | 'dangling' | 'waiting' | 'unknown';

/** What has become of an owner. */
function standingOf(ref: OwnerReference, item: GraphNode, graph: State, ctx: ControllerContext): Standing {
  const keyIn = (namespace: string): string =>
    coordinates(ref.apiVersion, ref.kind, namespace, ref.name, ref.uid);
  // Also of a kind that is served no more: its definition may be gone before this is looked at.
  if (graph.absent.has(keyIn('')) || graph.absent.has(keyIn(item.namespace))) return 'dangling';
  const info = ctx.resources.ofGroup(ref.apiVersion, ref.kind);
  if (info === undefined) return 'unknown';
  const namespace = info.namespaced ? item.namespace : '';
  const key = keyIn(namespace);
  // A cluster-scoped object cannot have an owner inside a namespace; nothing can be said of it.
  if (info.namespaced && item.namespace === '') return 'unknown';
  const owner = ctx.api.find(info.resource, namespace, ref.name);
  if (
    owner === undefined ||
    owner.metadata.uid !== ref.uid ||
    (ctx.config.planted === 'garbage-deletes-owned' &&
      !('availableReplicas' in ((owner as { status?: object }).status ?? {})))
  ) {
    rememberAbsent(graph, key);
    return 'dangling';
  }
  return owner.metadata.deletionTimestamp !== undefined &&
    owner.metadata.finalizers?.includes(FOREGROUND) === true
    ? 'waiting'
    : 'solid';
}

function deleteItem(item: GraphNode, policy: PropagationPolicy, ctx: ControllerContext): void {
  try {
    ctx.api.delete(ctx.resources.ofGroup(item.apiVersion, item.kind)!.resource, item.namespace, item.name, {
      propagationPolicy: policy,
      preconditions: { uid: item.uid },
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function attemptToDelete(uid: string, graph: State, ctx: ControllerContext): void {
  const item = graph.nodes.get(uid);
  if (item === undefined || ctx.resources.ofGroup(item.apiVersion, item.kind) === undefined) return;
  if (item.beingDeleted && !item.deletingDependents) return;
  const latest = live(item, ctx);
  if (latest === undefined) {
    if (item.observed) return;
    // An owner that nobody ever saw, and that is not there.
    const work = noWork();
    graphDelete(graph, uid, work);
    carryOut(work, ctx);
    return;
  }
  if (item.deletingDependents) {
    const blocking = blockingDependents(graph, item);
    if (blocking.length === 0) removeFinalizer(item, FOREGROUND, ctx);
    for (const d of blocking) if (!d.deletingDependents) ctx.queue.add(`delete/${d.uid}`);
    return;
  }
  const owners = latest.metadata.ownerReferences ?? [];
  if (owners.length > 0) {
    decide(
      item,
      latest,
      owners,
      owners.map((ref) => standingOf(ref, item, graph, ctx)),
      graph,
      ctx,
    );
  }
  // Its own event is still on its way; without one a virtual node would stay for ever.
  if (!item.observed && graph.nodes.get(uid) === item) ctx.queue.addRateLimited(`delete/${uid}`);
}

function decide(
  item: GraphNode,
  latest: KubeObject,
  owners: readonly OwnerReference[],
  standings: readonly Standing[],
  graph: State,
  ctx: ControllerContext,
): void {
  if (standings.includes('unknown')) return;
  if (standings.includes('solid')) {
    const solid = owners.filter((_, i) => standings[i] === 'solid');
    // A waiting owner would wait for ever for a dependent that another owner keeps.
    if (solid.length < owners.length) ctx.api.update(withOwners(latest, solid));
    return;
  }
  if (standings.includes('waiting') && item.dependents !== undefined) {
    for (const id of item.dependents) {
      if (graph.nodes.get(id)?.deletingDependents !== true) continue;
      // Perhaps a circle: nobody in it may block.
      ctx.api.update(
        withOwners(
          latest,
          owners.map((o) => (o.blockOwnerDeletion === true ? { ...o, blockOwnerDeletion: false } : o)),
        ),
      );
      break;
    }
    deleteItem(item, 'Foreground', ctx);
    return;
  }
  const { finalizers = [] } = latest.metadata;
  deleteItem(
    item,
    finalizers.includes(ORPHAN) ? 'Orphan' : finalizers.includes(FOREGROUND) ? 'Foreground' : 'Background',
    ctx,
  );
}

function attemptToOrphan(uid: string, graph: State, ctx: ControllerContext): void {
  const owner = graph.nodes.get(uid);
  if (owner === undefined) return;
  let orphaned = false;
  for (const id of owner.dependents ?? []) {
    const dependent = graph.nodes.get(id);
    const object = dependent === undefined ? undefined : live(dependent, ctx);
    const refs = object?.metadata.ownerReferences;
    if (object === undefined || refs === undefined || !refs.some((o) => o.uid === uid)) continue;
    ctx.api.update(
      withOwners(
        object,
        refs.filter((o) => o.uid !== uid),
      ),
    );
    orphaned = true;
  }
  // The finalizer goes once these calls have returned; the owner's controller may have seen by then that its
  // dependents are gone.
  if (orphaned) ctx.queue.addAfter(`orphan/${uid}`, 2 * ctx.latency('apiCall'), { timeout: false });
  else removeFinalizer(owner, ORPHAN, ctx);
}

/** Whether a change can matter to the graph. */
function matters({ object, old, type }: WatchEvent): boolean {
  if (type !== 'MODIFIED' || old === undefined) return true;
  const a = old.metadata;
  const b = object.metadata;
  return (
    a.ownerReferences !== b.ownerReferences ||
    a.deletionTimestamp !== b.deletionTimestamp ||
    a.finalizers !== b.finalizers ||
    a.uid !== b.uid
  );
}

export const garbageCollector: Controller<State> = {
  name: 'garbage-collector-controller',
  account: 'generic-garbage-collector',
  // Each deletion takes two requests (cmd/kube-controller-manager/app/core.go, config.QPS *= 2).
  callRate: { qps: 2, burst: 1 },
  watches: (d) => d.resource !== 'events',
  init: emptyGraph,
  observe(event, graph, ctx) {
    if (event.kind === 'APIService' && isForeign(event.object)) ctx.queue.addAfter(LOOK, LOOK_MS);
    if (!matters(event)) return;
    const work = noWork();
    if (event.type === 'DELETED') {
      graphDelete(graph, event.object.metadata.uid, work);
    } else {
      // One name, another object: the old one's deletion was not seen.
      if (event.old !== undefined && event.old.metadata.uid !== event.object.metadata.uid)
        graphDelete(graph, event.old.metadata.uid, work);
      graphUpsert(
        graph,
        event.object,
        event.old?.metadata.uid === event.object.metadata.uid ? event.old : undefined,
        ctx.resources,
        work,
      );
    }
    carryOut(work, ctx);
  },
  sync(key, graph, ctx) {
    if (key === LOOK) {
      if (collectBehind(graph, ctx)) ctx.queue.addAfter(LOOK, LOOK_MS);
      return;
    }
    const [what, uid] = splitKey(key);
    if (what === 'orphan') attemptToOrphan(uid, graph, ctx);
    else attemptToDelete(uid, graph, ctx);
  },
};
