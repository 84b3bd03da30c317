/**
 * kube-scheduler with its default profile: a queue of pods, a cache of nodes, one pod a cycle.
 * Models pkg/scheduler/scheduler.go. A restart builds everything anew from the watch.
 */
import type { ApiComponent, Context } from '../../api/client.ts';
import { type CallRate, takeCalls, untilNextCallMs } from '../../api/ratelimit.ts';
import { volumesOverdue } from './binding.ts';
import { scheduleOne } from './cycle.ts';
import { observe } from './observe.ts';
import { flushBackoff, flushUnschedulable, FLUSH_PERIOD_MS } from './queue.ts';
import { emptyState, type SchedulerState, type SchedulerTask } from './state.ts';

/** Sees to it that whatever waits is looked at again: now, after a back-off, or after 5 minutes. */
function arm(state: SchedulerState, ctx: Context): void {
  const { queue } = state;
  if (!state.cycleDue && queue.ready > 0) {
    state.cycleDue = true;
    // A binding that may not be asked for yet holds the next pod up. Upstream it would wait beside it.
    const waitMs = untilNextCallMs(state.bucket, rateOf(ctx), ctx.now);
    ctx.schedule(Math.max(ctx.latency('scheduling'), waitMs), { type: 'cycle' });
  }
  if (queue.errorBackoff.length > 0) {
    const at = flushBackoff(queue, ctx.now);
    if (at !== undefined && (state.retryAt === undefined || at < state.retryAt)) {
      state.retryAt = at;
      // While the API server cannot be reached this goes on and on: a settled cluster may hold it.
      ctx.schedule(at - ctx.now, { type: 'retry' }, { timeout: true });
    }
    if (!state.cycleDue && queue.ready > 0) arm(state, ctx);
  }
  if (state.flushAt === undefined && queue.unschedulable.size > 0)
    armFlush(state, ctx, flushUnschedulable(queue, ctx));
}

function armFlush(state: SchedulerState, ctx: Context, due: number | undefined): void {
  if (due === undefined) return;
  const at = (Math.floor(due / FLUSH_PERIOD_MS) + 1) * FLUSH_PERIOD_MS;
  state.flushAt = at;
  ctx.schedule(at - ctx.now, { type: 'flush' }, { timeout: true });
}

const rateOf = ({ config }: Context): CallRate => ({
  qps: config.schedulerKubeAPIQPS,
  burst: config.schedulerKubeAPIBurst,
});

function cycle(state: SchedulerState, ctx: Context): void {
  const before = ctx.calls;
  scheduleOne(state, ctx);
  takeCalls(state.bucket, rateOf(ctx), ctx.now, ctx.calls - before);
}

export const scheduler: ApiComponent<SchedulerState, SchedulerTask> = {
  component: 'kube-scheduler',
  user: () => 'system:kube-scheduler',
  // Pods last: at start they find their nodes, owners and services there.
  watches: () => [
    {
      kinds: [
        'Namespace',
        'StorageClass',
        'CSINode',
        'PersistentVolume',
        'PersistentVolumeClaim',
        'Node',
        'Service',
        'ReplicaSet',
        'StatefulSet',
        'PodDisruptionBudget',
        'Pod',
      ],
    },
  ],
  start: emptyState,
  observe(event, state, ctx) {
    observe(event, state, ctx);
    arm(state, ctx);
  },
  handle(task, state, ctx) {
    switch (task.type) {
      case 'cycle':
        state.cycleDue = false;
        cycle(state, ctx);
        break;
      case 'retry':
        state.retryAt = undefined;
        break;
      case 'flush':
        state.flushAt = undefined;
        armFlush(state, ctx, flushUnschedulable(state.queue, ctx));
        break;
      case 'volumesOverdue':
        volumesOverdue(state, task.uid, ctx);
        break;
      default:
    }
    arm(state, ctx);
  },
  reconnected(state, ctx) {
    arm(state, ctx);
  },
};
