/**
 * More nodes, where Pods find no place: which group's would take them, how many, and what is said of it.
 * Models cluster-autoscaler/core/scaleup/orchestrator, estimator/binpacking_estimator.go, expander/ and
 * processors/status/eventing_scale_up_processor.go of github.com/kubernetes/autoscaler. Left out: groups
 * balanced with similar ones, limits of cores and memory, prices and priorities of groups.
 */
import { podCondition } from '../api/conditions.ts';
import { parseTime } from '../api/time.ts';
import type { Context } from '../api/client.ts';
import type { Pod } from '../api/types.ts';
import { podPriority } from '../controlplane/scheduler/podaffinity.ts';
import { podRequests } from '../controlplane/scheduler/requests.ts';
import { isOurs } from '../controlplane/scheduler/state.ts';
import { controllerOf } from '../controlplane/refs.ts';
import type { World } from '../node/world.ts';
import { groupOf, increase } from './cloud.ts';
import { backoffOf } from './groups.ts';
import type { AutoscalerOptions, GroupBounds } from './options.ts';
import type { Simulation } from './simulation.ts';
import type { AutoscalerState, Tell } from './state.ts';
import { templateNode } from './template.ts';

type Ctx = Context<World>;

const HOSTNAME = 'kubernetes.io/hostname';

/** Whom a scan looks for places for: Pods that the scheduler has found none for. */
export function unschedulablePods(
  ctx: Ctx,
  { expendablePriority, newPodScaleUpDelayMs }: AutoscalerOptions,
): Pod[] {
  return ctx.cache
    .list('Pod')
    .filter(
      (pod) =>
        !pod.spec.nodeName &&
        pod.metadata.deletionTimestamp === undefined &&
        podCondition(pod, 'PodScheduled')?.reason === 'Unschedulable' &&
        isOurs(pod) &&
        controllerOf(pod)?.kind !== 'DaemonSet' &&
        podPriority(pod) >= expendablePriority &&
        parseTime(pod.metadata.creationTimestamp) + newPodScaleUpDelayMs <= ctx.now,
    )
    .sort((a, b) => podPriority(b) - podPriority(a));
}

/** A group whose nodes would take Pods, how many of its nodes, and which Pods. */
export interface Option {
  readonly group: GroupBounds;
  readonly count: number;
  readonly pods: readonly Pod[];
  readonly waste: number;
}

interface Sized {
  readonly milliCPU: number;
  readonly memory: number;
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The most demanding Pods first (estimator/decreasing_pod_orderer.go). */
function bySize(pods: readonly Pod[], { milliCPU, memory }: Sized): Pod[] {
  const score = (pod: Pod): number => {
    const { requests } = podRequests(pod);
    return shareOf(requests.milliCPU, milliCPU) + shareOf(requests.memory, memory);
  };
  return [...pods].sort((a, b) => score(b) - score(a));
}

const spreadsOverNodes = ({ spec }: Pod): boolean =>
  spec.topologySpreadConstraints?.some(({ topologyKey }) => topologyKey === HOSTNAME) === true;

/** How many new nodes of a group, at most so many, Pods would fill, and which of them find a place there. */
export function estimate(
  group: GroupBounds,
  pods: readonly Pod[],
  most: number,
  simulation: Simulation,
  ctx: Ctx,
): Option | undefined {
  const { mark } = simulation;
  const added: string[] = [];
  const used = new Set<string>();
  const placed: Pod[] = [];
  const add = (): string => {
    const name = `${group.name}-estimated-${added.length}`;
    simulation.addNode(templateNode(group.name, name, ctx));
    added.push(name);
    return name;
  };
  const { allocatable } = simulation.node(add())!;
  for (const pod of bySize(pods, allocatable)) {
    // Nodes that are there may take the next ones of a Pod that spreads, once new ones widen the spread.
    const among = spreadsOverNodes(pod) ? simulation.names : added;
    let node = simulation.placeOn(pod, among);
    if (node === undefined && used.has(added.at(-1)!) && added.length < most) {
      node = simulation.placeOn(pod, [add()]);
    }
    if (node === undefined) continue;
    placed.push(pod);
    // As upstream counts (trackScheduledPod): a node that was there, and takes one, is asked for, too.
    used.add(node);
  }
  simulation.revert(mark);
  if (used.size === 0) return undefined;
  const wanted = placed.map((pod) => podRequests(pod).requests);
  const sum = (of: (one: Sized) => number): number => wanted.reduce((n, one) => n + of(one), 0);
  const wasted = (part: number, whole: number): number => shareOf(whole - part, whole);
  const waste =
    wasted(
      sum((one) => one.milliCPU),
      allocatable.milliCPU * used.size,
    ) +
    wasted(
      sum((one) => one.memory),
      allocatable.memory * used.size,
    );
  return { group, count: used.size, pods: placed, waste };
}

/** What an expander likes least of: the options with the lowest number pass. */
const EXPANDERS: Readonly<Record<string, (option: Option) => number>> = {
  'least-waste': ({ waste }) => waste,
  'most-pods': ({ pods }) => -pods.length,
  'least-nodes': ({ count }) => count,
  random: () => 0,
};

export function choose(
  options: readonly Option[],
  expanders: readonly string[],
  ctx: Pick<Ctx, 'randomInt'>,
): Option | undefined {
  let left = options;
  for (const name of expanders) {
    const dislike = EXPANDERS[name]!;
    const least = Math.min(...left.map(dislike));
    left = left.filter((option) => dislike(option) === least);
  }
  return left[left.length > 1 ? ctx.randomInt(left.length) : 0];
}

/** `1 Insufficient cpu, 2 max node group size reached`; empty where there is no group. */
const reasonsText = (reasons: readonly string[]): string =>
  [...new Set(reasons)].map((r) => `${reasons.filter((one) => one === r).length} ${r}`).join(', ');

/**
 * Asks a group for nodes where Pods need them.
 * @param pods find no place in the simulated cluster. @returns whether nodes were asked for
 */
export function scaleUp(
  pods: readonly Pod[],
  simulation: Simulation,
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
  tell: Tell,
): boolean {
  const reasons = new Map<Pod, string[]>(pods.map((pod) => [pod, []]));
  const room = options.maxNodesTotal === 0 ? Infinity : options.maxNodesTotal - simulation.names.length;
  const found: Option[] = [];
  for (const group of options.groups) {
    const { target } = groupOf(ctx.world, group.name);
    const skipped =
      backoffOf(group.name, state, ctx.now) !== undefined
        ? 'in backoff after failed scale-up'
        : target >= group.max
          ? 'max node group size reached'
          : undefined;
    const { mark } = simulation;
    const name = `${group.name}-template`;
    if (skipped === undefined) simulation.addNode(templateNode(group.name, name, ctx));
    const fitting = pods.filter((pod) => {
      const refusal = skipped === undefined ? simulation.refusal(pod, name) : [skipped];
      if (refusal !== undefined) reasons.get(pod)!.push(...refusal);
      return refusal === undefined;
    });
    simulation.revert(mark);
    if (fitting.length === 0 || room < 1) continue;
    const option = estimate(group, fitting, Math.min(group.max - target, room), simulation, ctx);
    if (option !== undefined) found.push(option);
  }
  const best = choose(found, options.expanders, ctx);
  if (best === undefined) {
    for (const [pod, why] of reasons) {
      const text = room < 1 ? 'max total nodes in cluster reached' : reasonsText(why);
      ctx.event(pod, 'Normal', 'NotTriggerScaleUp', `pod didn't trigger scale-up: ${text}`);
    }
    return false;
  }
  grow(best, options, state, ctx, tell);
  return true;
}

function grow(
  { group, count, pods }: Option,
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
  tell: Tell,
): void {
  const { target } = groupOf(ctx.world, group.name);
  const size = target + count;
  const change = `size to ${size} instead of ${target} (max: ${group.max})`;
  tell('Normal', 'ScaledUpGroup', `Scale-up: setting group ${group.name} ${change}`);
  increase(ctx, group.name, count);
  tell(
    'Normal',
    'ScaledUpGroup',
    `Scale-up: group ${group.name} ${change.replace('size to', 'size set to')}`,
  );
  const until = ctx.now + options.maxNodeProvisionMs;
  const known = state.requests.get(group.name);
  state.requests.set(group.name, { increase: (known?.increase ?? 0) + count, since: ctx.now, until });
  state.lastScaleUp = ctx.now;
  const said = `pod triggered scale-up: [{${group.name} ${target}->${size} (max: ${group.max})}]`;
  for (const pod of pods) ctx.event(pod, 'Normal', 'TriggeredScaleUp', said);
}
