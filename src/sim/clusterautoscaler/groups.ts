/**
 * What has become of nodes that were asked for: those that came, that failed to, or that took too long.
 * Models cluster-autoscaler/clusterstate/clusterstate.go and utils/backoff of
 * github.com/kubernetes/autoscaler.
 */
import type { Context } from '../api/client.ts';
import type { Millis } from '../kernel/types.ts';
import type { World } from '../node/world.ts';
import { decreaseTarget, groupOf, machinesOf } from './cloud.ts';
import type { AutoscalerOptions } from './options.ts';
import type { AutoscalerState, Backoff, Tell } from './state.ts';

/** Class and code of the error, as clouds give it. */
const CODE = 'OutOfResource.OUT_OF_RESOURCES';

/** That a group is not to grow for a while; undefined: it may. */
export function backoffOf(group: string, { backoffs }: AutoscalerState, now: Millis): Backoff | undefined {
  const backoff = backoffs.get(group);
  return backoff === undefined || backoff.until < now ? undefined : backoff;
}

/** The group does not grow for a while, each time for twice as long. */
export function backOff(
  group: string,
  code: string,
  message: string,
  { initialBackoffMs, maxBackoffMs }: AutoscalerOptions,
  { backoffs }: AutoscalerState,
  now: Millis,
): void {
  const before = backoffs.get(group);
  let durationMs = before?.durationMs ?? initialBackoffMs;
  if (before !== undefined && before.until < now) durationMs = Math.min(maxBackoffMs, 2 * durationMs);
  backoffs.set(group, { until: now + durationMs, durationMs, failedAt: now, code, message });
}

/** Nodes of the group that the API knows. */
const registered = (group: string, { world, cache }: Context<World>): number =>
  machinesOf(world, group).filter(({ name }) => cache.get('Node', '', name) !== undefined).length;

/** How many nodes are still to come. */
export const upcoming = (group: string, ctx: Context<World>): number =>
  Math.max(0, groupOf(ctx.world, group).target - registered(group, ctx));

/** Takes in what has become of each group's requests. */
export function followRequests(
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Context<World>,
  tell: Tell,
): void {
  for (const [group, { failedAt }] of state.backoffs)
    if (failedAt + options.backoffResetMs < ctx.now) state.backoffs.delete(group);
  for (const { name } of options.groups) {
    const cloud = groupOf(ctx.world, name);
    if (cloud.failed.length > 0) {
      const failed = cloud.failed.length;
      const why = `node group ${name} is out of capacity`;
      tell(
        'Warning',
        'ScaleUpFailed',
        `Failed adding ${failed} nodes to group ${name} due to ${CODE}; source errors: ${why}`,
      );
      cloud.failed = [];
      decreaseTarget(ctx.world, name, failed);
      backOff(name, CODE, why, options, state, ctx.now);
      state.requests.delete(name);
    }
    const request = state.requests.get(name);
    if (request === undefined) continue;
    const left = upcoming(name, ctx);
    if (left === 0) {
      state.requests.delete(name);
      state.backoffs.delete(name);
    } else if (request.until < ctx.now) {
      const took = `${Math.round((ctx.now - request.since) / 1000)}s`;
      const said = `Nodes added to group ${name} failed to register within ${took}`;
      tell('Warning', 'ScaleUpTimedOut', said);
      const message = `Scale-up timed out for node group ${name} after ${took}`;
      backOff(name, 'timeout', message, options, state, ctx.now);
      decreaseTarget(ctx.world, name, left);
      state.requests.delete(name);
    } else request.increase = left;
  }
}
