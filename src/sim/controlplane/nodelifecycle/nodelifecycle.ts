/**
 * Notices silent and unready nodes, says so in their conditions, and taints them.
 * Models pkg/controller/nodelifecycle/node_lifecycle_controller.go. The real monitor ticks every five seconds whatever happens; this one ticks on the
 * same grid, but only when a tick can change something. Keys: `monitor` (a tick), `taints` (the NoExecute pass), `node/name` (NoSchedule taints),
 * `pod/namespace/name` (a pod that came to an unready node). Labels beta.kubernetes.io/os and arch are not reconciled.
 */
import type { WatchEvent } from '../../api/client.ts';
import { ApiError, isConflict, isNotFound } from '../../api/errors.ts';
import { podCondition, withPodCondition } from '../../api/conditions.ts';
import { rfc3339 } from '../../api/time.ts';
import type { Node, Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { splitKey, standIn } from '../refs.ts';
import {
  changeTaints, countsForDisruption, hasTaint, noScheduleDifference, NOT_READY, readyCondition, UNREACHABLE, zoneKey,
} from './conditions.ts';
import { graceMs, look, NEVER, tickAtOrAfter, tickAtOrBefore, unknownConditions, type NodeHealth, type Phase } from './health.ts';
import {
  addToTainter, evictionRate, newTainter, nextTokenAt, removeFromTainter, swapRate, takeToken, zoneState, type Tainter, type ZoneState,
} from './zones.ts';

const SOURCE = { source: 'node-controller' };
const HEALTH_UPDATE_TRIES = 5;
/** NodeEvictionPeriod. */
const PASS_PERIOD_MS = 100;
const PASS_RETRY_MS = 50;

export interface NodeLifecycleState {
  /** Where the grids of ticks and of NoExecute passes begin. */
  tickOffsetMs: Millis;
  passOffsetMs: Millis;
  /** When the next tick is due; NEVER for none. */
  tickAt: Millis;
  /** The last tick; NEVER for none. */
  lastTick: Millis;
  /** Name to uid of the nodes of the last tick. */
  known: Map<string, string>;
  health: Map<string, NodeHealth>;
  /** When a node's kubelet last posted a status. */
  postedAt: Map<string, Millis>;
  zoneStates: Map<string, ZoneState>;
  tainters: Map<string, Tainter>;
  /** Nodes whose pods could not all be marked. */
  retry: Set<string>;
}
type State = NodeLifecycleState;

const phaseOf = (state: State, ctx: ControllerContext): Phase => ({ offsetMs: state.tickOffsetMs, periodMs: ctx.config.nodeMonitorPeriodMs });

function requestTick(at: Millis, state: State, ctx: ControllerContext): void {
  const tick = tickAtOrAfter(phaseOf(state, ctx), Math.max(at, ctx.now, state.lastTick + 1));
  if (state.tickAt !== NEVER && state.tickAt <= tick) return;
  state.tickAt = tick;
  ctx.queue.addAfter('monitor', tick - ctx.now, { timeout: false });
}

// ---- taints

/** Adds and removes taints on the node as it is now (SwapNodeControllerTaint). @returns the node as written */
function swapTaints(node: Node, add: readonly { key: string; effect: string }[], remove: readonly { key: string; effect: string }[], ctx: ControllerContext): Node {
  const live = ctx.api.get('Node', '', node.metadata.name);
  const timeAdded = rfc3339(ctx.now);
  const taints = live.spec.taints ?? [];
  const next = changeTaints(taints, add.map((t) => ({ key: t.key, timeAdded, effect: t.effect as 'NoExecute' })), remove as { key: string; effect: 'NoExecute' }[]);
  if (next === taints) return live;
  const { taints: _, ...spec } = live.spec;
  return ctx.api.update({ ...live, spec: next.length === 0 ? spec : { ...spec, taints: [...next] } });
}

const noExecute = (key: string): { key: string; effect: string } => ({ key, effect: 'NoExecute' });

function tainterOf(node: Node, state: State, ctx: ControllerContext): Tainter {
  const zone = zoneKey(node);
  let tainter = state.tainters.get(zone);
  if (tainter === undefined) state.tainters.set(zone, (tainter = newTainter(ctx.config.nodeEvictionRate, ctx.now)));
  return tainter;
}

/** Takes the NoExecute taints off a node and out of the queue. @returns whether anything changed */
function markReachable(node: Node, state: State, ctx: ControllerContext): boolean {
  const remove = [UNREACHABLE, NOT_READY].filter((key) => hasTaint(node, key, 'NoExecute')).map(noExecute);
  if (remove.length > 0) swapTaints(node, [], remove, ctx);
  return removeFromTainter(tainterOf(node, state, ctx), node.metadata.name) || remove.length > 0;
}

/** @returns whether anything changed */
function markForTainting(node: Node, key: string, state: State, ctx: ControllerContext): boolean {
  const tainter = tainterOf(node, state, ctx);
  const { name } = node.metadata;
  const waited = tainter.waiting.some((w) => w.node === name);
  if (!hasTaint(node, key, 'NoExecute')) removeFromTainter(tainter, name);
  return addToTainter(tainter, name, ctx.now) && !waited;
}

/** What the Ready condition seen at the start of the tick asks for. @returns whether anything changed */
function taintByReadiness(node: Node, observed: string, state: State, ctx: ControllerContext): boolean {
  if (observed === 'True') return markReachable(node, state, ctx);
  const [key, opposite] = observed === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
  if (!hasTaint(node, opposite, 'NoExecute')) return markForTainting(node, key, state, ctx);
  swapTaints(node, [noExecute(key)], [noExecute(opposite)], ctx);
  return true;
}

/** One NoExecute pass over the queues, and the next one when it is due. */
function taintingPass(state: State, ctx: ControllerContext): void {
  for (const tainter of state.tainters.values()) {
    while (tainter.waiting.length > 0 && tainter.waiting[0]!.at <= ctx.now && takeToken(tainter, ctx.now)) {
      const [{ node: name }] = tainter.waiting.splice(0, 1) as [{ node: string; at: Millis }];
      if (!taintOne(name, ctx)) tainter.waiting.push({ node: name, at: ctx.now + PASS_RETRY_MS });
    }
  }
  schedulePass(state, ctx);
}

/** What is done about a silent node is done because its Lease was not renewed any more, not because a tick came round. */
function blameSilence(name: string, ctx: ControllerContext): void {
  const lease = ctx.heartbeat(name);
  if (lease?.renewing === false && lease.entry !== undefined) ctx.cause = lease.entry;
}

/** @returns false when it is to be tried again */
function taintOne(name: string, ctx: ControllerContext): boolean {
  const node = ctx.cache.get('Node', '', name);
  if (node === undefined) return true;
  const condition = readyCondition(node);
  if (condition === undefined) return false;
  if (condition.status === 'True') return true;
  const [key, opposite] = condition.status === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
  blameSilence(name, ctx);
  try {
    swapTaints(node, [noExecute(key)], [noExecute(opposite)], ctx);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return isNotFound(error);
  }
}

function schedulePass(state: State, ctx: ControllerContext): void {
  let due: Millis | undefined;
  for (const tainter of state.tainters.values()) {
    const head = tainter.waiting[0];
    const token = nextTokenAt(tainter);
    if (head === undefined || token === undefined) continue;
    const at = Math.max(head.at, token);
    if (due === undefined || at < due) due = at;
  }
  if (due === undefined) return;
  const at = tickAtOrAfter({ offsetMs: state.passOffsetMs, periodMs: PASS_PERIOD_MS }, Math.max(due, ctx.now + 1));
  ctx.queue.addAfter('taints', at - ctx.now, { timeout: false });
}

// ---- pods of unready nodes

/** Says of pods that they are not ready, since nobody can know. @returns false when one of them could not be told */
function markPodsNotReady(pods: readonly Pod[], nodeName: string, ctx: ControllerContext): boolean {
  let all = true;
  for (const pod of pods) {
    const ready = podCondition(pod, 'Ready');
    if (pod.spec.nodeName !== nodeName || ready === undefined || ready.status === 'False') continue;
    const { reason, message } = ready;
    const condition = { type: 'Ready', status: 'False' as const, ...(reason === undefined ? {} : { reason }), ...(message === undefined ? {} : { message }) };
    try {
      ctx.api.updateStatus({ ...pod, status: withPodCondition(pod.status, condition, ctx.now) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (isNotFound(error)) continue;
      all = false;
    }
    ctx.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready', SOURCE);
  }
  return all;
}

function processPod(namespace: string, name: string, state: State, ctx: ControllerContext): void {
  const pod = ctx.cache.get('Pod', namespace, name);
  const nodeName = pod?.spec.nodeName;
  if (pod === undefined || nodeName === undefined) return;
  const health = state.health.get(nodeName);
  if (health === undefined || health.ready === '' || health.ready === 'True') return;
  if (!markPodsNotReady([pod], nodeName, ctx)) ctx.queue.addRateLimited(`pod/${namespace}/${name}`);
}

// ---- the monitor

/** Looks at one node. @returns its Ready status after the look, '' for none, undefined when it could not be updated */
function checkNode(cached: Node, tick: Millis, state: State, ctx: ControllerContext): { ready: string | undefined; changed: boolean; wakeAt?: Millis } {
  const { name } = cached.metadata;
  const phase = phaseOf(state, ctx);
  const lease = ctx.heartbeat(name);
  blameSilence(name, ctx);
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
      state.health.set(name, { ...health, ready: 'Unknown', heartbeat: readyCondition(node)?.lastHeartbeatTime ?? '' });
      ready = 'Unknown';
      changed = true;
      break;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const live = isConflict(error) && tries < HEALTH_UPDATE_TRIES ? ctx.api.find('Node', '', name) : undefined;
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
  if ((fell || (state.retry.has(name) && observed !== 'True')) && !markPodsNotReady(ctx.cache.podsOnNode(name), name, ctx)) {
    state.retry.add(name);
    changed = true;
  } else {
    state.retry.delete(name);
  }
  return { ready, changed, wakeAt };
}

function addZone(node: Node, state: State, ctx: ControllerContext): void {
  const zone = zoneKey(node);
  if (state.zoneStates.has(zone)) return;
  state.zoneStates.set(zone, 'Initial');
  state.tainters.set(zone, newTainter(ctx.config.nodeEvictionRate, ctx.now));
}

/** Registers new nodes, which start without NoExecute taints of ours, and forgets those that are gone. @returns whether there were any */
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
    ctx.event(node, 'Normal', 'RegisteredNode', `Node ${name} event: Registered Node ${name} in Controller`, SOURCE);
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
    ctx.event(standIn('v1', 'Node', '', name, uid), 'Normal', 'RemovingNode', `Node ${name} event: Removing Node ${name} from Controller`, SOURCE);
  }
  return changed;
}

/** Adjusts the rates to the states of the zones; when no node of the cluster is ready, evictions stop. @returns whether a state changed */
function handleDisruption(readyByZone: ReadonlyMap<string, readonly string[]>, nodes: readonly Node[], tick: Millis, state: State, ctx: ControllerContext): boolean {
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
    swapRate(state.tainters.get(zone)!, evictionRate(now, readyByZone.get(zone)!.length, ctx.config), ctx.now);
    state.zoneStates.set(zone, now);
    changed = true;
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
    const seen = checkNode(node, tick, state, ctx);
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

function observeNode(event: WatchEvent<Node>, state: State, ctx: ControllerContext): void {
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
  const taintsMoved = [NOT_READY, UNREACHABLE].some((key) => hasTaint(old, key, 'NoExecute') !== hasTaint(node, key, 'NoExecute'));
  if (before?.status !== after?.status || taintsMoved || zoneKey(old) !== zoneKey(node) || countsForDisruption(old) !== countsForDisruption(node)) {
    requestTick(ctx.now, state, ctx);
  }
}

function observeLease(name: string, state: State, ctx: ControllerContext): void {
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
  watches: ['Node', 'Pod', 'Lease'],
  init: () => ({
    tickOffsetMs: 0, passOffsetMs: 0, tickAt: NEVER, lastTick: NEVER, known: new Map(), health: new Map(), postedAt: new Map(), zoneStates: new Map(), tainters: new Map(),
    retry: new Set(),
  }),
  start(state, ctx) {
    state.tickOffsetMs = ctx.now + ctx.randomInt(ctx.config.nodeMonitorPeriodMs);
    state.passOffsetMs = ctx.now + ctx.randomInt(PASS_PERIOD_MS);
  },
  observe(event, state, ctx) {
    if (event.kind === 'Node') {
      observeNode(event as unknown as WatchEvent<Node>, state, ctx);
    } else if (event.kind === 'Lease') {
      if (event.object.metadata.namespace === 'kube-node-lease') observeLease(event.object.metadata.name, state, ctx);
    } else if (event.type !== 'DELETED') {
      const pod = event.object as unknown as Pod;
      const nodeName = pod.spec.nodeName;
      if (nodeName === undefined || nodeName === '' || nodeName === (event.old as unknown as Pod | undefined)?.spec.nodeName) return;
      const ready = state.health.get(nodeName)?.ready;
      if (ready !== undefined && ready !== '' && ready !== 'True') ctx.queue.add(`pod/${pod.metadata.namespace}/${pod.metadata.name}`);
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
