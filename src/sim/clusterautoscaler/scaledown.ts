/**
 * Fewer nodes: which are not needed, since when, and which of those go. Models
 * cluster-autoscaler/core/scaledown/{eligibility,planner,unneeded,unremovable} and simulator/cluster.go of
 * github.com/kubernetes/autoscaler.
 */
import type { Node, Pod } from '../api/types.ts';
import type { Context } from '../api/client.ts';
import { podRequests } from '../controlplane/scheduler/requests.ts';
import type { NodeInfo } from '../controlplane/scheduler/nodeinfo.ts';
import type { Millis } from '../kernel/types.ts';
import type { World } from '../node/world.ts';
import { groupNameOf, groupOf, isNodeReady } from './cloud.ts';
import {
  type BudgetsLeft,
  budgetsOf,
  drainability,
  isDaemonPod,
  isLongTerminating,
  leftOf,
} from './drainability.ts';
import type { AutoscalerOptions } from './options.ts';
import { type Simulation, unplaced } from './simulation.ts';
import type { AutoscalerState } from './state.ts';

type Ctx = Context<World>;

const SCALE_DOWN_DISABLED = 'cluster-autoscaler.kubernetes.io/scale-down-disabled';

/** A node that nobody needs, and the Pods that other nodes would take. */
export interface Unneeded {
  readonly node: Node;
  readonly group: string;
  readonly pods: readonly Pod[];
  readonly utilization: number;
}

/** What is requested of the node, of CPU or memory, whichever is more: 0 to 1. */
export function utilization(
  { pods, allocatable }: NodeInfo,
  options: AutoscalerOptions,
  now: Millis,
): number {
  let [milliCPU, memory, ownMilliCPU, ownMemory] = [0, 0, 0, 0];
  for (const pod of pods.values()) {
    const { requests } = podRequests(pod);
    if (options.ignoreDaemonSets && isDaemonPod(pod)) {
      ownMilliCPU += requests.milliCPU;
      ownMemory += requests.memory;
    } else if (!isLongTerminating(pod, now)) {
      milliCPU += requests.milliCPU;
      memory += requests.memory;
    }
  }
  return Math.max(milliCPU / (allocatable.milliCPU - ownMilliCPU), memory / (allocatable.memory - ownMemory));
}

/** The Pods that other nodes are to take where this one goes; undefined: it does not go. */
function podsToMove(
  { pods }: NodeInfo,
  options: AutoscalerOptions,
  left: BudgetsLeft,
  ctx: Ctx,
): Pod[] | undefined {
  const moved: Pod[] = [];
  for (const pod of pods.values()) {
    const fate = drainability(pod, options, left, ctx);
    if (typeof fate === 'object') return undefined;
    if (fate === 'move') moved.push(pod);
  }
  return moved;
}

/** Moves a node's Pods to the others, if they take them all: what follows goes by it. */
function moveAll(pods: readonly Pod[], others: readonly string[], simulation: Simulation): boolean {
  const { mark } = simulation;
  for (const pod of pods) {
    simulation.remove(pod);
    if (simulation.placeOn(unplaced(pod), others) !== undefined) continue;
    simulation.revert(mark);
    return false;
  }
  return true;
}

/** How many nodes a group is to have, without those on their way out. */
function sizeOf(group: string, { removals }: AutoscalerState, { world }: Ctx): number {
  const leaving = [...removals.values()].filter((one) => one.group === group).length;
  return groupOf(world, group).target - leaving;
}

const leastOf = (group: string, { groups }: AutoscalerOptions, { config }: Ctx): number =>
  config.planted === 'autoscaler-ignores-minimum' ? 0 : groups.find(({ name }) => name === group)!.min;

/** Looks which nodes are not needed, and remembers since when. @returns them, in the order of the nodes */
export function findUnneeded(
  simulation: Simulation,
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
): Unneeded[] {
  const left: BudgetsLeft = new Map();
  const found: Unneeded[] = [];
  const gone = new Set<string>();
  for (const [name, until] of state.unremovable) if (until <= ctx.now) state.unremovable.delete(name);
  for (const name of simulation.names) {
    const info = simulation.node(name)!;
    const node = ctx.cache.get('Node', '', name);
    const group = groupNameOf(options.groups, name);
    if (node === undefined || group === undefined || state.unremovable.has(name)) continue;
    if (node.metadata.annotations?.[SCALE_DOWN_DISABLED] === 'true') continue;
    if (sizeOf(group, state, ctx) <= leastOf(group, options, ctx)) continue;
    const used = utilization(info, options, ctx.now);
    if (used > options.utilizationThreshold) continue;
    const pods = podsToMove(info, options, left, ctx);
    const others = simulation.names.filter((other) => other !== name && !gone.has(other));
    if (pods === undefined || !moveAll(pods, others, simulation)) {
      state.unremovable.set(name, ctx.now + options.unremovableRecheckMs);
      continue;
    }
    for (const budget of pods.flatMap((pod) => budgetsOf(pod, ctx)))
      left.set(budget.metadata.uid, leftOf(budget, left) - 1);
    gone.add(name);
    found.push({ node, group, pods, utilization: used });
  }
  for (const name of state.unneeded.keys()) if (!gone.has(name)) state.unneeded.delete(name);
  for (const name of gone) if (!state.unneeded.has(name)) state.unneeded.set(name, ctx.now);
  return found;
}

/** When a node that is not needed has been so for long enough. */
export const removableAt = (node: Node, options: AutoscalerOptions, state: AutoscalerState): Millis =>
  state.unneeded.get(node.metadata.name)! + (isNodeReady(node) ? options.unneededMs : options.unreadyMs);

/** When the autoscaler may take nodes away again after what it did last. */
export const cooledDownAt = (options: AutoscalerOptions, state: AutoscalerState): Millis =>
  Math.max(
    state.lastScaleUp + options.delayAfterAddMs,
    state.lastDelete + options.delayAfterDeleteMs,
    state.lastFailure + options.delayAfterFailureMs,
  );

/** Which of the nodes that are not needed go now: empty ones first, of those with Pods one at a time. */
export function nodesToRemove(
  unneeded: readonly Unneeded[],
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
): Unneeded[] {
  const removals = [...state.removals.values()];
  let free = options.maxParallel - removals.length;
  let drains = options.maxDrains - removals.filter(({ drain }) => drain).length;
  const sizes = new Map<string, number>();
  const chosen: Unneeded[] = [];
  const due = unneeded.filter(({ node }) => removableAt(node, options, state) < ctx.now);
  const isEmpty = ({ pods }: Unneeded): boolean => pods.length === 0;
  for (const one of [...due.filter(isEmpty), ...due.filter((u) => !isEmpty(u))]) {
    const size = sizes.get(one.group) ?? sizeOf(one.group, state, ctx);
    if (size <= leastOf(one.group, options, ctx) || free < 1 || (!isEmpty(one) && drains < 1)) continue;
    sizes.set(one.group, size - 1);
    free -= 1;
    if (!isEmpty(one)) drains -= 1;
    chosen.push(one);
  }
  return chosen;
}
