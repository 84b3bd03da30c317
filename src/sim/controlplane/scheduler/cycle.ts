/**
 * One attempt to place one pod: filter, score, and bind (`binding.ts`); or preempt, and say why not.
 * Models pkg/scheduler/schedule_one.go.
 */
import type { Context } from '../../api/client.ts';
import { fail, placePod } from './binding.ts';
import { isAssumed } from './cache.ts';
import { evictVictims } from './evict.ts';
import { newCycle } from './cyclestate.ts';
import { fitError, NO_NODES } from './message.ts';
import { preempt } from './preemption.ts';
import { activate, dequeue, NO_NODES as WAITS_FOR_NODE, nominatedTo, pop, type QueuedPod } from './queue.ts';
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
    placePod(state, item, host.name, cycle, ctx);
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
