/**
 * What a Job asks for, and what its Pods are to it. Models helpers of pkg/controller/job/job_controller.go.
 */
import { isNil } from '../../api/defaults/fill.ts';
import type { Job, Pod } from '../../api/types.ts';

export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
const INDEX = 'batch.kubernetes.io/job-completion-index';
const CONTROLLER_NAME = 'kubernetes.io/job-controller';

export const isIndexed = (job: Job): boolean => job.spec.completionMode === 'Indexed';
export const isSuspended = (job: Job): boolean => job.spec.suspend === true;
export const hasLimitPerIndex = (job: Job): boolean => !isNil(job.spec.backoffLimitPerIndex);

/** Whether another controller than this one plays the Job. */
export const isManagedElsewhere = ({ spec }: Job): boolean =>
  !isNil(spec.managedBy) && spec.managedBy !== CONTROLLER_NAME;

/** Whether a Pod is replaced only once it has ended, not already when it is ending. */
export const replacesFailedOnly = ({ spec }: Job): boolean =>
  spec.podReplacementPolicy === 'Failed' || !isNil(spec.podFailurePolicy);

export const isTracked = (pod: Pod): boolean =>
  pod.metadata.finalizers?.includes(TRACKING_FINALIZER) === true;

export const hasSucceeded = (pod: Pod): boolean => pod.status.phase === 'Succeeded';

/** A Pod that is being deleted counts as failed where its end is not waited for. */
export function hasFailed(pod: Pod, job: Job): boolean {
  if (pod.status.phase === 'Failed') return true;
  return !replacesFailedOnly(job) && pod.metadata.deletionTimestamp !== undefined && !hasSucceeded(pod);
}

/** The completion index; undefined where a Pod has none that is a number. */
export function indexOf(pod: Pod): number | undefined {
  const text = pod.metadata.annotations?.[INDEX];
  return text !== undefined && /^\+?\d+$/.test(text) ? Number(text) : undefined;
}

/** The completion index when it is one of the Job's. */
export function validIndexOf(pod: Pod, job: Job): number | undefined {
  const index = indexOf(pod);
  return index !== undefined && index < (job.spec.completions ?? 0) ? index : undefined;
}

/** Pods without an index come first. */
export const byIndex = (a: Pod, b: Pod): number => (indexOf(a) ?? -1) - (indexOf(b) ?? -1);

export const indexesOf = (pods: readonly Pod[]): Set<number> =>
  new Set(pods.flatMap((pod) => indexOf(pod) ?? []));

export { INDEX as INDEX_KEY };
