/**
 * Deletes pods from nodes with NoExecute taints they do not tolerate, or no longer.
 * Models pkg/controller/tainteviction (taint_eviction.go, timed_workers.go). Keys: `node/name`,
 * `pod/namespace/name`, `evict/namespace/name`. Upstream drops an eviction that fails five times within 50 ms
 * (a restarted manager takes it up again); here it is retried with back-off.
 */
import type { WatchEvent } from '../../api/client.ts';
import { withPodCondition } from '../../api/conditions.ts';
import { isNotFound } from '../../api/errors.ts';
import type { Node, Pod, Taint, Toleration } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { splitKey, standIn } from '../refs.ts';
import { noExecuteTaints } from '../../api/tolerations.ts';
import { shortestTolerationMs, usedTolerations } from './tolerations.ts';

/** An eviction to come, or one that was carried out (kept so that it is not begun again). */
interface Eviction {
  readonly since: Millis;
  readonly at: Millis;
  readonly done: boolean;
}

export interface TaintEvictionState {
  tainted: Map<string, readonly Taint[]>;
  /** Pod `namespace/name` to its eviction. */
  evictions: Map<string, Eviction>;
}
type State = TaintEvictionState;

const keyOf = (pod: Pod): string => `${pod.metadata.namespace}/${pod.metadata.name}`;

function about(podKey: string, ctx: ControllerContext): Parameters<ControllerContext['event']>[0] {
  const [namespace, name] = splitKey(podKey);
  return ctx.cache.get('Pod', namespace, name) ?? standIn('v1', 'Pod', namespace, name);
}

/** Calls an eviction off; says so when it had not begun. */
function cancel(podKey: string, state: State, ctx: ControllerContext): void {
  if (ctx.config.planted === 'taint-eviction-not-cancelled') return;
  const eviction = state.evictions.get(podKey);
  if (eviction === undefined) return;
  state.evictions.delete(podKey);
  // One that is due at once has begun as soon as it is decided.
  if (!eviction.done && eviction.at > eviction.since) {
    ctx.event(about(podKey, ctx), 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${podKey}`);
  }
}

function plan(podKey: string, since: Millis, at: Millis, state: State, ctx: ControllerContext): void {
  if (state.evictions.has(podKey)) return;
  state.evictions.set(podKey, { since, at, done: false });
  ctx.queue.addAfter(`evict/${podKey}`, Math.max(0, at - ctx.now), { timeout: true });
}

/** Decides anew for a pod of a tainted node. */
function processPod(
  podKey: string,
  tolerations: readonly Toleration[],
  taints: readonly Taint[],
  state: State,
  ctx: ControllerContext,
): void {
  if (taints.length === 0) cancel(podKey, state, ctx);
  const used = usedTolerations(taints, tolerations);
  if (used === undefined) {
    cancel(podKey, state, ctx);
    plan(podKey, ctx.now, ctx.now, state, ctx);
    return;
  }
  const lastsMs = ctx.config.planted === 'toleration-seconds-ignored' ? 0 : shortestTolerationMs(used);
  if (lastsMs === undefined) {
    cancel(podKey, state, ctx);
    return;
  }
  let since = ctx.now;
  const running = state.evictions.get(podKey);
  if (running !== undefined && !running.done && running.at > running.since) {
    // The clock that runs is kept: a longer toleration given now does not lengthen it.
    since = running.since;
    if (since + lastsMs < ctx.now + lastsMs) return;
    cancel(podKey, state, ctx);
  }
  plan(podKey, since, ctx.now + lastsMs, state, ctx);
}

function evict(podKey: string, state: State, ctx: ControllerContext): void {
  const eviction = state.evictions.get(podKey);
  if (eviction === undefined || eviction.done) return;
  if (ctx.now < eviction.at) {
    // A timer of an eviction that was called off.
    ctx.queue.addAfter(`evict/${podKey}`, eviction.at - ctx.now, { timeout: true });
    return;
  }
  const [namespace, name] = splitKey(podKey);
  if (ctx.queue.retries(`evict/${podKey}`) === 0) {
    ctx.event(about(podKey, ctx), 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${podKey}`);
  }
  try {
    const live = ctx.api.get('Pod', namespace, name);
    const status = withPodCondition(
      live.status,
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'DeletionByTaintManager',
        message: 'Taint manager: deleting due to NoExecute taint',
      },
      ctx.now,
    );
    if (status !== live.status) ctx.api.updateStatus({ ...live, status });
    ctx.api.delete('Pod', namespace, name);
    state.evictions.set(podKey, { ...eviction, done: true });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    state.evictions.delete(podKey);
  }
}

function syncNode(name: string, state: State, ctx: ControllerContext): void {
  const node = ctx.cache.get('Node', '', name);
  if (node === undefined) {
    state.tainted.delete(name);
    return;
  }
  const taints = noExecuteTaints(node.spec.taints);
  if (taints.length === 0) state.tainted.delete(name);
  else state.tainted.set(name, taints);
  for (const pod of ctx.cache.podsOnNode(name)) {
    if (taints.length === 0) cancel(keyOf(pod), state, ctx);
    else processPod(keyOf(pod), pod.spec.tolerations ?? [], taints, state, ctx);
  }
}

function sameTaints(a: readonly Taint[], b: readonly Taint[]): boolean {
  return (
    a.length === b.length &&
    a.every((t, i) => t.key === b[i]!.key && t.value === b[i]!.value && t.timeAdded === b[i]!.timeAdded)
  );
}

function sameTolerations(
  a: readonly Toleration[] | undefined,
  b: readonly Toleration[] | undefined,
): boolean {
  if (a === b) return true;
  if ((a?.length ?? 0) !== (b?.length ?? 0)) return false;
  return (a ?? []).every((t, i) => {
    const o = b![i]!;
    return (
      t.key === o.key &&
      t.operator === o.operator &&
      t.value === o.value &&
      t.effect === o.effect &&
      t.tolerationSeconds === o.tolerationSeconds
    );
  });
}

export const taintEvictionController: Controller<State> = {
  name: 'taint-eviction-controller',
  account: 'node-controller',
  watches: ['Node', 'Pod'],
  init: () => ({ tainted: new Map(), evictions: new Map() }),
  observe(event, state, ctx) {
    if (event.kind === 'Node') {
      const node = event.object as unknown as Node;
      const before = noExecuteTaints((event.old as unknown as Node | undefined)?.spec.taints);
      const after = event.type === 'DELETED' ? [] : noExecuteTaints(node.spec.taints);
      if (!sameTaints(before, after)) ctx.queue.add(`node/${node.metadata.name}`);
      return;
    }
    const { object: pod, old } = event as unknown as WatchEvent<Pod>;
    const key = keyOf(pod);
    if (event.type === 'DELETED') {
      const eviction = state.evictions.get(key);
      if (eviction?.done === true) state.evictions.delete(key);
      else if (eviction !== undefined) ctx.queue.add(`pod/${key}`);
      return;
    }
    // A node whose taint is still to be handled is handled with all its pods.
    if (!pod.spec.nodeName || (!state.tainted.has(pod.spec.nodeName) && !state.evictions.has(key))) return;
    if (
      old !== undefined &&
      old.spec.nodeName === pod.spec.nodeName &&
      sameTolerations(old.spec.tolerations, pod.spec.tolerations)
    )
      return;
    ctx.queue.add(`pod/${key}`);
  },
  sync(key, state, ctx) {
    const [what, rest] = splitKey(key);
    if (what === 'node') {
      syncNode(rest, state, ctx);
    } else if (what === 'evict') {
      evict(rest, state, ctx);
    } else {
      const [namespace, name] = splitKey(rest);
      const pod = ctx.cache.get('Pod', namespace, name);
      if (pod === undefined) {
        cancel(rest, state, ctx);
        return;
      }
      const taints = pod.spec.nodeName ? state.tainted.get(pod.spec.nodeName) : undefined;
      if (taints !== undefined) processPod(rest, pod.spec.tolerations ?? [], taints, state, ctx);
    }
  },
};
