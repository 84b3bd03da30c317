/**
 * Pods of nodes that are not ready.
 * Models pkg/controller/util/node/controller_utils.go (MarkPodsNotReady) and node_lifecycle_controller.go
 * (processPod).
 */
import type { Context } from '../../api/client.ts';
import { podCondition, withPodCondition } from '../../api/conditions.ts';
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Pod } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { SOURCE, type NodeLifecycleState as State } from './state.ts';

/**
 * Says of pods that they are not ready, since nobody can know. @returns false when one of them could not be
 * told
 */
export function markPodsNotReady(pods: readonly Pod[], nodeName: string, ctx: Context): boolean {
  let all = true;
  for (const pod of pods) {
    const ready = podCondition(pod, 'Ready');
    if (pod.spec.nodeName !== nodeName || ready === undefined || ready.status === 'False') continue;
    const { reason, message } = ready;
    const condition = {
      type: 'Ready',
      status: 'False' as const,
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
    };
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

export function processPod(namespace: string, name: string, state: State, ctx: ControllerContext): void {
  const pod = ctx.cache.get('Pod', namespace, name);
  const nodeName = pod?.spec.nodeName;
  if (pod === undefined || nodeName === undefined) return;
  const health = state.health.get(nodeName);
  if (health === undefined || health.ready === '' || health.ready === 'True') return;
  if (!markPodsNotReady([pod], nodeName, ctx)) ctx.queue.addRateLimited(`pod/${namespace}/${name}`);
}
