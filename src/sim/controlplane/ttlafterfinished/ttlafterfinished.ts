/**
 * Deletes Jobs that ended as long ago as they say (spec.ttlSecondsAfterFinished), and with them their Pods.
 * Models pkg/controller/ttlafterfinished/ttlafterfinished_controller.go.
 */
import { isNil } from '../../api/defaults/fill.ts';
import { isNotFound } from '../../api/errors.ts';
import { parseTime } from '../../api/time.ts';
import type { Job } from '../../api/types.ts';
import { isFinished } from '../../api/validation/jobstatus.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller } from '../controller.ts';
import { holding } from '../job/conditions.ts';
import { splitKey } from '../refs.ts';

/** How long the Job may still be kept; undefined where it is not to be deleted. */
function leftMs({ metadata, spec, status }: Job, now: Millis): Millis | undefined {
  const ended = holding(status.conditions, 'Complete') ?? holding(status.conditions, 'Failed');
  const { ttlSecondsAfterFinished: ttl } = spec;
  if (metadata.deletionTimestamp !== undefined || isNil(ttl) || ended === undefined) return undefined;
  return parseTime(ended.lastTransitionTime as string) + ttl * 1000 - now;
}

export const ttlAfterFinishedController: Controller<undefined> = {
  name: 'ttl-after-finished-controller',
  account: 'ttl-after-finished-controller',
  watches: ['Job'],
  init: () => undefined,

  observe({ type, object, entry }, _state, ctx) {
    const job = object as Job;
    if (type === 'DELETED' || isNil(job.spec.ttlSecondsAfterFinished)) return;
    if (isFinished(job)) ctx.queue.add(`${job.metadata.namespace}/${job.metadata.name}`, entry);
  },

  sync(key, _state, ctx) {
    const [namespace, name] = splitKey(key);
    const known = ctx.cache.get('Job', namespace, name);
    const left = known === undefined ? undefined : leftMs(known, ctx.now);
    if (left === undefined || ctx.config.planted === 'ttl-forgotten') return;
    if (left > 0 && ctx.config.planted !== 'ttl-ignored') return ctx.queue.addAfter(key, left);
    // The cache may be late: another Job may have the name by now, or a longer time to live.
    const job = ctx.api.find('Job', namespace, name);
    const leftNow = job === undefined ? undefined : leftMs(job, ctx.now);
    if (job === undefined || leftNow === undefined) return;
    if (leftNow > 0 && ctx.config.planted !== 'ttl-ignored') return ctx.queue.addAfter(key, leftNow);
    try {
      ctx.api.delete('Job', namespace, name, {
        propagationPolicy: 'Foreground',
        preconditions: { uid: job.metadata.uid },
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  },
};
