/**
 * The Jobs of a CronJob: which are active, which have ended and how many of those are kept.
 * Models cleanupFinishedJobs and deleteJob of pkg/controller/cronjob/cronjob_controllerv2.go.
 */
import { isNil } from '../../api/defaults/fill.ts';
import { ApiError } from '../../api/errors.ts';
import { parseTime } from '../../api/time.ts';
import type { CronJob, Job } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { holding } from '../job/conditions.ts';

/** A status in the making. */
export type CronStatus = CronJob['status'];

export const endOf = ({ status }: Job): 'Complete' | 'Failed' | undefined =>
  (['Complete', 'Failed'] as const).find((type) => holding(status.conditions, type) !== undefined);

export const isActive = ({ active = [] }: CronStatus, uid: string): boolean =>
  active.some((ref) => ref.uid === uid);

export function dropActive(status: CronStatus, uid: string): void {
  const left = (status.active ?? []).filter((ref) => ref.uid !== uid);
  if (left.length === 0) delete status.active;
  else status.active = left;
}

/** Deletes a Job, and strikes it from those active. @returns whether it could be */
export function deleteJob(ctx: ControllerContext, cron: CronJob, status: CronStatus, job: Job): boolean {
  try {
    ctx.api.delete('Job', job.metadata.namespace!, job.metadata.name, { propagationPolicy: 'Background' });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ctx.event(cron, 'Warning', 'FailedDelete', `Deleted job: ${error.message}`);
    return false;
  }
  dropActive(status, job.metadata.uid);
  ctx.event(cron, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
  return true;
}

/** Those that never started are the youngest. */
function byStart(a: Job, b: Job): number {
  const [first, second] = [a, b].map(({ status: { startTime } }) =>
    isNil(startTime) ? Infinity : parseTime(startTime as string),
  ) as [number, number];
  if (first !== second) return first - second;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

/** Deletes the oldest of those that have ended, beyond the limits. @returns whether the status changed */
export function cleanUp(
  ctx: ControllerContext,
  cron: CronJob,
  status: CronStatus,
  jobs: readonly Job[],
): boolean {
  let changed = false;
  const keep = (end: 'Complete' | 'Failed', limit: number | undefined | null): void => {
    if (isNil(limit) || ctx.config.planted === 'cronjob-keeps-history') return;
    const ended = jobs.filter((job) => endOf(job) === end).sort(byStart);
    for (const job of ended.slice(0, Math.max(0, ended.length - limit)))
      changed = deleteJob(ctx, cron, status, job) || changed;
  };
  keep('Complete', cron.spec.successfulJobsHistoryLimit);
  keep('Failed', cron.spec.failedJobsHistoryLimit);
  return changed;
}
