/** What the scheduler does with each change its watch delivers. Models pkg/scheduler/eventhandlers.go. */
import type { Context, WatchEvent } from '../../api/client.ts';
import { isPodTerminal } from '../../api/conditions.ts';
import type { Node, PersistentVolumeClaim, Pod, Service } from '../../api/types.ts';
import { volumesChange } from './binding.ts';
import { dropNode, dropPod, isAssumed, setNode, setPod } from './cache.ts';
import { nodeChanges, podChanges } from './events.ts';
import type { ClusterEvent } from './framework.ts';
import { podPriority } from './podaffinity.ts';
import { dequeue, enqueue, onEvent, updateQueued } from './queue.ts';
import { isOurs, lookupsOf, type SchedulerState } from './state.ts';

export function observe(event: WatchEvent, state: SchedulerState, ctx: Context): void {
  switch (event.kind) {
    case 'Pod': {
      // Finished pods take no room: the scheduler's watch leaves them out.
      const before = event.old as Pod | undefined;
      const after = event.type === 'DELETED' ? undefined : (event.object as Pod);
      const old = before === undefined || isPodTerminal(before) ? undefined : before;
      const now = after === undefined || isPodTerminal(after) ? undefined : after;
      if (now !== undefined) podChanged(state, now, old, ctx);
      else if (old !== undefined) podGone(state, event.object as Pod, old, ctx);
      return;
    }
    case 'Node':
      nodeChanged(state, event.object as Node, event.type === 'DELETED', event.old as Node | undefined, ctx);
      return;
    case 'Service': {
      const service = event.object as Service;
      const namespace = service.metadata.namespace ?? 'default';
      let services = state.services.get(namespace);
      if (services === undefined) state.services.set(namespace, (services = new Map()));
      if (event.type === 'DELETED') services.delete(service.metadata.name);
      else services.set(service.metadata.name, service);
      return;
    }
    case 'PersistentVolumeClaim':
    case 'PersistentVolume':
    case 'StorageClass':
    case 'CSINode':
      return storageChanged(event, state, ctx);
    default:
  }
}

const STORAGE_EVENTS: Readonly<Record<string, 'volume' | 'storageClass' | 'csiNode'>> = {
  PersistentVolume: 'volume',
  StorageClass: 'storageClass',
  CSINode: 'csiNode',
};

function storageChanged({ kind, type, object }: WatchEvent, state: SchedulerState, ctx: Context): void {
  if (state.assumed.bindings.size > 0) volumesChange(state, ctx);
  if (kind === 'PersistentVolume') state.assumed.volumes.delete(object.metadata.name);
  if (type === 'DELETED') return;
  const what: ClusterEvent =
    kind === 'PersistentVolumeClaim'
      ? { type: 'claim', claim: object as PersistentVolumeClaim }
      : { type: STORAGE_EVENTS[kind]! };
  onEvent(state.queue, what, lookupsOf(state, ctx), ctx);
}

function nodeChanged(
  state: SchedulerState,
  node: Node,
  deleted: boolean,
  old: Node | undefined,
  ctx: Context,
): void {
  const { queue, cache } = state;
  if (deleted) {
    onEvent(queue, { type: 'nodeDelete', node }, lookupsOf(state, ctx), ctx);
    dropNode(cache, node.metadata.name);
    return;
  }
  setNode(cache, node);
  if (queue.unschedulable.size === 0) return;
  if (old === undefined) {
    onEvent(queue, { type: 'nodeAdd', node }, lookupsOf(state, ctx), ctx);
    return;
  }
  const changed = nodeChanges(node, old);
  if (changed !== undefined)
    onEvent(queue, { type: 'nodeUpdate', node, old, changed }, lookupsOf(state, ctx), ctx);
}

function podChanged(state: SchedulerState, pod: Pod, old: Pod | undefined, ctx: Context): void {
  const { queue, cache } = state;
  const { uid } = pod.metadata;
  if (pod.spec.nodeName) {
    setPod(cache, pod);
    if (old?.spec.nodeName) {
      if (queue.unschedulable.size === 0) return;
      const changed = podChanges(pod, old);
      if (changed !== undefined)
        onEvent(queue, { type: 'podUpdate', pod, old, changed, own: false }, lookupsOf(state, ctx), ctx);
      return;
    }
    dequeue(queue, uid);
    onEvent(queue, { type: 'podAdd', pod }, lookupsOf(state, ctx), ctx);
    return;
  }
  if (!isOurs(pod)) return;
  if (old === undefined) {
    if (!isAssumed(cache, uid)) enqueue(queue, pod, ctx);
    return;
  }
  if (isAssumed(cache, uid)) {
    // An older update overtaken by our own binding, or a deletion that will make the binding void.
    if (pod.metadata.deletionTimestamp !== undefined && old.metadata.deletionTimestamp === undefined)
      forget(state, uid, pod, ctx);
    return;
  }
  const lookups = lookupsOf(state, ctx);
  const changed = podChanges(pod, old);
  updateQueued(
    queue,
    pod,
    changed === undefined ? undefined : { type: 'podUpdate', pod, old, changed, own: true },
    lookups,
    ctx,
  );
  const wish = old.status.nominatedNodeName;
  if (wish && wish !== pod.status.nominatedNodeName) freed(state, old, ctx);
}

function forget(state: SchedulerState, uid: string, pod: Pod, ctx: Context): void {
  dropPod(state.cache, uid);
  onEvent(state.queue, { type: 'podDelete', pod }, lookupsOf(state, ctx), ctx);
}

/** Room that was promised to the pod is free for those that had to respect the promise. */
function freed(state: SchedulerState, pod: Pod, ctx: Context): void {
  const priority = podPriority(pod);
  onEvent(
    state.queue,
    { type: 'podDelete', pod },
    lookupsOf(state, ctx),
    ctx,
    (other) => podPriority(other) <= priority,
  );
}

function podGone(state: SchedulerState, pod: Pod, old: Pod, ctx: Context): void {
  const { uid } = old.metadata;
  const placed = state.cache.placed.has(uid);
  dequeue(state.queue, uid);
  if (placed || old.spec.nodeName) forget(state, uid, pod, ctx);
  else if (old.status.nominatedNodeName) freed(state, old, ctx);
}
