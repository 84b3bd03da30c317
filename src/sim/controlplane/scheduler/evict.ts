/**
 * Carries a preemption out: the victims learn why, are deleted gracefully, and pods of lower priority lose
 * their promise of room. Models pkg/scheduler/framework/preemption/preemption.go (PreemptPod,
 * prepareCandidate).
 */
import type { Context } from '../../api/client.ts';
import { withPodCondition } from '../../api/conditions.ts';
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Pod } from '../../api/types.ts';
import { podPriority } from './podaffinity.ts';
import type { Candidate } from './preemption.ts';
import { nominatedTo, unnominate } from './queue.ts';
import type { SchedulerState } from './state.ts';

function evictVictim(victim: Pod, preemptor: Pod, node: string, ctx: Context): void {
  const { namespace = 'default', name } = victim.metadata;
  const condition = {
    type: 'DisruptionTarget',
    status: 'True' as const,
    reason: 'PreemptionByScheduler',
    message:
      `${preemptor.spec.schedulerName ?? 'default-scheduler'}: preempting to accommodate a higher ` +
      'priority pod',
  };
  const status = withPodCondition(victim.status, condition, ctx.now);
  try {
    if (status !== victim.status) {
      const marked = status.conditions!.find((c) => c.type === condition.type);
      ctx.api.patch(
        'Pod',
        namespace,
        name,
        'strategic',
        { status: { conditions: [marked] } },
        { subresource: 'status' },
      );
    }
    ctx.api.delete('Pod', namespace, name);
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  ctx.event(victim, 'Normal', 'Preempted', `Preempted by pod ${preemptor.metadata.uid} on node ${node}`);
}

/** Says whether all victims were dealt with; those already on their way out are left alone. */
export function evictVictims(
  state: SchedulerState,
  preemptor: Pod,
  candidate: Candidate,
  ctx: Context,
): boolean {
  const priority = podPriority(preemptor);
  try {
    for (const pod of nominatedTo(state.queue, candidate.node)) {
      if (podPriority(pod) >= priority) continue;
      unnominate(state.queue, pod.metadata.uid);
      if (!pod.status.nominatedNodeName) continue;
      ctx.api.patch(
        'Pod',
        pod.metadata.namespace ?? 'default',
        pod.metadata.name,
        'strategic',
        { status: { nominatedNodeName: null } },
        { subresource: 'status' },
      );
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  try {
    for (const victim of candidate.victims) {
      if (victim.metadata.deletionTimestamp === undefined)
        evictVictim(victim, preemptor, candidate.node, ctx);
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
  return true;
}
