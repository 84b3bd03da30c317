/**
 * One attempt to place one pod: filter, score, assume, bind; or preempt, and say why not.
 * Models pkg/scheduler/schedule_one.go. Scheduling and binding happen at one moment, the end of the cycle's
 * latency.
 */
import type { Context } from '../../api/client.ts';
import { withPodCondition } from '../../api/conditions.ts';
import { ApiError, isReason } from '../../api/errors.ts';
import type { Pod, PodCondition } from '../../api/types.ts';
import { assumePod, dropPod, isAssumed } from './cache.ts';
import { evictVictims } from './evict.ts';
import { newCycle } from './cyclestate.ts';
import { eventNote, fitError, NO_NODES } from './message.ts';
import { preempt } from './preemption.ts';
import {
  activate,
  dequeue,
  nominate,
  NO_NODES as WAITS_FOR_NODE,
  nominatedTo,
  onEvent,
  pop,
  requeue,
  unnominate,
  type QueuedPod,
} from './queue.ts';
import { findNodes, newDiagnosis, scoreNodes, selectHost, type Nominated } from './run.ts';
import { lookupsOf, type SchedulerState } from './state.ts';

/** Tries the next pod of the queue; nothing when it is empty. */
export function scheduleOne(state: SchedulerState, ctx: Context): void {
  const item = pop(state.queue, ctx.now);
  if (item !== undefined) schedule(item, state, ctx.because(item.cause));
}

function schedule(item: QueuedPod, state: SchedulerState, ctx: Context): void {
  const { pod } = item;
  const { uid, namespace = 'default', name } = pod.metadata;
  if (pod.metadata.deletionTimestamp !== undefined) {
    ctx.event(pod, 'Warning', 'FailedScheduling', `skip schedule deleting pod: ${namespace}/${name}`);
    dequeue(state.queue, uid);
    return;
  }
  if (isAssumed(state.cache, uid)) {
    dequeue(state.queue, uid);
    return;
  }
  const { cache } = state;
  const total = cache.nodes.size;
  if (total === 0) {
    fail(state, item, ctx, {
      message: NO_NODES,
      reason: 'Unschedulable',
      plugins: [WAITS_FOR_NODE],
      nominate: '',
    });
    return;
  }
  const cycle = newCycle(pod, cache, lookupsOf(state, ctx), ctx.config.formerly, ctx.config.planted);
  const diagnosis = newDiagnosis();
  const nominated: Nominated = (node) => nominatedTo(state.queue, node);
  const feasible = findNodes(cycle, state.nextStart, diagnosis, nominated);
  const { nodes } = feasible;
  state.nextStart = (state.nextStart + feasible.processed) % total;
  if (nodes.length > 0) {
    const host =
      nodes.length === 1
        ? nodes[0]!
        : selectHost(nodes, scoreNodes(cycle, feasible), (below) => ctx.randomInt(below));
    bind(state, item, host.name, ctx);
    return;
  }
  const result = preempt(cycle, diagnosis, nominated, (below) => ctx.randomInt(below));
  const plugins = [...diagnosis.plugins].sort();
  if (!('candidate' in result)) {
    fail(state, item, ctx, {
      message: fitError(total, diagnosis, result.message),
      reason: 'Unschedulable',
      plugins,
      ...(result.clear ? { nominate: '' } : {}),
    });
    return;
  }
  const done = evictVictims(state, pod, result.candidate, ctx);
  fail(state, item, ctx, {
    message: fitError(total, diagnosis, ''),
    reason: 'Unschedulable',
    plugins,
    nominate: result.candidate.node,
  });
  if (!done) activate(state.queue, uid);
}

function bind(state: SchedulerState, item: QueuedPod, node: string, ctx: Context): void {
  const { pod } = item;
  const { uid, namespace = 'default', name } = pod.metadata;
  const assumed: Pod = { ...pod, spec: { ...pod.spec, nodeName: node } };
  if (ctx.config.planted === 'scheduler-forgets-assumed') dropPod(state.cache, uid);
  else assumePod(state.cache, assumed, node);
  unnominate(state.queue, uid);
  try {
    ctx.api.bind(namespace, name, uid, node);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    dropPod(state.cache, uid);
    onEvent(state.queue, { type: 'podDelete', pod: assumed }, lookupsOf(state, ctx), ctx);
    fail(state, item, ctx, {
      message: `binding rejected: ${error.message}`,
      reason: 'SchedulerError',
      plugins: [],
      nominate: '',
    });
    return;
  }
  dequeue(state.queue, uid);
  ctx.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${node}`);
}

interface Failure {
  readonly message: string;
  readonly reason: 'Unschedulable' | 'SchedulerError';
  readonly plugins: string[];
  /** The node nominated; '' takes a nomination back; absent leaves it as it is. */
  readonly nominate?: string;
}

function fail(state: SchedulerState, item: QueuedPod, ctx: Context, failure: Failure): void {
  const { uid, namespace = 'default', name } = item.pod.metadata;
  const cached = ctx.cache.get('Pod', namespace, name);
  const known = cached !== undefined && cached.metadata.uid === uid ? cached : undefined;
  const pod = known ?? item.pod;
  if (known === undefined || known.spec.nodeName) dequeue(state.queue, uid);
  else {
    requeue(state.queue, item, known, failure.plugins, ctx.now);
    if (failure.nominate !== undefined) nominate(state.queue, known, failure.nominate || undefined);
  }
  ctx.event(pod, 'Warning', 'FailedScheduling', eventNote(failure.message));
  writeStatus(pod, ctx, failure);
}

/** A condition says of which generation it speaks. */
const observedAt = (pod: Pod, condition: PodCondition): PodCondition =>
  pod.metadata.generation === undefined
    ? condition
    : { ...condition, observedGeneration: pod.metadata.generation };

/** PodScheduled=False and the nomination, written only when they change. */
function writeStatus(pod: Pod, ctx: Context, failure: Failure): void {
  const condition = {
    type: 'PodScheduled',
    status: 'False' as const,
    reason: failure.reason,
    message: failure.message,
  };
  const status = withPodCondition(pod.status, condition, ctx.now);
  const renominated =
    failure.nominate !== undefined && failure.nominate !== (pod.status.nominatedNodeName ?? '');
  if (status === pod.status && !renominated) return;
  const patch = {
    ...(status === pod.status
      ? {}
      : { conditions: [observedAt(pod, status.conditions!.find((c) => c.type === condition.type)!)] }),
    ...(renominated ? { nominatedNodeName: failure.nominate || null } : {}),
  };
  try {
    ctx.api.patch(
      'Pod',
      pod.metadata.namespace ?? 'default',
      pod.metadata.name,
      'strategic',
      { status: patch },
      { subresource: 'status' },
    );
  } catch (error) {
    // The next attempt writes it; a pod that is gone needs it no more.
    if (!(error instanceof ApiError) || isReason(error, 'Invalid', 'BadRequest')) throw error;
  }
}
