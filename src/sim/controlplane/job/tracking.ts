/**
 * How a Job counts its Pods, each once: a Pod that ended is written down in the status by its uid, its
 * finalizer is removed, and then it is added to the counts and its uid struck out. Models
 * trackJobStatusAndRemoveFinalizers of pkg/controller/job/job_controller.go and tracking_utils.go.
 */
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Job, Pod } from '../../api/types.ts';
import { DELETE_FROM_LIST } from '../../api/merge/lists.ts';
import type { ControllerContext } from '../controller.ts';
import { condition, holding, withCondition } from './conditions.ts';
import { judge } from './failurepolicy.ts';
import { contains, intervalsText, total, withIndexes } from './intervals.ts';
import type { JobStatus, JobSync } from './sync.ts';
import {
  byIndex,
  hasFailed,
  hasSucceeded,
  indexOf,
  isIndexed,
  isTracked,
  TRACKING_FINALIZER,
  validIndexOf,
} from './traits.ts';

/** How many Pods one sync takes into the status, which keeps it small and the sync short. */
const MAX_UNCOUNTED = 500;

/** Removes the tracking finalizer where there is one. @throws ApiError what the API server answered */
export function removeFinalizer(ctx: ControllerContext, pod: Pod): void {
  if (!isTracked(pod)) return;
  ctx.api.patch('Pod', pod.metadata.namespace!, pod.metadata.name, 'strategic', {
    metadata: { [`${DELETE_FROM_LIST}/finalizers`]: [TRACKING_FINALIZER] },
  });
}

/** The cache shows a Pod without its finalizer, or the Pod is gone. */
export function removalObserved(removals: Map<string, Set<string>>, key: string, uid: string): void {
  const expected = removals.get(key);
  if (expected?.delete(uid) === true && expected.size === 0) removals.delete(key);
}

const lists = ['succeeded', 'failed'] as const;

const uncountedIn = ({ uncountedTerminatedPods: { succeeded = [], failed = [] } }: JobStatus): number =>
  succeeded.length + failed.length;

/** Adds to the counts what no longer has its finalizer. @returns whether there was any */
function countThoseWithout({ status, ctx }: JobSync, withFinalizer: ReadonlySet<string>): boolean {
  let changed = false;
  for (const list of lists) {
    const uids = status.uncountedTerminatedPods[list] ?? [];
    const left = uids.filter((uid) => withFinalizer.has(uid));
    if (left.length === uids.length) continue;
    changed = true;
    const times = ctx.config.planted === 'job-counts-twice' ? 2 : 1;
    status[list] = (status[list] ?? 0) + times * (uids.length - left.length);
    setUncounted(status, list, left);
  }
  return changed;
}

function setUncounted(status: JobStatus, list: (typeof lists)[number], uids: string[]): void {
  const { [list]: _, ...others } = status.uncountedTerminatedPods;
  status.uncountedTerminatedPods = uids.length === 0 ? others : { ...others, [list]: uids };
}

/** Whether a Pod may go: it was counted, or its count is passed on, or nothing counts any more. */
function mayLoseFinalizer({ job, finished, delayed }: JobSync, pod: Pod): boolean {
  if (job.metadata.deletionTimestamp !== undefined || finished !== undefined || hasSucceeded(pod))
    return true;
  if (!hasFailed(pod, job)) return false;
  const index = indexOf(pod);
  return index === undefined || delayed.get(index)?.metadata.uid !== pod.metadata.uid;
}

interface WrittenDown {
  /** Those whose finalizer is to go. */
  readonly pods: readonly Pod[];
  /** That have succeeded since the status was written. */
  readonly indexes: ReadonlySet<number>;
  readonly changed: boolean;
  /** Whether some are left for the next sync. */
  readonly more: boolean;
}

/** The Pods that have ended, written down in the status: not all at once, where there are very many. */
function writeDown(sync: JobSync): WrittenDown {
  const { job, status, finished } = sync;
  const indexed = isIndexed(job);
  const succeeding = finished?.type === 'SuccessCriteriaMet';
  const pods: Pod[] = [];
  const indexes = new Set<number>();
  let changed = false;
  const note = (list: (typeof lists)[number], { metadata: { uid } }: Pod): void => {
    if (sync.uncounted[list].has(uid)) return;
    changed = true;
    setUncounted(status, list, [...(status.uncountedTerminatedPods[list] ?? []), uid]);
  };
  for (const pod of indexed ? [...sync.pods].sort(byIndex) : sync.pods) {
    if (!isTracked(pod) || sync.removing.has(pod.metadata.uid) || !mayLoseFinalizer(sync, pod)) continue;
    pods.push(pod);
    const index = validIndexOf(pod, job);
    if (hasSucceeded(pod) && !sync.uncounted.failed.has(pod.metadata.uid)) {
      if (!indexed) note('succeeded', pod);
      else if (index !== undefined && !contains(sync.succeededBefore, index)) {
        indexes.add(index);
        changed = true;
      }
    } else if (hasFailed(pod, job) || (finished !== undefined && !succeeding)) {
      // When a Job has failed, so has each Pod of it that did not end.
      if ((!indexed || index !== undefined) && judge(job.spec.podFailurePolicy, pod).counts)
        note('failed', pod);
    }
    if (indexes.size + uncountedIn(status) >= MAX_UNCOUNTED) return { pods, indexes, changed, more: true };
  }
  return { pods, indexes, changed, more: false };
}

/** Indexes are counted by their number, not by Pod. @returns whether that says something new */
function writeIndexes(sync: JobSync, newlySucceeded: ReadonlySet<number>): boolean {
  const { job, status, failedIndexes } = sync;
  if (!isIndexed(job)) return false;
  const succeededIndexes = withIndexes(sync.succeededBefore, newlySucceeded);
  const completed = intervalsText(succeededIndexes);
  const failed = failedIndexes === undefined ? undefined : intervalsText(failedIndexes);
  const changed = completed !== (status.completedIndexes ?? '') || failed !== status.failedIndexes;
  const count = total(succeededIndexes);
  if (count > 0 || status.succeeded !== undefined) status.succeeded = count;
  if (completed === '') delete status.completedIndexes;
  else status.completedIndexes = completed;
  if (failed === undefined) delete status.failedIndexes;
  else status.failedIndexes = failed;
  return changed;
}

function write({ ctx, state, key }: JobSync, job: Job, status: JobStatus): Job {
  const written = ctx.api.updateStatus<Job>({ ...job, status: { ...status } });
  state.written.set(key, Number(written.metadata.resourceVersion));
  return written;
}

/** @returns the first error, after each was tried */
function removeFinalizers(
  { ctx, state, key }: JobSync,
  pods: readonly Pod[],
  withFinalizer: Set<string>,
): ApiError | undefined {
  if (pods.length === 0) return undefined;
  const expected = state.removals.get(key) ?? new Set();
  for (const pod of pods) expected.add(pod.metadata.uid);
  state.removals.set(key, expected);
  let failure: ApiError | undefined;
  for (const pod of pods) {
    const { uid } = pod.metadata;
    try {
      removeFinalizer(ctx, pod);
      withFinalizer.delete(uid);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      removalObserved(state.removals, key, uid);
      if (isNotFound(error)) withFinalizer.delete(uid);
      else failure ??= error;
    }
  }
  return failure;
}

/**
 * Counts what has ended and writes the status, up to twice: before finalizers go, so that what was seen is
 * not lost with the Pods, and after. With the second write the Job ends, once no Pod of it is left to count.
 * @param changed whether the status says something new already
 * @throws ApiError when it could not be written, or a finalizer could not be removed
 */
export function trackStatus(sync: JobSync, changed: boolean): void {
  const { state, key, status } = sync;
  const withFinalizer = new Set(
    sync.pods.filter((p) => isTracked(p) && !sync.removing.has(p.metadata.uid)).map((p) => p.metadata.uid),
  );
  let dirty = countThoseWithout(sync, withFinalizer) || changed;
  const { pods, indexes, changed: noted, more } = writeDown(sync);
  dirty = writeIndexes(sync, indexes) || noted || dirty;
  const { finished } = sync;
  if (finished?.type === 'FailureTarget' && holding(status.conditions, 'FailureTarget') === undefined) {
    status.conditions = withCondition(status.conditions, finished);
    dirty = true;
  }
  if (finished?.type === 'SuccessCriteriaMet' && holding(status.conditions, finished.type) === undefined) {
    status.conditions = withCondition(status.conditions, finished);
    dirty = true;
  }
  let { job } = sync;
  if (dirty) {
    job = write(sync, job, status);
    state.backOffs.set(key, sync.backOff);
    dirty = false;
  }
  const failure = removeFinalizers(sync, pods, withFinalizer);
  if (countThoseWithout(sync, withFinalizer)) dirty = true;
  if (failure !== undefined) {
    if (dirty) write(sync, job, status);
    throw failure;
  }
  const ends = !more && end(sync);
  if (ends || dirty) write(sync, job, status);
  if (ends) tellEnd(sync);
}

/** Sets the condition by which a Job ends, once nothing of it is left to count or ending. @returns whether */
function end({ ctx, status, finished, terminating }: JobSync): boolean {
  if (finished === undefined || uncountedIn(status) > 0) return false;
  if (terminating > 0) return false;
  const { reason = '', message = '' } = finished;
  const type = finished.type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed';
  const last = condition(type, 'True', reason, message, ctx.now);
  status.conditions = withCondition(status.conditions, last);
  if (type === 'Complete') status.completionTime = last.lastTransitionTime!;
  return true;
}

function tellEnd({ ctx, job, status, finished }: JobSync): void {
  if (finished?.type !== 'SuccessCriteriaMet') {
    ctx.event(job, 'Warning', finished?.reason ?? '', finished?.message ?? '');
    return;
  }
  const { completions } = job.spec;
  if (typeof completions === 'number' && (status.succeeded ?? 0) > completions)
    ctx.event(
      job,
      'Warning',
      'TooManySucceededPods',
      'Too many succeeded pods running after completion count reached',
    );
  ctx.event(job, 'Normal', 'Completed', 'Job completed');
}
