/**
 * Failures counted by index (spec.backoffLimitPerIndex): each Pod says in annotations how often its index
 * failed before it. Models pkg/controller/job/indexed_job_utils.go.
 */
import type { Job, Pod } from '../../api/types.ts';
import type { Bug } from '../../planted.ts';
import { judge } from './failurepolicy.ts';
import { hasFailed, isTracked, validIndexOf } from './traits.ts';

const FAILURES = 'batch.kubernetes.io/job-index-failure-count';
const IGNORED = 'batch.kubernetes.io/job-index-ignored-failure-count';

function countIn(pod: Pod, annotation: string): number {
  const text = pod.metadata.annotations?.[annotation] ?? '';
  const count = /^\+?\d+$/.test(text) ? Number(text) : 0;
  return count < 2 ** 31 ? count : 0;
}

/** How often the index failed before this Pod, ignored failures included. */
export const failuresOfIndex = (pod: Pod): number => countIn(pod, FAILURES) + countIn(pod, IGNORED);

/** What a Pod says that takes another's place; the first of its index has nothing to count. */
export function failureAnnotations(job: Job, replaced: Pod | undefined): Record<string, string> {
  if (replaced === undefined) return { [FAILURES]: '0' };
  const { counts } = judge(job.spec.podFailurePolicy, replaced);
  const failures = countIn(replaced, FAILURES) + (counts ? 1 : 0);
  const ignored = countIn(replaced, IGNORED) + (counts ? 0 : 1);
  return { [FAILURES]: `${failures}`, ...(ignored > 0 ? { [IGNORED]: `${ignored}` } : {}) };
}

/** Whether a Pod's failure is one too many for its index. */
function failsIndex(pod: Pod, job: Job): boolean {
  if (!hasFailed(pod, job)) return false;
  const { action, counts } = judge(job.spec.podFailurePolicy, pod);
  if (action === 'FailIndex') return true;
  return counts && countIn(pod, FAILURES) >= (job.spec.backoffLimitPerIndex ?? 0);
}

/** The indexes that have failed by Pods that are not counted yet. */
export const newlyFailedIndexes = (job: Job, pods: readonly Pod[], planted: Bug | undefined): number[] =>
  planted === 'job-ignores-index-limit'
    ? []
    : pods.flatMap((pod) => (isTracked(pod) && failsIndex(pod, job) ? (validIndexOf(pod, job) ?? []) : []));
