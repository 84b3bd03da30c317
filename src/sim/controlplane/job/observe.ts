/**
 * Which Jobs a change concerns, and when they are synced: at once where their spec changed, else once a
 * second. Models the event handlers of pkg/controller/job/job_controller.go.
 */
import type { WatchEvent } from '../../api/client.ts';
import { isNil } from '../../api/defaults/fill.ts';
import { matches, selectorOf } from '../../api/selector.ts';
import { parseTime } from '../../api/time.ts';
import type { Job, Pod } from '../../api/types.ts';
import { isFinished } from '../../api/validation/jobstatus.ts';
import { ownershipChanged, resolveOwner } from '../claim.ts';
import type { ObserverContext } from '../controller.ts';
import { creationObserved, deletionObserved, forgetExpectations } from '../expectations.ts';
import { sameLabels } from '../podutil.ts';
import { controllerOf } from '../refs.ts';
import { BATCH_MS } from './manage.ts';
import { addOrphan, addPodsOf } from './orphans.ts';
import type { JobState } from './sync.ts';
import { removalObserved } from './tracking.ts';
import { isTracked } from './traits.ts';

const keyOf = ({ metadata }: Job): string => `${metadata.namespace}/${metadata.name}`;

const batched = (job: Job, ctx: ObserverContext): void =>
  ctx.queue.addAfter(keyOf(job), BATCH_MS, { timeout: false });

/** The Jobs that would adopt an orphan. */
function wakeCandidates(pod: Pod, ctx: ObserverContext): void {
  for (const job of ctx.cache.list('Job', pod.metadata.namespace))
    if (matches(selectorOf(job.spec.selector), pod.metadata.labels)) batched(job, ctx);
}

/** @param gone false where the Pod is only marked */
function podDeleted(pod: Pod, gone: boolean, state: JobState, ctx: ObserverContext, entry: number): void {
  const job = resolveOwner(ctx, 'Job', pod);
  if (job === undefined || isFinished(job)) {
    const owner = controllerOf(pod);
    if (isTracked(pod) && !gone && (owner === undefined || owner.kind === 'Job')) addOrphan(pod, ctx, entry);
    return;
  }
  deletionObserved(state.expectations, keyOf(job), pod.metadata.uid);
  if (gone || !isTracked(pod)) removalObserved(state.removals, keyOf(job), pod.metadata.uid);
  batched(job, ctx);
}

export function observePod(
  { type, object, old, entry }: WatchEvent<Pod>,
  state: JobState,
  ctx: ObserverContext,
): void {
  if (type === 'DELETED' || object.metadata.deletionTimestamp !== undefined)
    return podDeleted(object, type === 'DELETED', state, ctx, entry);
  const changedHands = old !== undefined && ownershipChanged(old, object);
  const noteRemoval = (job: Job): void => {
    if (!isTracked(object)) removalObserved(state.removals, keyOf(job), object.metadata.uid);
  };
  if (changedHands) {
    const before = resolveOwner(ctx, 'Job', old);
    if (before !== undefined) {
      noteRemoval(before);
      batched(before, ctx);
    }
  }
  if (controllerOf(object) !== undefined) {
    const job = resolveOwner(ctx, 'Job', object);
    if (job === undefined) return;
    if (type === 'ADDED') creationObserved(state.expectations, keyOf(job));
    else noteRemoval(job);
    return batched(job, ctx);
  }
  if (isTracked(object)) addOrphan(object, ctx, entry);
  if (old === undefined || changedHands || !sameLabels(old.metadata.labels, object.metadata.labels))
    wakeCandidates(object, ctx);
}

export function observeJob(
  { type, object: job, old, entry }: WatchEvent<Job>,
  state: JobState,
  ctx: ObserverContext,
): void {
  const key = keyOf(job);
  const replaced = old !== undefined && old.metadata.uid !== job.metadata.uid;
  // Made anew under its name: what was expected of its predecessor is void.
  if (type === 'DELETED' || replaced) {
    forgetExpectations(state.expectations, key);
    state.removals.delete(key);
    state.backOffs.delete(key);
    addPodsOf(old ?? job, ctx, entry);
  }
  if (type !== 'MODIFIED' || replaced || old?.metadata.generation !== job.metadata.generation)
    ctx.queue.add(key, entry);
  else batched(job, ctx);
  if (type !== 'MODIFIED') return;
  if (isFinished(job)) addPodsOf(job, ctx, entry);
  const { activeDeadlineSeconds: deadline } = job.spec;
  if (isNil(job.status.startTime) || isNil(deadline) || old?.spec.activeDeadlineSeconds === deadline) return;
  ctx.queue.addAfter(key, parseTime(job.status.startTime as string) + deadline * 1000 - ctx.now);
}
