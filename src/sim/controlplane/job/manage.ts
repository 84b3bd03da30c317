/**
 * Creates the Pods a Job lacks and deletes those it has too many.
 * Models manageJob and activePodsForRemoval of pkg/controller/job/job_controller.go.
 */
import type { Draft } from '../../api/client.ts';
import { ApiError, isNamespaceTerminating, isNotFound } from '../../api/errors.ts';
import { isNil } from '../../api/defaults/fill.ts';
import type { Container, Job, Pod, PodTemplateSpec } from '../../api/types.ts';
import { Throttled } from '../controller.ts';
import { creationObserved, deletionObserved, expect } from '../expectations.ts';
import { createPod, deletePod, podFromTemplate, slowStart } from '../podcontrol.ts';
import { rankForDeletion } from '../podranking.ts';
import { isPodReady, isPodTerminating } from '../podutil.ts';
import { remainingMs, remainingOfIndexMs } from './backoff.ts';
import { firstFree, merged, NONE, withIndexes } from './intervals.ts';
import { failureAnnotations } from './perindex.ts';
import type { JobSync } from './sync.ts';
import { removeFinalizer } from './tracking.ts';
import {
  byIndex,
  hasLimitPerIndex,
  INDEX_KEY,
  indexesOf,
  indexOf,
  isIndexed,
  isSuspended,
  replacesFailedOnly,
  TRACKING_FINALIZER,
} from './traits.ts';

export const SOURCE = 'job-controller';
/** How many Pods one sync creates or deletes at most. */
const BURST = 500;
/** Changes of Pods are taken together for so long. */
export const BATCH_MS = 1000;
/** Of a name that is generated, before the random part. */
const NAME_BYTES = 58;

export interface Managed {
  /** How many Pods are active afterwards. */
  readonly active: number;
  readonly error?: ApiError | undefined;
}

/** @throws Throttled when there is more to do than the client may ask for now */
export function manageJob(sync: JobSync): Managed {
  const { job, active, succeeded } = sync;
  const { spec } = job;
  if (isSuspended(job)) return removePods(sync, surplus(job, sync, active.length));
  const parallelism = spec.parallelism ?? 1;
  const most = sync.ctx.config.planted === 'job-ignores-parallelism' ? parallelism + 1 : parallelism;
  const wanted = isNil(spec.completions)
    ? succeeded > 0
      ? active.length
      : parallelism
    : Math.max(0, Math.min(spec.completions - succeeded, most));
  const removed = surplus(job, sync, Math.max(0, active.length - wanted)).slice(0, BURST);
  if (removed.length > 0) return removePods(sync, removed);
  const ending = replacesFailedOnly(job) ? sync.terminating : 0;
  const missing = wanted - ending - active.length;
  return missing > 0 ? addPods(sync, missing) : { active: active.length };
}

/** The active Pods to delete: whatever index is doubled or not the Job's, and as many more as asked. */
function surplus(job: Job, { active, ctx }: JobSync, atLeast: number): Pod[] {
  const ranked = (pods: readonly Pod[]): Pod[] => rankForDeletion(pods, () => 0, ctx.now);
  if (!isIndexed(job)) return atLeast === 0 ? [] : ranked(active).slice(0, atLeast);
  const removed: Pod[] = [];
  const left: Pod[] = [];
  const sorted = [...active].sort(byIndex);
  for (let i = 0; i < sorted.length; ) {
    const index = indexOf(sorted[i]!);
    let end = i + 1;
    while (end < sorted.length && indexOf(sorted[end]!) === index) end += 1;
    const same = sorted.slice(i, end);
    if (index === undefined || index >= (job.spec.completions ?? 0)) removed.push(...same);
    else {
      const rank = same.length === 1 ? same : ranked(same);
      removed.push(...rank.slice(0, -1));
      left.push(rank.at(-1)!);
    }
    i = end;
  }
  return removed.length >= atLeast
    ? removed
    : [...removed, ...ranked(left).slice(0, atLeast - removed.length)];
}

/** Their finalizers go first: they are not to be counted. */
function removePods(sync: JobSync, pods: readonly Pod[]): Managed {
  const { ctx, state, key, job } = sync;
  expect(
    state.expectations,
    key,
    0,
    pods.map((pod) => pod.metadata.uid),
    ctx.now,
  );
  let failure: ApiError | undefined;
  let throttled = false;
  let removed = 0;
  for (const pod of pods) {
    throttled ||= ctx.pace.callsLeft() < 1;
    if (throttled) {
      deletionObserved(state.expectations, key, pod.metadata.uid);
      continue;
    }
    try {
      removeFinalizer(ctx, pod);
      deletePod(ctx, pod.metadata.name, job, SOURCE);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      deletionObserved(state.expectations, key, pod.metadata.uid);
      if (!isNotFound(error)) {
        failure ??= error;
        continue;
      }
    }
    removed += 1;
    sync.terminating += 1;
    if (isPodReady(pod)) sync.ready -= 1;
  }
  if (throttled && failure === undefined) throw new Throttled();
  return { active: sync.active.length - removed, error: failure };
}

/** The indexes to make Pods for, or how long until the first may be made. */
function indexesToAdd(sync: JobSync, count: number): { indexes: number[]; waitMs: number } {
  const { job, ctx } = sync;
  let taken = withIndexes(sync.succeededIndexes, indexesOf(sync.active));
  if (replacesFailedOnly(job)) taken = withIndexes(taken, indexesOf(sync.pods.filter(isPodTerminating)));
  taken = merged(taken, sync.failedIndexes ?? NONE);
  const indexes = firstFree(taken, count, job.spec.completions ?? 0);
  if (!hasLimitPerIndex(job)) return { indexes, waitMs: 0 };
  const waits = indexes.map((index) => remainingOfIndexMs(sync.delayed.get(index), ctx.now));
  const due = indexes.filter((_, i) => waits[i] === 0);
  return { indexes: due, waitMs: due.length > 0 || waits.length === 0 ? 0 : Math.min(...waits) };
}

function addPods(sync: JobSync, missing: number): Managed {
  const { ctx, state, key, job, active } = sync;
  const wait = (ms: number): Managed => {
    ctx.queue.addAfter(key, Math.max(ms, BATCH_MS));
    return { active: active.length };
  };
  const backOffMs = hasLimitPerIndex(job) ? 0 : remainingMs(sync.backOff, ctx.now);
  if (backOffMs > 0) return wait(backOffMs);
  let count = Math.min(missing, BURST);
  let indexes: number[] = [];
  if (isIndexed(job)) {
    const next = indexesToAdd(sync, count);
    if (next.waitMs > 0) return wait(next.waitMs);
    indexes = next.indexes;
    count = indexes.length;
  }
  expect(state.expectations, key, count, [], ctx.now);
  const template = trackedTemplate(job);
  const { done, error, throttled } = slowStart(ctx.pace, count, (i) => {
    try {
      createPod(ctx, draftOf(sync, template, indexes[i]), job, SOURCE);
    } catch (failure) {
      // Nothing can be created there any more: as good as done, and not worth a retry.
      if (!isNamespaceTerminating(failure)) throw failure;
    }
  });
  if (done < count) creationObserved(state.expectations, key, count - done);
  if (throttled) throw new Throttled();
  return { active: active.length + done, error };
}

/** The template with the finalizer that holds a Pod until it is counted. */
function trackedTemplate(job: Job): PodTemplateSpec {
  const template = job.spec.template as PodTemplateSpec;
  const { finalizers = [] } = (template.metadata ?? {}) as { finalizers?: string[] };
  const metadata = {
    ...template.metadata,
    finalizers: finalizers.includes(TRACKING_FINALIZER) ? finalizers : [...finalizers, TRACKING_FINALIZER],
  };
  return { ...template, metadata } as PodTemplateSpec;
}

const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';

function withIndexVariable(container: Container): Container {
  const env = container.env ?? [];
  if (env.some(({ name }) => name === INDEX_VARIABLE)) return container;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX_KEY}']` };
  return { ...container, env: [...env, { name: INDEX_VARIABLE, valueFrom: { fieldRef } }] };
}

function draftOf(
  { job, delayed }: JobSync,
  template: PodTemplateSpec,
  index: number | undefined,
): Draft<Pod> {
  const draft = podFromTemplate(template, job);
  if (index === undefined) return draft;
  const { metadata, spec } = draft;
  const suffix = `-${index}-`;
  return {
    ...draft,
    metadata: {
      ...metadata,
      generateName: `${`${job.metadata.name}`.slice(0, NAME_BYTES - suffix.length)}${suffix}`,
      labels: { ...metadata.labels, [INDEX_KEY]: `${index}` },
      annotations: {
        ...metadata.annotations,
        [INDEX_KEY]: `${index}`,
        ...(hasLimitPerIndex(job) ? failureAnnotations(job, delayed.get(index)) : {}),
      },
    },
    spec: {
      ...spec,
      hostname: `${job.metadata.name}-${index}`,
      containers: spec.containers.map(withIndexVariable),
      ...(spec.initContainers === undefined
        ? {}
        : { initContainers: spec.initContainers.map(withIndexVariable) }),
    },
  };
}
