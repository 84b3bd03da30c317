/**
 * What state a Pod is in, by the API's word. Sources: pkg/api/v1/pod/util.go (ready, available), pkg/printers
 * (Terminating).
 */
import { podCondition } from '../../sim/api/conditions.ts';
import { parseTime } from '../../sim/api/time.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { getObject } from '../state.ts';
import type { View } from './types.ts';

export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
/**
 * The condition alone: a Pod being deleted stays Ready until its kubelet or the node life cycle says
 * otherwise.
 */
export const isReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

/** minReadySeconds of the workload that owns the Pod. */
function minReadyMs(pod: Pod, view: View): Millis {
  const owner = pod.metadata.ownerReferences?.find((o) => o.controller === true);
  if (owner === undefined) return 0;
  const definition = view.driver.resources.ofGroup(owner.apiVersion, owner.kind);
  if (definition?.workload === undefined) return 0;
  const set = getObject(view.state, definition.resource, pod.metadata.namespace ?? '', owner.name);
  return ((set?.spec as { minReadySeconds?: number } | undefined)?.minReadySeconds ?? 0) * 1000;
}

/** Since when the Pod is available (Ready for its owner's minReadySeconds); Infinity when it is not Ready. */
export function availableFrom(pod: Pod, view: View): Millis {
  if (!isReady(pod)) return Number.POSITIVE_INFINITY;
  const wait = minReadyMs(pod, view);
  if (wait === 0) return Number.NEGATIVE_INFINITY;
  return parseTime(podCondition(pod, 'Ready')!.lastTransitionTime!) + wait;
}
