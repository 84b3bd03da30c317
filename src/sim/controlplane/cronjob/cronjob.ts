/**
 * The CronJob controller: makes a Job each time the schedule says so.
 * Models pkg/controller/cronjob/cronjob_controllerv2.go.
 */
import type { Draft, WatchEvent } from '../../api/client.ts';
import { isNil } from '../../api/defaults/fill.ts';
import { ApiError, isNamespaceTerminating } from '../../api/errors.ts';
import { EPOCH, parseTime, rfc3339 } from '../../api/time.ts';
import { isTimeZone, offsetAt } from '../../api/timezone.ts';
import type { CronJob, Job } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { resolveOwner } from '../claim.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { controllerRef } from '../podcontrol.ts';
import { controllerRefUid } from '../podutil.ts';
import { controllerOf, splitKey } from '../refs.ts';
import { cleanUp, deleteJob, dropActive, endOf, isActive, type CronStatus } from './history.ts';
import { dueTime, InvalidSchedule, untilNextMs } from './schedule.ts';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
const MINUTE_MS = 60_000;

const keyOf = ({ metadata }: CronJob | Job): string => `${metadata.namespace}/${metadata.name}`;

/** A Job has one name for each time, so that it is not made twice. */
const jobName = ({ metadata }: CronJob, at: Millis): string =>
  `${metadata.name}-${Math.floor((EPOCH + at) / MINUTE_MS)}`;

/** A moment as a zone's clocks show it: `2026-01-05T18:01:00+09:00`. */
function zoned(at: Millis, zone: string | undefined): string {
  if (zone === undefined) return rfc3339(at);
  const offset = offsetAt(zone, (EPOCH + at) / 1000);
  if (offset === 0) return rfc3339(at);
  const minutes = Math.abs(offset) / 60;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const wall = rfc3339(at + offset * 1000).slice(0, -1);
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function draftOf(cron: CronJob, at: Millis): Draft<Job> {
  const { metadata, spec } = cron.spec.jobTemplate;
  const { labels, annotations } = (metadata ?? {}) as Partial<Record<string, Record<string, string>>>;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(cron, at),
      namespace: cron.metadata.namespace!,
      ...(labels === undefined ? {} : { labels }),
      annotations: { ...annotations, [SCHEDULED_AT]: zoned(at, cron.spec.timeZone ?? undefined) },
      ownerReferences: [controllerRef(cron)],
    },
    spec: spec as Job['spec'],
  };
}

/** Says of each Job what has become of it. @returns whether the status changed */
function noteJobs(ctx: ControllerContext, cron: CronJob, status: CronStatus, jobs: readonly Job[]): boolean {
  let changed = false;
  for (const job of jobs) {
    const { name, uid } = job.metadata;
    const end = endOf(job);
    if (isActive(status, uid)) {
      if (end === undefined) continue;
      dropActive(status, uid);
      ctx.event(cron, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, status: ${end}`);
      changed = true;
    } else if (end === undefined) {
      // The cache may be late; else the status was not written, or somebody else made it.
      const fresh = ctx.api.get('CronJob', cron.metadata.namespace!, cron.metadata.name);
      if (isActive(fresh.status, uid)) Object.assign(status, fresh.status);
      else
        ctx.event(
          cron,
          'Warning',
          'UnexpectedJob',
          `Saw a job that the controller did not create or forgot: ${name}`,
        );
    } else if (end === 'Complete') {
      const completed = job.status.completionTime as string;
      const last = status.lastSuccessfulTime as string | undefined;
      if (!isNil(last) && parseTime(completed) <= parseTime(last)) continue;
      status.lastSuccessfulTime = completed;
      changed = true;
    }
  }
  return changed;
}

/** Strikes out what is gone. @returns whether the status changed */
function dropMissing(
  ctx: ControllerContext,
  cron: CronJob,
  status: CronStatus,
  jobs: readonly Job[],
): boolean {
  let changed = false;
  for (const { namespace, name, uid } of status.active ?? []) {
    if (jobs.some((job) => job.metadata.uid === uid)) continue;
    if (ctx.api.find('Job', namespace!, name!) !== undefined) continue;
    ctx.event(cron, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
    dropActive(status, uid!);
    changed = true;
  }
  return changed;
}

interface Outcome {
  /** Until it is to be looked at again. */
  readonly againMs?: Millis | undefined;
  readonly changed: boolean;
  readonly error?: ApiError;
}

const UNCHANGED: Outcome = { changed: false };

/** The Job made for a time; undefined where it was there already and is somebody else's, or known. */
function makeJob(ctx: ControllerContext, cron: CronJob, status: CronStatus, at: Millis): Job | undefined {
  const draft = draftOf(cron, at);
  try {
    const job = ctx.api.create<Job>(draft);
    ctx.event(cron, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
    return job;
  } catch (error) {
    if (!(error instanceof ApiError) || isNamespaceTerminating(error)) throw error;
    if (error.reason !== 'AlreadyExists') {
      ctx.event(cron, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`);
      throw error;
    }
    const job = ctx.api.get('Job', cron.metadata.namespace!, draft.metadata.name!);
    const ours = controllerRefUid(job) === cron.metadata.uid;
    return ours && !isActive(status, job.metadata.uid) ? job : undefined;
  }
}

/** Deletes what still runs. @throws ApiError what the API server answered */
function replaceActive(ctx: ControllerContext, cron: CronJob, status: CronStatus): void {
  for (const { namespace, name } of status.active ?? []) {
    let job: Job;
    try {
      job = ctx.api.get('Job', namespace!, name!);
    } catch (error) {
      if (error instanceof ApiError) ctx.event(cron, 'Warning', 'FailedGet', `Get job: ${error.message}`);
      throw error;
    }
    if (!deleteJob(ctx, cron, status, job))
      throw new ApiError('InternalError', `could not replace job ${namespace}/${name}`);
  }
}

/** Makes the Job that is due, if one is. */
function schedule(ctx: ControllerContext, cron: CronJob, status: CronStatus): Outcome {
  const { spec } = cron;
  const { now } = ctx;
  if (cron.metadata.deletionTimestamp !== undefined) return UNCHANGED;
  if (!isNil(spec.timeZone) && !isTimeZone(spec.timeZone)) {
    const why = `invalid timeZone: ${JSON.stringify(spec.timeZone)}: unknown time zone ${spec.timeZone}`;
    ctx.event(cron, 'Warning', 'UnknownTimeZone', why);
    return UNCHANGED;
  }
  if (spec.suspend === true && ctx.config.planted !== 'cronjob-ignores-suspend') return UNCHANGED;
  const so: CronJob = { ...cron, status };
  let due: ReturnType<typeof dueTime>;
  try {
    due = dueTime(so, now);
  } catch (error) {
    if (!(error instanceof InvalidSchedule)) throw error;
    ctx.event(cron, 'Warning', 'InvalidSchedule', `invalid schedule: ${spec.schedule} : ${error.message}`);
    return UNCHANGED;
  }
  const later = (): Outcome => ({ againMs: untilNextMs({ ...cron, status }, now), changed: false });
  if (due === undefined) return later();
  if (due.many)
    ctx.event(
      cron,
      'Warning',
      'TooManyMissedTimes',
      'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
    );
  const { at } = due;
  if (!isNil(spec.startingDeadlineSeconds) && at + spec.startingDeadlineSeconds * 1000 < now) {
    const missed = new Date(EPOCH + at).toUTCString();
    ctx.event(cron, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${missed}`);
    return later();
  }
  const name = jobName(cron, at);
  if (status.active?.some((ref) => ref.name === name) || status.lastScheduleTime === rfc3339(at))
    return later();
  const running = (status.active ?? []).length > 0;
  if (spec.concurrencyPolicy === 'Forbid' && running && ctx.config.planted !== 'cronjob-forbid-overlaps') {
    ctx.event(
      cron,
      'Normal',
      'JobAlreadyActive',
      'Not starting job because prior execution is running and concurrency policy is Forbid',
    );
    return later();
  }
  let replaced = false;
  try {
    const replaces =
      spec.concurrencyPolicy === 'Replace' && ctx.config.planted !== 'cronjob-replace-overlaps';
    if (replaces && running) {
      replaceActive(ctx, cron, status);
      replaced = true;
    }
    const job = makeJob(ctx, cron, status, at);
    if (job === undefined) return { changed: replaced };
    const { namespace, uid, resourceVersion } = job.metadata;
    const ref = { kind: 'Job', namespace: namespace!, name, uid, apiVersion: 'batch/v1', resourceVersion };
    status.active = [...(status.active ?? []), ref];
    status.lastScheduleTime = rfc3339(at);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { changed: replaced, error };
  }
  return { ...later(), changed: true };
}

function observeCronJob({ type, object: cron, old }: WatchEvent<CronJob>): 'now' | 'next' {
  return type === 'MODIFIED' &&
    old !== undefined &&
    (old.spec.schedule !== cron.spec.schedule || old.spec.timeZone !== cron.spec.timeZone)
    ? 'next'
    : 'now';
}

export const cronJobController: Controller<undefined> = {
  name: 'cronjob-controller',
  account: 'cronjob-controller',
  watches: ['CronJob', 'Job'],
  init: () => undefined,

  observe(event, _state, ctx) {
    if (event.kind === 'Job') {
      const { object, old, entry } = event as WatchEvent<Job>;
      if (ctx.cache.count('CronJob') === 0) return;
      for (const job of [old, object]) {
        const cron = resolveOwner(ctx, 'CronJob', job);
        if (cron !== undefined) ctx.queue.add(keyOf(cron), entry);
      }
      return;
    }
    const cron = event.object as CronJob;
    if (observeCronJob(event as WatchEvent<CronJob>) === 'now') ctx.queue.add(keyOf(cron), event.entry);
    else ctx.queue.addAfter(keyOf(cron), untilNextMs(cron, ctx.now) ?? 0);
  },

  sync(key, _state, ctx) {
    const [namespace, name] = splitKey(key);
    const cron = ctx.cache.get('CronJob', namespace, name);
    if (cron === undefined) return;
    const jobs = ctx.cache.list('Job', namespace).filter((job) => controllerOf(job)?.name === name);
    const status: CronStatus = { ...cron.status };
    let changed = cleanUp(ctx, cron, status, jobs);
    changed = noteJobs(ctx, cron, status, jobs) || changed;
    changed = dropMissing(ctx, cron, status, jobs) || changed;
    const outcome = schedule(ctx, cron, status);
    if (changed || outcome.changed) ctx.api.updateStatus<CronJob>({ ...cron, status });
    if (outcome.error !== undefined) throw outcome.error;
    if (outcome.againMs !== undefined) ctx.queue.addAfter(key, outcome.againMs);
  },
};
