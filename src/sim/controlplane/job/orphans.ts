/**
 * Pods that carry the tracking finalizer though no Job counts them any more: it is taken away. Models
 * syncOrphanPod of pkg/controller/job/job_controller.go.
 */
import { isNotFound } from '../../api/errors.ts';
import type { Job, Pod } from '../../api/types.ts';
import { isFinished } from '../../api/validation/jobstatus.ts';
import { resolveOwner } from '../claim.ts';
import type { ControllerContext, ObserverContext } from '../controller.ts';
import { controllerOf, splitKey } from '../refs.ts';
import { removeFinalizer } from './tracking.ts';
import { isManagedElsewhere, isTracked } from './traits.ts';

/** Keys of Pods in the queue, beside those of Jobs: no namespace holds a colon. */
const PREFIX = 'orphan:';

/** The Pod a key of the queue is about, as `namespace/name`. */
export const orphanNamed = (key: string): string | undefined =>
  key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;

export function addOrphan({ metadata }: Pod, ctx: ObserverContext, cause?: number): void {
  if (ctx.config.planted === 'job-forgets-orphans') return;
  ctx.queue.add(`${PREFIX}${metadata.namespace}/${metadata.name}`, cause);
}

/** The Pods of a Job that has ended, or is gone. */
export function addPodsOf(job: Job, ctx: ObserverContext, cause?: number): void {
  for (const pod of ctx.cache.controlledBy('Pod', job.metadata.uid, job.metadata.namespace))
    if (isTracked(pod)) addOrphan(pod, ctx, cause);
}

export function syncOrphan(name: string, ctx: ControllerContext): void {
  const pod = ctx.cache.get('Pod', ...splitKey(name));
  if (pod === undefined) return;
  const owner = controllerOf(pod);
  if (owner !== undefined) {
    if (owner.kind !== 'Job' || owner.apiVersion !== 'batch/v1') return;
    const job = resolveOwner(ctx, 'Job', pod);
    if (job !== undefined && (isManagedElsewhere(job) || !isFinished(job))) return;
  }
  try {
    removeFinalizer(ctx, pod);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
