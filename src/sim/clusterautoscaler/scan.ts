/**
 * What the cluster autoscaler does every scan interval. Models core/static_autoscaler.go of
 * github.com/kubernetes/autoscaler. A scan that would find all as the one before did is left out.
 */
import type { Context, WatchEvent } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Node, Pod } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import type { World } from '../node/world.ts';
import { backoffOf, followRequests, upcoming } from './groups.ts';
import { TO_BE_DELETED } from './names.ts';
import { type AutoscalerOptions, readFlags, wordsOf } from './options.ts';
import { beginRemoval, cleanUp, goOn, markCandidates } from './removal.ts';
import { cooledDownAt, findUnneeded, nodesToRemove, removableAt } from './scaledown.ts';
import { scaleUp, unschedulablePods } from './scaleup.ts';
import { Simulation, unplaced } from './simulation.ts';
import type { AutoscalerState, AutoscalerTask } from './state.ts';
import { teller, tellStatus } from './status.ts';
import { templateNode } from './template.ts';

type Ctx = Context<World>;

const optionsOf = ({ args, config }: Ctx): AutoscalerOptions =>
  readFlags(wordsOf(args['flags'] ?? config.clusterAutoscaler)).options;

const isLeaving = (node: Node): boolean =>
  node.spec.taints?.some(({ key }) => key === TO_BE_DELETED) === true;

/** The cluster with the nodes that are to come, and with places taken for Pods of nodes that leave. */
function simulate(options: AutoscalerOptions, ctx: Ctx): Simulation {
  const simulation = new Simulation(ctx, isLeaving);
  for (const { name } of options.groups)
    for (let i = upcoming(name, ctx); i > 0; i -= 1)
      simulation.addNode(templateNode(name, `template-node-for-${name}-${i}`, ctx));
  return simulation;
}

/** Pods of nodes that leave will be made anew: they need a place, too (currently_drained_nodes.go). */
const leaving = (ctx: Ctx): Pod[] =>
  ctx.cache
    .list('Node')
    .filter(isLeaving)
    .flatMap(({ metadata }) => ctx.cache.podsOnNode(metadata.name))
    .filter((pod) =>
      pod.metadata.ownerReferences?.some(({ controller, kind }) => controller && kind !== 'DaemonSet'),
    )
    .map(unplaced);

function scan(state: AutoscalerState, ctx: Ctx): void {
  const options = optionsOf(ctx);
  const tell = teller(ctx);
  if (!state.cleaned) {
    state.cleaned = true;
    cleanUp(ctx);
    tellStatus(false, options, state, ctx);
  }
  followRequests(options, state, ctx, tell);
  const simulation = simulate(options, ctx);
  for (const pod of leaving(ctx)) simulation.placeOn(pod, simulation.names);
  const waiting = unschedulablePods(ctx, options).filter(
    (pod) => simulation.placeOn(unplaced(pod), simulation.names) === undefined,
  );
  const grew = waiting.length > 0 && scaleUp(waiting, simulation, options, state, ctx, tell);
  if (options.scaleDown) shrink(grew, simulation, options, state, ctx);
  tellStatus(waiting.length > 0, options, state, ctx);
}

function shrink(
  grew: boolean,
  simulation: Simulation,
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
): void {
  const unneeded = findUnneeded(simulation, options, state, ctx);
  markCandidates(new Set(state.unneeded.keys()), state, ctx);
  if (grew || cooledDownAt(options, state) > ctx.now) return;
  for (const one of nodesToRemove(unneeded, options, state, ctx)) {
    // As it is with the mark that it has just been given.
    const node = ctx.api.find('Node', '', one.node.metadata.name);
    if (node !== undefined) beginRemoval({ ...one, node }, options, state, ctx, teller(ctx));
  }
}

/** When a scan may find something else although nothing happens; Infinity: it will not. */
function nextDueAt(options: AutoscalerOptions, state: AutoscalerState, ctx: Ctx): Millis {
  // The cloud tells nobody that it has failed: it is asked.
  if (state.requests.size > 0) return ctx.now;
  const cooled = cooledDownAt(options, state);
  const times = [
    ...options.groups.map(({ name }) => backoffOf(name, state, ctx.now)?.until ?? Infinity),
    ...state.unremovable.values(),
    ...[...state.unneeded.keys()].flatMap((name) => {
      const node = ctx.cache.get('Node', '', name);
      return node === undefined ? [] : Math.max(cooled, removableAt(node, options, state));
    }),
  ];
  return Math.min(...times.filter((at) => at >= ctx.now), Infinity);
}

/** Sees to it that there is a scan when there may be something to find. */
function arm(state: AutoscalerState, ctx: Ctx, options = optionsOf(ctx)): void {
  const due = state.changed ? ctx.now : nextDueAt(options, state, ctx);
  if (due === Infinity) return;
  const { scanIntervalMs } = options;
  const at = state.startedAt + (Math.floor((due - state.startedAt) / scanIntervalMs) + 1) * scanIntervalMs;
  if (state.scan !== undefined) {
    if (state.scan.at <= at) return;
    ctx.cancel(state.scan.timer);
  }
  const timer = ctx.schedule(at - ctx.now, { type: 'scan' }, { timeout: !state.changed });
  state.scan = { at, timer };
}

/** Whether a scan may find otherwise after a change. */
function matters({ kind, object, old }: WatchEvent): boolean {
  if (kind !== 'Node' && kind !== 'Pod') return kind === 'PodDisruptionBudget' || old === undefined;
  if (old === undefined) return true;
  if (kind === 'Node') return true;
  const [before, after] = [old as Pod, object as Pod];
  return (
    before.spec.nodeName !== after.spec.nodeName ||
    before.status.phase !== after.status.phase ||
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    (after.spec.nodeName ?? '') === ''
  );
}

/** Something has happened that a scan may find. */
export function changed(state: AutoscalerState, ctx: Ctx): void {
  state.changed = true;
  arm(state, ctx);
}

export function observeChange(event: WatchEvent, state: AutoscalerState, ctx: Ctx): void {
  if (matters(event)) changed(state, ctx);
}

/** A scan, or the next step of a removal. */
export function work(task: AutoscalerTask, state: AutoscalerState, ctx: Ctx): void {
  try {
    if (task.type === 'scan') {
      state.scan = undefined;
      state.changed = false;
      scan(state, ctx);
    } else goOn(task.node, optionsOf(ctx), state, ctx, teller(ctx));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    state.changed = true;
  }
  arm(state, ctx);
}
