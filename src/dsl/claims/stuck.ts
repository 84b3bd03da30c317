/** The Pods that hold up what is claimed of them, or of their workload. */
import { podCondition } from '../../sim/api/conditions.ts';
import { matches, selectorOf } from '../../sim/api/selector.ts';
import type { WorkloadTraits } from '../../sim/api/resources/definition.ts';
import type { KubeObject, Pod } from '../../sim/api/types.ts';
import { objectsOf } from '../state.ts';
import { isReady, isTerminating } from './podstate.ts';
import type { View } from './types.ts';

/** A Pod that has no place waits for the cluster, one that runs for itself. */
const weightOf = (pod: Pod): number =>
  podCondition(pod, 'PodScheduled')?.status === 'False' ? 0 : pod.status.phase === 'Pending' ? 1 : 2;

/** Pods of a workload that are to become ready and are not, the weightiest first. */
export function stuckPods(object: KubeObject, traits: WorkloadTraits<KubeObject>, view: View): Pod[] {
  const selector = selectorOf(traits.selector(object));
  return stuckOf(
    [...objectsOf(view.state, 'Pod')].filter(
      ({ metadata }) =>
        metadata.namespace === object.metadata.namespace && matches(selector, metadata.labels ?? {}),
    ),
  );
}

/** Of some Pods those that are to become ready and are not, the weightiest first. */
export const stuckOf = (pods: readonly Pod[]): Pod[] =>
  pods
    .filter((pod) => !isReady(pod) && !isTerminating(pod) && pod.status.phase !== 'Succeeded')
    .sort((a, b) => weightOf(a) - weightOf(b));
