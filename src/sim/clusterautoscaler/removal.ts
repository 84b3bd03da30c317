/**
 * The way of a node out of the cluster: taint, eviction of its Pods, and the machine is given back. Models
 * cluster-autoscaler/core/scaledown/actuation/{actuator,drain,delete_in_batch}.go of
 * github.com/kubernetes/autoscaler.
 */
import { ApiError, isNotFound } from '../api/errors.ts';
import { EPOCH } from '../api/time.ts';
import type { Context } from '../api/client.ts';
import type { Node, Taint } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import type { World } from '../node/world.ts';
import { terminate } from './cloud.ts';
import { DELETION_CANDIDATE, TO_BE_DELETED } from './names.ts';
import type { AutoscalerOptions } from './options.ts';
import type { Unneeded } from './scaledown.ts';
import type { AutoscalerState, AutoscalerTask, Removal, Tell } from './state.ts';

type Ctx = Context<World>;

const EVICTION_RETRY_MS: Millis = 10_000;
const DISAPPEAR_POLL_MS: Millis = 5_000;
/** How much longer than their grace periods Pods may take to be gone. */
const HEADROOM_MS: Millis = 30_000;

const unixSeconds = (now: Millis): string => String(Math.floor((EPOCH + now) / 1000));

/** Takes a taint of these keys off, and puts one on. @throws ApiError */
function retaint(node: Node, gone: readonly string[], added: Taint | undefined, ctx: Ctx): void {
  const before = node.spec.taints ?? [];
  const kept = before.filter(({ key }) => !gone.includes(key));
  if (kept.length === before.length && added === undefined) return;
  const taints = added === undefined ? kept : [...kept, added];
  ctx.api.update({ ...node, spec: { ...node.spec, taints } } as Node);
}

/** The same, where it may fail: the next scan tries again. */
function retaintIfPossible(node: Node, gone: readonly string[], added: Taint | undefined, ctx: Ctx): void {
  try {
    retaint(node, gone, added, ctx);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** Takes off what an earlier life left on nodes (taints.CleanAllToBeDeleted). */
export function cleanUp(ctx: Ctx): void {
  for (const node of ctx.cache.list('Node'))
    retaintIfPossible(node, [TO_BE_DELETED, DELETION_CANDIDATE], undefined, ctx);
}

/** Marks the nodes that may go, so that Pods prefer others, and only those (actuation/softtaint.go). */
export function markCandidates(unneeded: ReadonlySet<string>, state: AutoscalerState, ctx: Ctx): void {
  for (const node of ctx.cache.list('Node')) {
    const { name } = node.metadata;
    const isMarked = node.spec.taints?.some(({ key }) => key === DELETION_CANDIDATE) === true;
    if (state.removals.has(name) || unneeded.has(name) === isMarked) continue;
    const value = unixSeconds(ctx.now);
    const mark = { key: DELETION_CANDIDATE, value, effect: 'PreferNoSchedule' } as Taint;
    if (isMarked) retaintIfPossible(node, [DELETION_CANDIDATE], undefined, ctx);
    else retaintIfPossible(node, [], mark, ctx);
  }
}

/** The first step: nothing more is scheduled there. */
export function beginRemoval(
  { node, group, pods, utilization }: Unneeded,
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
  tell: Tell,
): void {
  const { name } = node.metadata;
  const drain = pods.length > 0;
  const names = pods.map(({ metadata }) => metadata.name).join(',');
  if (drain)
    tell(
      'Normal',
      'ScaleDown',
      `Scale-down: removing node ${name}, utilization: ${utilization}, pods to reschedule: ${names}`,
    );
  else tell('Normal', 'ScaleDownEmpty', `Scale-down: removing empty node "${name}"`);
  try {
    const value = unixSeconds(ctx.now);
    retaint(node, [TO_BE_DELETED], { key: TO_BE_DELETED, value, effect: 'NoSchedule' } as Taint, ctx);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const why = `failed to mark the node as toBeDeleted/unschedulable: ${error.message}`;
    ctx.event(node, 'Warning', 'ScaleDownFailed', why);
    state.lastFailure = ctx.now;
    return;
  }
  ctx.event(node, 'Normal', 'ScaleDown', 'marked the node as toBeDeleted/unschedulable');
  const evict: Removal['evict'] = new Map(
    pods.map(({ metadata }) => [
      metadata.uid,
      { namespace: metadata.namespace ?? '', name: metadata.name, evicted: false },
    ]),
  );
  state.unneeded.delete(name);
  state.removals.set(name, { group, evict, drain, evictUntil: undefined, goneBy: undefined });
  again(name, drain ? 0 : options.deleteDelayMs, ctx);
}

const again = (node: string, delayMs: Millis, ctx: Ctx): number =>
  ctx.schedule(delayMs, { type: 'remove', node } satisfies AutoscalerTask as AutoscalerTask);

/** Asks for the eviction of the Pods that are left. @returns why one is refused; undefined: none is */
function evictPods({ evict }: Removal, options: AutoscalerOptions, ctx: Ctx): string | undefined {
  let refused: string | undefined;
  for (const [uid, one] of evict) {
    if (one.evicted) continue;
    const pod = ctx.cache.get('Pod', one.namespace, one.name);
    if (pod === undefined || pod.metadata.uid !== uid) {
      one.evicted = true;
      continue;
    }
    const grace = pod.spec.terminationGracePeriodSeconds ?? 30;
    const most = options.maxGracefulTerminationMs / 1000;
    try {
      ctx.api.evict(one.namespace, one.name, { gracePeriodSeconds: Math.min(grace, most) });
      one.evicted = true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { message } = error;
      if (isNotFound(error)) one.evicted = true;
      else
        refused =
          `failed to evict pod ${one.namespace}/${one.name} within allowed timeout ` +
          `(last error: ${message})`;
    }
  }
  return refused;
}

const remaining = (node: string, { evict }: Removal, { cache }: Ctx): boolean =>
  [...evict].some(([uid, { namespace, name }]) => {
    const pod = cache.get('Pod', namespace, name);
    return pod !== undefined && pod.metadata.uid === uid && pod.spec.nodeName === node;
  });

/** The node stays: its Pods do not go. */
function fail(name: string, removal: Removal, why: string, state: AutoscalerState, ctx: Ctx): void {
  const node = ctx.cache.get('Node', '', name);
  for (const { namespace, name: podName, evicted } of removal.evict.values()) {
    const pod = evicted ? undefined : ctx.cache.get('Pod', namespace, podName);
    if (pod !== undefined) ctx.event(pod, 'Warning', 'ScaleDownFailed', 'failed to delete pod for ScaleDown');
  }
  state.removals.delete(name);
  state.lastFailure = ctx.now;
  state.changed = true;
  if (node === undefined) return;
  ctx.event(node, 'Warning', 'ScaleDownFailed', `failed to drain and delete node: ${why}`);
  retaintIfPossible(node, [TO_BE_DELETED], undefined, ctx);
}

/** The next step of a node that is on its way out. */
export function goOn(
  name: string,
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
  tell: Tell,
): void {
  const removal = state.removals.get(name);
  const node = ctx.cache.get('Node', '', name);
  if (removal === undefined) return;
  if (node === undefined) {
    state.removals.delete(name);
    return;
  }
  if (removal.drain && removal.goneBy === undefined) {
    if (removal.evictUntil === undefined) {
      removal.evictUntil = ctx.now + options.maxPodEvictionMs;
      for (const { namespace, name: podName } of removal.evict.values()) {
        const pod = ctx.cache.get('Pod', namespace, podName);
        if (pod !== undefined) ctx.event(pod, 'Normal', 'ScaleDown', 'deleting pod for node scale down');
      }
    }
    const refused = evictPods(removal, options, ctx);
    if (refused === undefined) removal.goneBy = ctx.now + options.maxGracefulTerminationMs + HEADROOM_MS;
    else if (ctx.now >= removal.evictUntil) {
      const why = `Failed to drain node /${name}, due to following errors: [${refused}]`;
      return fail(name, removal, why, state, ctx);
    } else {
      again(name, EVICTION_RETRY_MS, ctx);
      return;
    }
  }
  if (removal.drain && remaining(name, removal, ctx)) {
    if (ctx.now < removal.goneBy!) again(name, DISAPPEAR_POLL_MS, ctx);
    else fail(name, removal, `Failed to drain node /${name}: pods remaining after timeout`, state, ctx);
    return;
  }
  terminate(ctx, removal.group, name);
  state.removals.delete(name);
  state.lastDelete = ctx.now;
  state.changed = true;
  ctx.event(node, 'Normal', 'ScaleDown', 'nodes removed by cluster autoscaler');
  if (removal.drain) tell('Normal', 'ScaleDown', `Scale-down: node ${name} removed with drain`);
  else tell('Normal', 'ScaleDownEmpty', `Scale-down: empty node ${name} removed`);
}
