/**
 * Notices silent and unready nodes, says so in their conditions, and taints them.
 * Models pkg/controller/nodelifecycle/node_lifecycle_controller.go. The real monitor ticks every five seconds
 * whatever happens; this one ticks on the same grid, but only when a tick can change something. Keys:
 * `monitor` (a tick), `taints` (the NoExecute pass), `node/name` (NoSchedule taints), `pod/namespace/name` (a
 * pod that came to an unready node). Labels beta.kubernetes.io/os and arch are not reconciled.
 */
import type { Context, WatchEvent } from '../../api/client.ts';
import { ApiError, isConflict } from '../../api/errors.ts';
import type { Node, Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { splitKey, standIn } from '../refs.ts';
import {
  countsForDisruption,
  hasTaint,
  noScheduleDifference,
  NOT_READY,
  readyCondition,
  UNREACHABLE,
  zoneKey,
} from './conditions.ts';
import { addZone, handleDisruption } from './disruption.ts';
import {
  graceMs,
  look,
  NEVER,
  tickAtOrAfter,
  tickAtOrBefore,
  unknownConditions,
  type Phase,
} from './health.ts';
import { markPodsNotReady, processPod } from './pods.ts';
import { SOURCE, type NodeLifecycleState } from './state.ts';
import {
  becauseSilent,
  markReachable,
  PASS_PERIOD_MS,
  schedulePass,
  swapTaints,
  taintByReadiness,
  taintingPass,
} from './tainting.ts';

export type { NodeLifecycleState };

const HEALTH_UPDATE_TRIES = 5;

type State = NodeLifecycleState;

const phaseOf = (state: State, ctx: Pick<Context, 'config'>): Phase => ({
  offsetMs: state.tickOffsetMs,
  periodMs: ctx.config.nodeMonitorPeriodMs,
});

function requestTick(at: Millis, state: State, ctx: ObserverContext): void {
  const tick = tickAtOrAfter(phaseOf(state, ctx), Math.max(at, ctx.now, state.lastTick + 1));
  if (state.tickAt !== NEVER && state.tickAt <= tick) return;
  state.tickAt = tick;
  ctx.queue.addAfter('monitor', tick - ctx.now, { timeout: false });
}

// ---- the monitor

/**
 * Looks at one node. @returns its Ready status after the look, '' for none, undefined when it could not be
 * updated
 */
function checkNode(
  cached: Node,
  tick: Millis,
  state: State,
  ctx: Context,
): { ready: string | undefined; changed: boolean; wakeAt?: Millis } {
  const { name } = cached.metadata;
  const phase = phaseOf(state, ctx);
  const lease = ctx.heartbeat(name);
  let node = cached;
  let observed = '';
  let ready = '';
  let changed = false;
  let wakeAt: Millis | undefined;
  for (let tries = 1; ; tries++) {
    const condition = readyCondition(node);
    observed = condition?.status ?? 'Unknown';
    ready = condition?.status ?? '';
    const health = look(state.health.get(name), node, lease, state.postedAt.get(name), phase, tick);
    state.health.set(name, health);
    if (lease?.renewing === true) break;
    // A tick of the real monitor is never early, so one that falls on the end of the grace period is past it.
    const lostAt = tickAtOrAfter(phase, health.probeAt + graceMs(node, ctx.config));
    if (tick < lostAt) {
      if (ready !== 'Unknown') wakeAt = lostAt;
      break;
    }
    const conditions = unknownConditions(node, ctx.now);
    if (conditions === undefined) break;
    try {
      node = ctx.api.updateStatus({ ...node, status: { ...node.status, conditions } });
      state.health.set(name, {
        ...health,
        ready: 'Unknown',
        heartbeat: readyCondition(node)?.lastHeartbeatTime ?? '',
      });
      ready = 'Unknown';
      changed = true;
      break;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const live =
        isConflict(error) && tries < HEALTH_UPDATE_TRIES ? ctx.api.find('Node', '', name) : undefined;
      if (live === undefined) return { ready: undefined, changed: true };
      node = live;
    }
  }
  if (ready === '') return { ready, changed, wakeAt };
  try {
    if (taintByReadiness(node, observed, state, ctx)) changed = true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    changed = true;
  }
  const fell = ready !== 'True' && observed === 'True';
  if (fell) ctx.event(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`, SOURCE);
  if (
    (fell || (state.retry.has(name) && observed !== 'True')) &&
    !markPodsNotReady(ctx.cache.podsOnNode(name), name, ctx)
  ) {
    state.retry.add(name);
    changed = true;
  } else {
    state.retry.delete(name);
  }
  return { ready, changed, wakeAt };
}

/**
 * Registers new nodes, which start without NoExecute taints of ours, and forgets those that are gone.
 * @returns whether there were any
 */
function classify(nodes: readonly Node[], state: State, ctx: ControllerContext): boolean {
  let changed = false;
  const present = new Set<string>();
  for (const node of nodes) {
    const { name, uid } = node.metadata;
    present.add(name);
    addZone(node, state, ctx);
    if (state.known.has(name)) continue;
    changed = true;
    state.known.set(name, uid);
    ctx.event(
      node,
      'Normal',
      'RegisteredNode',
      `Node ${name} event: Registered Node ${name} in Controller`,
      SOURCE,
    );
    try {
      markReachable(node, state, ctx);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  for (const [name, uid] of state.known) {
    if (present.has(name)) continue;
    changed = true;
    state.known.delete(name);
    ctx.event(
      standIn('v1', 'Node', '', name, uid),
      'Normal',
      'RemovingNode',
      `Node ${name} event: Removing Node ${name} from Controller`,
      SOURCE,
    );
  }
  return changed;
}

function monitor(state: State, ctx: ControllerContext): void {
  state.tickAt = NEVER;
  const phase = phaseOf(state, ctx);
  const tick = tickAtOrBefore(phase, ctx.now);
  state.lastTick = tick;
  const nodes = ctx.cache.list('Node');
  let changed = classify(nodes, state, ctx);
  let wakeAt: Millis | undefined;
  const readyByZone = new Map<string, string[]>();
  for (const node of nodes) {
    const seen = checkNode(node, tick, state, becauseSilent(node.metadata.name, ctx));
    if (seen.changed) changed = true;
    if (seen.wakeAt !== undefined && (wakeAt === undefined || seen.wakeAt < wakeAt)) wakeAt = seen.wakeAt;
    if (seen.ready === undefined || !countsForDisruption(node)) continue;
    const zone = zoneKey(node);
    const statuses = readyByZone.get(zone);
    if (statuses === undefined) readyByZone.set(zone, [seen.ready]);
    else statuses.push(seen.ready);
  }
  if (handleDisruption(readyByZone, nodes, tick, state, ctx)) changed = true;
  schedulePass(state, ctx);
  // What changed shows at the next tick; when nothing did, further ticks would find nothing either.
  if (changed) requestTick(tick + phase.periodMs, state, ctx);
  if (wakeAt !== undefined) requestTick(wakeAt, state, ctx);
}

// ---- what calls for a look

function observeNode(event: WatchEvent<Node>, state: State, ctx: ObserverContext): void {
  const { object: node, old } = event;
  const { name } = node.metadata;
  if (event.type === 'DELETED') {
    state.retry.delete(name);
    state.health.delete(name);
    state.postedAt.delete(name);
    requestTick(ctx.now, state, ctx);
    return;
  }
  const difference = noScheduleDifference(node);
  if (difference.add.length + difference.remove.length > 0) ctx.queue.add(`node/${name}`);
  if (old === undefined) {
    requestTick(ctx.now, state, ctx);
    return;
  }
  const before = readyCondition(old);
  const after = readyCondition(node);
  if (before?.lastHeartbeatTime !== after?.lastHeartbeatTime) state.postedAt.set(name, ctx.now);
  const taintsMoved = [NOT_READY, UNREACHABLE].some(
    (key) => hasTaint(old, key, 'NoExecute') !== hasTaint(node, key, 'NoExecute'),
  );
  if (
    before?.status !== after?.status ||
    taintsMoved ||
    zoneKey(old) !== zoneKey(node) ||
    countsForDisruption(old) !== countsForDisruption(node)
  ) {
    requestTick(ctx.now, state, ctx);
  }
}

function observeLease(name: string, state: State, ctx: ObserverContext): void {
  const lease = ctx.heartbeat(name);
  if (lease?.renewing === true) return;
  const health = state.health.get(name);
  const node = ctx.cache.get('Node', '', name);
  if (node === undefined) return;
  if (health === undefined) {
    requestTick(ctx.now, state, ctx);
    return;
  }
  const phase = phaseOf(state, ctx);
  const probeAt = Math.max(health.probeAt, lease === undefined ? NEVER : tickAtOrAfter(phase, lease.last));
  requestTick(probeAt + graceMs(node, ctx.config), state, ctx);
}

export const nodeLifecycleController: Controller<State> = {
  name: 'node-lifecycle-controller',
  account: 'node-controller',
  watches: ['Node', 'Pod', 'Lease'],
  init: () => ({
    tickOffsetMs: 0,
    passOffsetMs: 0,
    tickAt: NEVER,
    lastTick: NEVER,
    known: new Map(),
    health: new Map(),
    postedAt: new Map(),
    zoneStates: new Map(),
    tainters: new Map(),
    retry: new Set(),
  }),
  start(state, ctx) {
    state.tickOffsetMs = ctx.now + ctx.randomInt(ctx.config.nodeMonitorPeriodMs);
    state.passOffsetMs = ctx.now + ctx.randomInt(PASS_PERIOD_MS);
  },
  /** Grace periods are counted anew, and the next tick gives every zone the rate of its state. */
  reconfigured(state, ctx) {
    const states = [...state.zoneStates];
    if (states.some(([, is]) => is !== 'FullDisruption'))
      for (const [zone] of states) state.zoneStates.set(zone, 'Initial');
    requestTick(ctx.now, state, ctx);
  },
  observe(event, state, ctx) {
    if (event.kind === 'Node') {
      observeNode(event as unknown as WatchEvent<Node>, state, ctx);
    } else if (event.kind === 'Lease') {
      if (event.object.metadata.namespace === 'kube-node-lease')
        observeLease(event.object.metadata.name, state, ctx);
    } else if (event.type !== 'DELETED') {
      const pod = event.object as unknown as Pod;
      const nodeName = pod.spec.nodeName;
      if (
        nodeName === undefined ||
        nodeName === '' ||
        nodeName === (event.old as unknown as Pod | undefined)?.spec.nodeName
      )
        return;
      const ready = state.health.get(nodeName)?.ready;
      if (ready !== undefined && ready !== '' && ready !== 'True')
        ctx.queue.add(`pod/${pod.metadata.namespace}/${pod.metadata.name}`);
    }
  },
  sync(key, state, ctx) {
    const [what, rest] = splitKey(key);
    if (key === 'monitor') {
      monitor(state, ctx);
    } else if (key === 'taints') {
      taintingPass(state, ctx);
    } else if (what === 'node') {
      const node = ctx.cache.get('Node', '', rest);
      if (node === undefined) return;
      const { add, remove } = noScheduleDifference(node);
      const taint = (k: string) => ({ key: k, effect: 'NoSchedule' });
      if (add.length + remove.length > 0) swapTaints(node, add.map(taint), remove.map(taint), ctx);
    } else {
      const [namespace, name] = splitKey(rest);
      processPod(namespace, name, state, ctx);
    }
  },
};
