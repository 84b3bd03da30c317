/**
 * The taints the controller puts on nodes: NoSchedule at once, NoExecute through the rate-limited queues of
 * their zones. Models pkg/controller/nodelifecycle/node_lifecycle_controller.go (doNoExecuteTaintingPass,
 * processTaintBaseEviction, markNodeAsReachable) and pkg/controller/util/node/controller_utils.go
 * (SwapNodeControllerTaint).
 */
import { withMembers } from '../../kernel/members.ts';
import type { Context } from '../../api/client.ts';
import { ApiError, isNotFound } from '../../api/errors.ts';
import { rfc3339 } from '../../api/time.ts';
import type { Node } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { ControllerContext } from '../controller.ts';
import { changeTaints, hasTaint, NOT_READY, readyCondition, UNREACHABLE, zoneKey } from './conditions.ts';
import { tickAtOrAfter } from './health.ts';
import type { NodeLifecycleState as State } from './state.ts';
import {
  addToTainter,
  newTainter,
  nextTokenAt,
  removeFromTainter,
  takeToken,
  type Tainter,
} from './zones.ts';

/** NodeEvictionPeriod. */
export const PASS_PERIOD_MS = 100;
const PASS_RETRY_MS = 50;

/**
 * Adds and removes taints on the node as it is now (SwapNodeControllerTaint). @returns the node as written
 */
export function swapTaints(
  node: Node,
  add: readonly { key: string; effect: string }[],
  remove: readonly { key: string; effect: string }[],
  ctx: Context,
): Node {
  const live = ctx.api.get('Node', '', node.metadata.name);
  const timeAdded = rfc3339(ctx.now);
  const taints = live.spec.taints ?? [];
  const next = changeTaints(
    taints,
    add.map((t) => ({ key: t.key, timeAdded, effect: t.effect as 'NoExecute' })),
    remove as { key: string; effect: 'NoExecute' }[],
  );
  if (next === taints) return live;
  const { taints: _, ...spec } = live.spec;
  return ctx.api.update({
    ...live,
    spec: next.length === 0 ? spec : withMembers(spec, { taints: [...next] }),
  });
}

const noExecute = (key: string): { key: string; effect: string } => ({ key, effect: 'NoExecute' });

function tainterOf(node: Node, state: State, ctx: Context): Tainter {
  const zone = zoneKey(node);
  let tainter = state.tainters.get(zone);
  if (tainter === undefined)
    state.tainters.set(zone, (tainter = newTainter(ctx.config.nodeEvictionRate, ctx.now)));
  return tainter;
}

/** Takes the NoExecute taints off a node and out of the queue. @returns whether anything changed */
export function markReachable(node: Node, state: State, ctx: Context): boolean {
  const remove = [UNREACHABLE, NOT_READY].filter((key) => hasTaint(node, key, 'NoExecute')).map(noExecute);
  if (remove.length > 0) swapTaints(node, [], remove, ctx);
  return removeFromTainter(tainterOf(node, state, ctx), node.metadata.name) || remove.length > 0;
}

/** @returns whether anything changed */
function markForTainting(node: Node, key: string, state: State, ctx: Context): boolean {
  const tainter = tainterOf(node, state, ctx);
  const { name } = node.metadata;
  const waited = tainter.waiting.some((w) => w.node === name);
  if (!hasTaint(node, key, 'NoExecute')) removeFromTainter(tainter, name);
  return addToTainter(tainter, name, ctx.now) && !waited;
}

/** What the Ready condition seen at the start of the tick asks for. @returns whether anything changed */
export function taintByReadiness(node: Node, observed: string, state: State, ctx: Context): boolean {
  if (observed === 'True')
    return ctx.config.planted !== 'taint-left-on-node' && markReachable(node, state, ctx);
  const [key, opposite] = observed === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
  if (!hasTaint(node, opposite, 'NoExecute')) return markForTainting(node, key, state, ctx);
  swapTaints(node, [noExecute(key)], [noExecute(opposite)], ctx);
  return true;
}

/** One NoExecute pass over the queues, and the next one when it is due. */
export function taintingPass(state: State, ctx: ControllerContext): void {
  for (const tainter of state.tainters.values()) {
    while (tainter.waiting.length > 0 && tainter.waiting[0]!.at <= ctx.now && takeToken(tainter, ctx.now)) {
      const [{ node: name }] = tainter.waiting.splice(0, 1) as [{ node: string; at: Millis }];
      if (!taintOne(name, ctx)) tainter.waiting.push({ node: name, at: ctx.now + PASS_RETRY_MS });
    }
  }
  schedulePass(state, ctx);
}

/**
 * What is done about a silent node is done because its Lease was not renewed any more, not because a tick
 * came round.
 */
export function becauseSilent(name: string, ctx: Context): Context {
  const lease = ctx.heartbeat(name);
  return lease?.renewing === false && lease.entry !== undefined ? ctx.because(lease.entry) : ctx;
}

/** @returns false when it is to be tried again */
function taintOne(name: string, ctx: Context): boolean {
  const node = ctx.cache.get('Node', '', name);
  if (node === undefined) return true;
  const condition = readyCondition(node);
  if (condition === undefined) return false;
  if (condition.status === 'True') return true;
  const [key, opposite] = condition.status === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
  try {
    swapTaints(node, [noExecute(key)], [noExecute(opposite)], becauseSilent(name, ctx));
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return isNotFound(error);
  }
}

export function schedulePass(state: State, ctx: ControllerContext): void {
  let due: Millis | undefined;
  for (const tainter of state.tainters.values()) {
    const head = tainter.waiting[0];
    const token = nextTokenAt(tainter);
    if (head === undefined || token === undefined) continue;
    const at = Math.max(head.at, token);
    if (due === undefined || at < due) due = at;
  }
  if (due === undefined) return;
  const at = tickAtOrAfter(
    { offsetMs: state.passOffsetMs, periodMs: PASS_PERIOD_MS },
    Math.max(due, ctx.now + 1),
  );
  ctx.queue.addAfter('taints', at - ctx.now, { timeout: false });
}
