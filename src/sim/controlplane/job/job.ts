/**
 * The Job controller: runs Pods of a template until enough of them have succeeded, or too many have failed.
 * Models pkg/controller/job/job_controller.go.
 */
import { ApiError, isNotFound } from '../../api/errors.ts';
import { isNil } from '../../api/defaults/fill.ts';
import { matches, selectorOf } from '../../api/selector.ts';
import { parseTime, rfc3339 } from '../../api/time.ts';
import type { Job, Pod } from '../../api/types.ts';
import { isFinished } from '../../api/validation/jobstatus.ts';
import { claim } from '../claim.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { forgetExpectations, isSatisfied } from '../expectations.ts';
import { deletePod } from '../podcontrol.ts';
import { isPodActive, isPodReady, isPodTerminating } from '../podutil.ts';
import { splitKey } from '../refs.ts';
import { backOffAfter, finishedAt } from './backoff.ts';
import { condition, holding, withCondition, type JobCondition } from './conditions.ts';
import { judge } from './failurepolicy.ts';
import { contains, NONE, parseIntervals, total, withIndexes } from './intervals.ts';
import { manageJob, SOURCE } from './manage.ts';
import { observeJob, observePod } from './observe.ts';
import { orphanNamed, syncOrphan } from './orphans.ts';
import { failuresOfIndex, newlyFailedIndexes } from './perindex.ts';
import { successMet } from './successpolicy.ts';
import type { JobState, JobStatus, JobSync } from './sync.ts';
import { trackStatus } from './tracking.ts';
import {
  hasFailed,
  hasLimitPerIndex,
  hasSucceeded,
  indexesOf,
  isIndexed,
  isManagedElsewhere,
  isSuspended,
  isTracked,
  TRACKING_FINALIZER,
  validIndexOf,
} from './traits.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** The Job's Pods that have ended and are neither counted nor written down to be. */
function newlyEnded(
  { job, pods, uncounted, removing }: Pick<JobSync, 'job' | 'pods' | 'uncounted' | 'removing'>,
  list: 'succeeded' | 'failed',
  ended: (pod: Pod) => boolean,
): Pod[] {
  return pods.filter(
    (pod) =>
      isTracked(pod) &&
      !uncounted[list].has(pod.metadata.uid) &&
      !removing.has(pod.metadata.uid) &&
      (!isIndexed(job) || validIndexOf(pod, job) !== undefined) &&
      ended(pod),
  );
}

/**
 * The failed Pods, one an index, that stay until a Pod in their place has taken over their count. Models
 * getPodsWithDelayedDeletionPerIndex.
 */
function delayedPods(sync: Omit<JobSync, 'delayed'>): Map<number, Pod> {
  const { job, failedIndexes = NONE } = sync;
  const active = indexesOf(sync.active);
  const delayed = new Map<number, Pod>();
  const none = { succeeded: NOTHING, failed: NOTHING };
  for (const pod of newlyEnded({ ...sync, uncounted: none }, 'failed', (p) => hasFailed(p, job))) {
    const index = validIndexOf(pod, job)!;
    if (contains(sync.succeededIndexes, index) || contains(failedIndexes, index) || active.has(index))
      continue;
    const before = delayed.get(index);
    if (before === undefined || takesOver(pod, before)) delayed.set(index, pod);
  }
  return delayed;
}

const takesOver = (pod: Pod, before: Pod): boolean =>
  failuresOfIndex(before) <= failuresOfIndex(pod) && finishedAt(pod) >= finishedAt(before);

/** What is so, before anything is done about it. */
function begin(key: string, job: Job, state: JobState, ctx: ControllerContext): JobSync {
  const selector = selectorOf(job.spec.selector);
  const pods = claim(
    ctx,
    'Pod',
    job,
    (pod) => matches(selector, pod.metadata.labels),
    undefined,
    TRACKING_FINALIZER,
  );
  const active = pods.filter(isPodActive);
  const uids = job.status.uncountedTerminatedPods ?? {};
  const uncounted = { succeeded: new Set(uids.succeeded), failed: new Set(uids.failed) };
  const removing = state.removals.get(key) ?? NOTHING;
  const status: JobStatus = {
    ...job.status,
    conditions: job.status.conditions ?? [],
    uncountedTerminatedPods: uids,
  };
  const so = { job, pods, uncounted, removing };
  const succeeded = newlyEnded(so, 'succeeded', hasSucceeded);
  const failed = newlyEnded(so, 'failed', (pod) => hasFailed(pod, job));
  const counted = failed.filter((pod) => judge(job.spec.podFailurePolicy, pod).counts);
  const before = isIndexed(job)
    ? parseIntervals(job.status.completedIndexes ?? '', job.spec.completions ?? 0)
    : NONE;
  const sync = {
    ...so,
    ctx,
    state,
    key,
    status,
    active,
    succeeded: (job.status.succeeded ?? 0) + succeeded.length + uncounted.succeeded.size,
    failed: (job.status.failed ?? 0) + counted.length + uncounted.failed.size,
    ready: active.filter(isPodReady).length,
    terminating: pods.filter(isPodTerminating).length,
    backOff: backOffAfter(state.backOffs.get(key), succeeded, failed),
    finished: undefined,
    succeededBefore: before,
    succeededIndexes: before,
    failedIndexes: undefined,
  };
  return isIndexed(job) ? withIndexesOf(sync) : { ...sync, delayed: new Map() };
}

function withIndexesOf(sync: Omit<JobSync, 'delayed'>): JobSync {
  const { job, pods, succeededBefore } = sync;
  const done = pods.flatMap((pod) =>
    hasSucceeded(pod) && isTracked(pod) ? (validIndexOf(pod, job) ?? []) : [],
  );
  const succeededIndexes = withIndexes(succeededBefore, done);
  const failedIndexes = hasLimitPerIndex(job)
    ? withIndexes(
        parseIntervals(job.status.failedIndexes ?? '', job.spec.completions ?? 0),
        newlyFailedIndexes(job, pods, sync.ctx.config.planted),
      )
    : undefined;
  const of = { ...sync, succeededIndexes, failedIndexes, succeeded: total(succeededIndexes) };
  return { ...of, delayed: hasLimitPerIndex(job) ? delayedPods(of) : new Map() };
}

/** The containers' restarts count as failures where Pods are not replaced. */
function isPastLimitOnFailure({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status.phase !== 'Running' && status.phase !== 'Pending') continue;
    for (const s of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
      restarts += s.restartCount;
  }
  const limit = spec.backoffLimit ?? 6;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

/** How long the Job may still be active; undefined where nothing says so, or it is suspended. */
function untilDeadlineMs({ spec }: Job, status: JobStatus, now: number): number | undefined {
  if (isNil(spec.activeDeadlineSeconds) || spec.suspend === true || isNil(status.startTime)) return undefined;
  return parseTime(status.startTime as string) + spec.activeDeadlineSeconds * 1000 - now;
}

/** Why the Job ends, if it does, but for its completions. */
function decide(sync: JobSync): JobCondition | undefined {
  const { job, status, ctx, pods } = sync;
  const { spec } = job;
  const because = (type: 'FailureTarget' | 'SuccessCriteriaMet', reason: string, message: string) =>
    condition(type, 'True', reason, message, ctx.now);
  const decided =
    holding(status.conditions, 'SuccessCriteriaMet') ?? holding(status.conditions, 'FailureTarget');
  if (decided !== undefined) return decided;
  if (!isNil(spec.podFailurePolicy))
    for (const pod of pods) {
      if (!hasFailed(pod, job)) continue;
      const { failure } = judge(spec.podFailurePolicy, pod);
      if (failure !== undefined) return because('FailureTarget', 'PodFailurePolicy', failure);
    }
  if (sync.failed > (spec.backoffLimit ?? 6) || isPastLimitOnFailure(job, pods))
    return because('FailureTarget', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  const deadlineMs =
    ctx.config.planted === 'job-ignores-deadline' ? undefined : untilDeadlineMs(job, status, ctx.now);
  if (deadlineMs !== undefined && deadlineMs <= 0)
    return because('FailureTarget', 'DeadlineExceeded', 'Job was active longer than specified deadline');
  if (deadlineMs !== undefined) ctx.queue.addAfter(sync.key, deadlineMs);
  if (sync.failedIndexes !== undefined) {
    const failed = total(sync.failedIndexes);
    if (!isNil(spec.maxFailedIndexes) && failed > spec.maxFailedIndexes)
      return because(
        'FailureTarget',
        'MaxFailedIndexesExceeded',
        'Job has exceeded the specified maximal number of failed indexes',
      );
    if (failed > 0 && failed + total(sync.succeededIndexes) >= (spec.completions ?? 0))
      return because('FailureTarget', 'FailedIndexes', 'Job has failed indexes');
  }
  const met = isIndexed(job) ? successMet(job, sync.succeededIndexes) : undefined;
  return met === undefined ? undefined : because('SuccessCriteriaMet', 'SuccessPolicy', met);
}

interface Acted {
  readonly active: number;
  readonly error?: ApiError | undefined;
  readonly changed: boolean;
}

/** The Job is to end: its active Pods go. It cannot end while one is left, or one is not seen yet. */
function endPods(sync: JobSync, satisfied: boolean): Acted {
  const { ctx, job, active } = sync;
  let deleted = 0;
  let failure: ApiError | undefined;
  for (const pod of active) {
    try {
      deletePod(ctx, pod.metadata.name, job, SOURCE);
      deleted += 1;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (isNotFound(error)) deleted += 1;
      else failure ??= error;
    }
    if (isPodReady(pod)) sync.ready -= 1;
  }
  sync.terminating += deleted;
  if (deleted !== active.length || !satisfied) sync.finished = undefined;
  return { active: active.length - deleted, error: failure, changed: false };
}

function isComplete({ job: { spec }, succeeded }: JobSync, active: number): boolean {
  if (isNil(spec.completions)) return succeeded > 0 && active === 0;
  return succeeded >= spec.completions && active === 0;
}

/** Says whether the Job is suspended; one that is resumed starts anew. @returns whether that is news */
function noteSuspension({ ctx, job, status }: JobSync): boolean {
  const next = isSuspended(job)
    ? condition('Suspended', 'True', 'JobSuspended', 'Job suspended', ctx.now)
    : condition('Suspended', 'False', 'JobResumed', 'Job resumed', ctx.now);
  const conditions = withCondition(status.conditions, next);
  if (conditions === status.conditions) return false;
  status.conditions = conditions;
  if (isSuspended(job)) {
    ctx.event(job, 'Normal', 'Suspended', 'Job suspended');
    // Since 1.36 (MutableSchedulingDirectivesForSuspendedJobs).
    delete status.startTime;
  } else {
    ctx.event(job, 'Normal', 'Resumed', 'Job resumed');
    status.startTime = rfc3339(ctx.now);
  }
  return true;
}

function goOn(sync: JobSync, satisfied: boolean): Acted {
  const { ctx, job, state, key } = sync;
  const manages = satisfied && job.metadata.deletionTimestamp === undefined;
  let active = sync.active.length;
  let error: ApiError | undefined;
  if (manages) {
    state.underway.add(key);
    ({ active, error } = manageJob(sync));
    state.underway.delete(key);
  }
  if (isComplete(sync, active)) {
    sync.finished = condition(
      'SuccessCriteriaMet',
      'True',
      'CompletionsReached',
      'Reached expected number of succeeded pods',
      ctx.now,
    );
    return { active, error, changed: false };
  }
  return { active, error, changed: manages && noteSuspension(sync) };
}

function syncJob(key: string, job: Job, state: JobState, ctx: ControllerContext): void {
  // What it wrote itself is not there yet: it would count by what is past (StaleControllerConsistencyJob).
  const isStale = Number(job.metadata.resourceVersion) < (state.written.get(key) ?? 0);
  if (isStale) return;
  const satisfied = isSatisfied(state.expectations, key, ctx.now, ctx.config.planted);
  if (!satisfied && state.underway.has(key)) return;
  const sync = begin(key, job, state, ctx);
  const { status } = sync;
  if (isNil(status.startTime) && !isSuspended(job)) status.startTime = rfc3339(ctx.now);
  sync.finished = decide(sync);
  const { active, error, changed } =
    sync.finished === undefined ? goOn(sync, satisfied) : endPods(sync, satisfied);
  if (ctx.config.planted === 'job-ends-before-pods') sync.terminating = 0;
  const counts = { active, ready: sync.ready, terminating: sync.terminating };
  const news =
    changed ||
    active !== (job.status.active ?? 0) ||
    counts.ready !== job.status.ready ||
    counts.terminating !== job.status.terminating;
  if (active === 0) delete status.active;
  else status.active = active;
  status.ready = counts.ready;
  status.terminating = counts.terminating;
  trackStatus(sync, news);
  if (error !== undefined) throw error;
}

export const jobController: Controller<JobState> = {
  name: 'job-controller',
  account: 'job-controller',
  watches: ['Job', 'Pod'],
  init: () => ({
    expectations: new Map(),
    removals: new Map(),
    backOffs: new Map(),
    underway: new Set(),
    written: new Map(),
  }),

  concerns: ({ kind, object }, cache) => kind !== 'Pod' || isTracked(object as Pod) || cache.count('Job') > 0,

  observe(event, state, ctx) {
    if (event.kind === 'Pod') observePod(event as never, state, ctx);
    else observeJob(event as never, state, ctx);
  },

  sync(key, state, ctx) {
    const orphan = orphanNamed(key);
    if (orphan !== undefined) return syncOrphan(orphan, ctx);
    const [namespace, name] = splitKey(key);
    const job = ctx.cache.get('Job', namespace, name);
    if (job === undefined) {
      forgetExpectations(state.expectations, key);
      state.removals.delete(key);
      state.underway.delete(key);
      state.written.delete(key);
    }
    if (job === undefined || (isFinished(job) && !isManagedElsewhere(job))) state.backOffs.delete(key);
    else if (!isManagedElsewhere(job)) syncJob(key, job, state, ctx);
  },
};
