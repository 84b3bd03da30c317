/** What a change of a node or pod means for scheduling. Models pkg/scheduler/framework/events.go. */
import { deepEqual } from '../../api/equal.ts';
import type { Node, Pod } from '../../api/types.ts';
import type { NodeChanges, PodChanges } from './framework.ts';
import { podRequests } from './requests.ts';

/** Undefined when nothing changed that could make a pod schedulable. */
export function nodeChanges(node: Node, old: Node): NodeChanges | undefined {
  const allocatable = !deepEqual(node.status.allocatable, old.status.allocatable);
  const labels = !deepEqual(node.metadata.labels, old.metadata.labels);
  const uncordoned = node.spec.unschedulable !== old.spec.unschedulable && node.spec.unschedulable !== true;
  const taints = uncordoned || !deepEqual(node.spec.taints, old.spec.taints);
  return allocatable || labels || taints ? { allocatable, labels, taints } : undefined;
}

function scaledDown(pod: Pod, old: Pod): boolean {
  if (pod.spec === old.spec) return false;
  const now = podRequests(pod).requests;
  const before = podRequests(old).requests;
  if (now === before) return false;
  if (
    now.milliCPU < before.milliCPU ||
    now.memory < before.memory ||
    now.ephemeralStorage < before.ephemeralStorage
  )
    return true;
  for (const name in before.scalars ?? {})
    if ((now.scalars?.[name] ?? 0) < before.scalars![name]!) return true;
  return false;
}

/** Undefined when nothing changed that could make this or another pod schedulable. */
export function podChanges(pod: Pod, old: Pod): PodChanges | undefined {
  const labels =
    pod.metadata.labels !== old.metadata.labels && !deepEqual(pod.metadata.labels, old.metadata.labels);
  const tolerations = (pod.spec.tolerations?.length ?? 0) !== (old.spec.tolerations?.length ?? 0);
  const gatesEliminated =
    (pod.spec.schedulingGates?.length ?? 0) === 0 && (old.spec.schedulingGates?.length ?? 0) > 0;
  const smaller = scaledDown(pod, old);
  return labels || tolerations || gatesEliminated || smaller
    ? { labels, scaledDown: smaller, tolerations, gatesEliminated }
    : undefined;
}
