/**
 * What the states of the zones do to the rate of evictions.
 * Models pkg/controller/nodelifecycle/node_lifecycle_controller.go (handleDisruption,
 * addPodEvictorForNewZone).
 */
import { ApiError } from '../../api/errors.ts';
import type { Node } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { ControllerContext } from '../controller.ts';
import { zoneKey } from './conditions.ts';
import type { NodeLifecycleState as State } from './state.ts';
import { markReachable } from './tainting.ts';
import { evictionRate, newTainter, swapRate, zoneState, type ZoneState } from './zones.ts';

/** A zone seen for the first time gets a queue of its own. */
export function addZone(node: Node, state: State, ctx: ControllerContext): void {
  const zone = zoneKey(node);
  if (state.zoneStates.has(zone)) return;
  state.zoneStates.set(zone, 'Initial');
  state.tainters.set(zone, newTainter(ctx.config.nodeEvictionRate, ctx.now));
}

/**
 * Adjusts the rates to the states of the zones; when no node of the cluster is ready, evictions stop.
 * @returns whether a state changed
 */
export function handleDisruption(
  readyByZone: ReadonlyMap<string, readonly string[]>,
  nodes: readonly Node[],
  tick: Millis,
  state: State,
  ctx: ControllerContext,
): boolean {
  const next = new Map<string, ZoneState>();
  let allFull = true;
  for (const [zone, statuses] of readyByZone) {
    const computed = zoneState(statuses, ctx.config).state;
    next.set(zone, computed);
    if (computed !== 'FullDisruption') allFull = false;
    if (!state.zoneStates.has(zone)) state.zoneStates.set(zone, 'Initial');
  }
  let allWereFull = true;
  for (const [zone, before] of state.zoneStates) {
    if (!readyByZone.has(zone)) state.zoneStates.delete(zone);
    else if (before !== 'FullDisruption') allWereFull = false;
  }
  if (allFull && allWereFull) return false;
  if (allFull) {
    for (const node of nodes) {
      try {
        markReachable(node, state, ctx);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
    }
    for (const zone of state.zoneStates.keys()) {
      swapRate(state.tainters.get(zone)!, 0, ctx.now);
      state.zoneStates.set(zone, 'FullDisruption');
    }
    return true;
  }
  if (allWereFull) {
    // The control plane may have been cut off itself: every node gets a new grace period.
    for (const [name, health] of state.health) state.health.set(name, { ...health, probeAt: tick });
  }
  let changed = allWereFull;
  for (const [zone, before] of state.zoneStates) {
    const now = next.get(zone)!;
    if (before === now && !allWereFull) continue;
    swapRate(
      state.tainters.get(zone)!,
      evictionRate(now, readyByZone.get(zone)!.length, ctx.config),
      ctx.now,
    );
    state.zoneStates.set(zone, now);
    changed = true;
  }
  return changed;
}
