/**
 * Deletes pods that nobody else will: finished ones beyond a threshold, those of nodes that no longer exist
 * or are out of service, and those deleted before they had a node. Models
 * pkg/controller/podgc/gc_controller.go. It looks every 20 s, but only while there is something to look for.
 * Key: `gc`.
 */
import type { WatchEvent } from '../../api/client.ts';
import { isPodTerminal, withPodCondition } from '../../api/conditions.ts';
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Node, Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { isNodeReady } from '../nodelifecycle/conditions.ts';

const PERIOD_MS = 20_000;
/** How long a missing node is given to show up. */
const QUARANTINE_MS = 40_000;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

export interface PodGCState {
  offsetMs: Millis;
  /** Uids of the pods that have finished. */
  terminated: Set<string>;
  /** Missing nodes and when they are to be looked for. */
  quarantine: Map<string, Millis>;
}
type State = PodGCState;

function requestLook(at: Millis, state: State, ctx: ObserverContext): void {
  const due =
    state.offsetMs + Math.ceil((Math.max(at, ctx.now + 1) - state.offsetMs) / PERIOD_MS) * PERIOD_MS;
  ctx.queue.addAfter('gc', due - ctx.now, { timeout: false });
}

const outOfService = (node: Node): boolean =>
  !isNodeReady(node) && (node.spec.taints?.some((t) => t.key === OUT_OF_SERVICE) ?? false);

/** Whether the pod may need collecting now or soon. */
function concerns(pod: Pod, ctx: ObserverContext): boolean {
  const { nodeName } = pod.spec;
  if (!nodeName) return pod.metadata.deletionTimestamp !== undefined;
  const node = ctx.cache.get('Node', '', nodeName);
  return node === undefined || (pod.metadata.deletionTimestamp !== undefined && outOfService(node));
}

/** @returns false when it is to be tried again */
function collect(pod: Pod, ctx: ControllerContext, orphaned = false): boolean {
  const { namespace = '', name, uid } = pod.metadata;
  try {
    if (!isPodTerminal(pod)) {
      // No kubelet will ever say that it ended.
      const live = ctx.api.get('Pod', namespace, name);
      if (live.metadata.uid !== uid) return true;
      const failed = { ...live.status, phase: 'Failed' as const };
      const status = orphaned
        ? withPodCondition(
            failed,
            {
              type: 'DisruptionTarget',
              status: 'True',
              reason: 'DeletionByPodGC',
              message: 'PodGC: node no longer exists',
            },
            ctx.now,
          )
        : failed;
      ctx.api.updateStatus({ ...live, status });
    }
    ctx.api.delete('Pod', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return isNotFound(error);
  }
}

/** Evicted pods first, then the oldest. */
export function byEvictionAndAge(a: Pod, b: Pod): number {
  const evicted = (p: Pod): boolean => p.status.phase === 'Failed' && p.status.reason === 'Evicted';
  if (evicted(a) !== evicted(b)) return evicted(a) ? -1 : 1;
  const at = a.metadata.creationTimestamp;
  const bt = b.metadata.creationTimestamp;
  if (at !== bt) return at < bt ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0;
}

/** The finished pods beyond the threshold. */
export function excessTerminated(pods: readonly Pod[], threshold: number): Pod[] {
  if (threshold <= 0) return [];
  const terminated = pods.filter(isPodTerminal);
  const excess = terminated.length - threshold;
  return excess <= 0 ? [] : terminated.sort(byEvictionAndAge).slice(0, excess);
}

function collectOrphans(pods: readonly Pod[], state: State, ctx: ControllerContext): boolean {
  for (const {
    spec: { nodeName },
  } of pods) {
    if (nodeName && ctx.cache.get('Node', '', nodeName) === undefined && !state.quarantine.has(nodeName))
      state.quarantine.set(nodeName, ctx.now + QUARANTINE_MS);
  }
  let all = true;
  const gone = new Set<string>();
  for (const [node, at] of state.quarantine) {
    if (at > ctx.now) continue;
    state.quarantine.delete(node);
    if (ctx.cache.get('Node', '', node) !== undefined) continue;
    try {
      if (ctx.api.find('Node', '', node) === undefined) gone.add(node);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      all = false;
    }
  }
  if (ctx.config.planted === 'podgc-forgets-orphans') return true;
  for (const pod of pods)
    if (pod.spec.nodeName && gone.has(pod.spec.nodeName) && !collect(pod, ctx, true)) all = false;
  return all;
}

function look(state: State, ctx: ControllerContext): void {
  const pods = ctx.cache.list('Pod');
  let all = true;
  for (const pod of excessTerminated(pods, ctx.config.terminatedPodGCThreshold))
    if (!collect(pod, ctx)) all = false;
  const outOfServicePods = pods.filter((p) => {
    const node =
      p.metadata.deletionTimestamp !== undefined && p.spec.nodeName
        ? ctx.cache.get('Node', '', p.spec.nodeName)
        : undefined;
    return node !== undefined && outOfService(node);
  });
  for (const pod of outOfServicePods.sort(byEvictionAndAge)) if (!collect(pod, ctx)) all = false;
  if (!collectOrphans(pods, state, ctx)) all = false;
  for (const pod of pods)
    if (pod.metadata.deletionTimestamp !== undefined && !pod.spec.nodeName && !collect(pod, ctx)) all = false;
  if (!all) requestLook(ctx.now, state, ctx);
  for (const at of state.quarantine.values()) requestLook(at, state, ctx);
}

export const podGCController: Controller<State> = {
  name: 'pod-garbage-collector',
  account: 'pod-garbage-collector',
  watches: ['Pod', 'Node'],
  init: () => ({ offsetMs: 0, terminated: new Set(), quarantine: new Map() }),
  start(state, ctx) {
    state.offsetMs = ctx.now + ctx.randomInt(PERIOD_MS);
  },
  observe(event, state, ctx) {
    if (event.kind === 'Node') {
      const node = event.object as unknown as Node;
      const old = event.old as unknown as Node | undefined;
      if (event.type === 'DELETED') {
        if (ctx.cache.podsOnNode(node.metadata.name).length > 0) requestLook(ctx.now, state, ctx);
      } else if (outOfService(node) && (old === undefined || !outOfService(old))) {
        requestLook(ctx.now, state, ctx);
      }
      return;
    }
    const { object: pod, old, type } = event as unknown as WatchEvent<Pod>;
    if (type === 'DELETED') {
      state.terminated.delete(pod.metadata.uid);
      return;
    }
    if (isPodTerminal(pod)) state.terminated.add(pod.metadata.uid);
    const threshold = ctx.config.terminatedPodGCThreshold;
    if (threshold > 0 && state.terminated.size > threshold) requestLook(ctx.now, state, ctx);
    if (
      old !== undefined &&
      old.spec.nodeName === pod.spec.nodeName &&
      old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp
    )
      return;
    if (concerns(pod, ctx)) requestLook(ctx.now, state, ctx);
  },
  reconfigured(state, ctx) {
    requestLook(ctx.now, state, ctx);
  },
  sync(_key, state, ctx) {
    look(state, ctx);
  },
};
