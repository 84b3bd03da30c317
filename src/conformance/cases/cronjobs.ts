/** CronJobs: when a Job is due, what one sync makes of it, and what is kept. */
import { ApiError, NAMESPACE_TERMINATING } from '../../sim/api/errors.ts';
import { EPOCH, parseTime, rfc3339 } from '../../sim/api/time.ts';
import type { CronJob, Job } from '../../sim/api/types.ts';
import { cronJobController } from '../../sim/controlplane/cronjob/cronjob.ts';
import { recentTime, untilNextMs } from '../../sim/controlplane/cronjob/schedule.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import type { CaseArea } from './area.ts';
import type { Fields } from './api-objects.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// ---- when a Job is due

/** A Thursday. */
const TOP = parseTime('2016-05-19T10:00:00Z');
const moment = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : rfc3339(TOP + ms));
const cronAt = (schedule: string, { created = 0, last, deadline, zone }: { created?: number; last?: number; deadline?: number; zone?: string }): CronJob => ({
  metadata: { name: 'hello', namespace: 'default', creationTimestamp: moment(created) },
  spec: { schedule, ...(deadline === undefined ? {} : { startingDeadlineSeconds: deadline }), ...(zone === undefined ? {} : { timeZone: zone }) },
  status: last === undefined ? {} : { lastScheduleTime: moment(last) },
}) as unknown as CronJob;
type Times = Parameters<typeof cronAt>[1];

/** Milliseconds after the hour: reckoned from, the time that is due, how many were missed. */
function recent(schedule: string, times: Times, now: number, withDeadline = false): unknown {
  try {
    const { earliest, last, missed } = recentTime(cronAt(schedule, times), TOP + now, withDeadline);
    return [earliest - TOP, last === undefined ? undefined : last - TOP, missed > 100 ? 'many' : missed > 0 ? 'few' : 'none'];
  } catch (error) {
    return (error as Error).message;
  }
}
const NEVER = 'time difference between two schedules is less than 1 second';
const WORKDAYS = '30 6-16/4 * * 1-5';
const RECENT: readonly (readonly [name: string, schedule: string, times: Times, now: number, expected: unknown, withDeadline?: boolean])[] = [
  ['before the first time', '0 * * * *', {}, 30_000, [0, undefined, 'none']],
  ['just after it', '0 * * * *', {}, 61 * MINUTE, [0, HOUR, 'none']],
  ['five were missed', '0 * * * *', { created: 10_000 }, 301 * MINUTE, [10_000, 5 * HOUR, 'few']],
  ['an uneven schedule', WORKDAYS, { last: 30 * MINUTE }, DAY + 31 * MINUTE, [30 * MINUTE, DAY + 30 * MINUTE, 'few']],
  ['three times a day, and it is evening', '30 10,11,12 * * 1-5', { last: 30 * MINUTE }, 30 * HOUR + 30 * MINUTE, [30 * MINUTE, undefined, 'few']],
  ['over a weekend', WORKDAYS, { last: 30 * MINUTE }, 4 * DAY + 31 * MINUTE, [30 * MINUTE, 4 * DAY + 30 * MINUTE, 'few']],
  ['the first two are closer than the others', WORKDAYS, {}, DAY + 31 * MINUTE, [0, DAY + 30 * MINUTE, 'few']],
  ['every hour since the last', '@every 1h', { created: -59 * MINUTE, last: MINUTE, deadline: 10 }, 7 * DAY, [MINUTE, 6 * DAY + 23 * HOUR + MINUTE, 'many']],
  ['a day that is in no year', '59 23 31 2 *', { created: 10_000 }, HOUR, NEVER],
  ['it was at its creation', '0 * * * *', { last: 0 }, 30_000, [0, undefined, 'none']],
  ['reckoned from the last', '*/5 * * * *', { last: 30 * MINUTE }, 31 * MINUTE, [30 * MINUTE, undefined, 'none']],
  ['within the deadline', '*/5 * * * *', { last: 30 * MINUTE, deadline: 60 }, 31 * MINUTE, [30 * MINUTE, undefined, 'none']],
  ['reckoned from the deadline', '*/5 * * * *', { last: 30 * MINUTE, deadline: 60 }, 32 * MINUTE, [31 * MINUTE, undefined, 'none'], true],
  ['none needed yet', '0 * * * ?', { created: -10 * MINUTE }, -7 * MINUTE, [-10 * MINUTE, undefined, 'none']],
  ['one needed', '0 * * * ?', { created: -10 * MINUTE }, 2000, [-10 * MINUTE, 0, 'none']],
  ['the last is known, none needed', '0 * * * ?', { created: -10 * MINUTE, last: 0 }, 2 * MINUTE, [0, undefined, 'none']],
  ['the last is known, one needed', '0 * * * ?', { created: -10 * MINUTE, last: 0 }, 65 * MINUTE, [0, HOUR, 'none']],
  ['two needed', '0 * * * ?', { created: -2 * HOUR, last: -HOUR }, 65 * MINUTE, [-HOUR, HOUR, 'few']],
  ['days ago', '0 * * * ?', { created: -2 * HOUR, last: -HOUR }, HOUR + 10 * DAY, [-HOUR, HOUR + 10 * DAY, 'many']],
  ['days ago, with a deadline', '0 * * * ?', { created: -2 * HOUR, last: -HOUR, deadline: 7200 }, HOUR + 10 * DAY, [10 * DAY - HOUR, HOUR + 10 * DAY, 'few'], true],
  ['in a time zone', '0 20 * * *', { zone: 'Asia/Tokyo' }, 90 * MINUTE, [0, HOUR, 'none']],
];
const NEXT: readonly (readonly [name: string, schedule: string, times: Times, now: number, expected: number | undefined])[] = [
  ['the next of the day', WORKDAYS, { last: 30 * MINUTE }, DAY + 31 * MINUTE, 3 * HOUR + 59 * MINUTE],
  ['over a weekend', '30 10,11,12 * * 1-5', { last: 30 * MINUTE }, 30 * HOUR + 30 * MINUTE, 66 * HOUR],
  ['once a week, and two were missed', '0 12 * * 4', { last: 2 * HOUR }, 19 * DAY + HOUR + 30 * MINUTE, 48 * HOUR + 30 * MINUTE],
  ['it never ran', '0 12 * * 5', {}, 6 * HOUR, 20 * HOUR],
];

// ---- one sync, at nine o'clock

/** Due a minute ago, and due in a minute. */
const IS_TIME = '59 * * * ?';
const NOT_TIME = '1 * * * ?';
const SHORT = 10;
const MEDIUM = 7200;
const LONG = 1_000_000;
const LAST = -60 * MINUTE;
const nameAt = (at: number): string => `hello-${Math.floor((EPOCH + at) / MINUTE)}`;

interface Given {
  readonly policy?: 'Allow' | 'Forbid' | 'Replace';
  readonly schedule?: string;
  readonly deadline?: number;
  readonly suspend?: true;
  readonly zone?: string;
  /** The Job it made: over; running; and running, though the cache does not know of it, or the status says nothing of it. */
  readonly before?: 'done' | 'active' | 'unseen' | 'unsaid';
  /** When that was; an hour ago. */
  readonly last?: number;
  /** When that Job was made for. */
  readonly madeFor?: number;
  readonly refuse?: (verb: string, kind: string) => ApiError | undefined;
}

const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'hello', uid: 'hello', controller: true };
const jobSpec = { template: { metadata: { labels: { foo: 'bar' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'foo/bar' }] } } };
const madeJob = (name: string, meta: Fields = {}, status: Fields = {}): object => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'default', uid: name, ownerReferences: [owner], ...meta }, spec: { ...jobSpec, selector: { matchLabels: { foo: 'bar' } } }, status,
});
const done = (at: number): Fields => ({ startTime: rfc3339(at), completionTime: rfc3339(at + 10_000), succeeded: 1, conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: rfc3339(at + 10_000) }] });
const cronJob = (spec: Fields, status: Fields = {}, meta: Fields = {}): object => ({
  apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'hello', namespace: 'default', uid: 'hello', creationTimestamp: rfc3339(-8 * DAY), ...meta },
  spec: { schedule: IS_TIME, concurrencyPolicy: 'Allow', jobTemplate: { metadata: { labels: { a: 'b' }, annotations: { x: 'y' } }, spec: jobSpec }, ...spec }, status,
});

function cluster({ policy = 'Allow', schedule = IS_TIME, deadline, suspend, zone, before, last = LAST, madeFor = last, refuse }: Given): Harness {
  const h = harness([cronJobController]);
  const spec = {
    schedule, concurrencyPolicy: policy, ...(deadline === undefined ? {} : { startingDeadlineSeconds: deadline }), ...(suspend === undefined ? {} : { suspend }), ...(zone === undefined ? {} : { timeZone: zone }),
  };
  const name = nameAt(madeFor);
  const active = [{ apiVersion: 'batch/v1', kind: 'Job', namespace: 'default', name, uid: name }];
  const ran = before === undefined ? {} : { lastScheduleTime: rfc3339(last) };
  const running = before === 'active' || before === 'unseen';
  h.put(cronJob(spec, { ...ran, ...(running ? { active } : {}) }, before === undefined ? { creationTimestamp: rfc3339(-2 * MINUTE) } : {}));
  if (before === 'active' || before === 'unsaid') h.put(madeJob(name));
  if (before === 'done') h.put(madeJob(name, {}, done(last)));
  h.deliver();
  if (before === 'unseen') h.put(madeJob(name));
  if (before === 'unsaid') h.put(cronJob(spec, { ...ran, active }));
  if (refuse !== undefined)
    h.refuse = (verb, kind) => {
      const error = refuse(verb, kind);
      if (error !== undefined) throw error;
    };
  return h;
}

/** What one sync did: Jobs made and deleted, those it calls active, what its events warn of, seconds until the next look; what is nothing, is left out. */
function synced(given: Given): Fields {
  const h = cluster(given);
  const error = h.syncOnce('cronjob-controller', 'default/hello');
  const names = new Set(h.list('Job').map((j) => j.metadata.name));
  const { status } = h.api.get('CronJob', 'default', 'hello');
  const wrote = (verb: string): string[] => h.writes.filter((w) => w.verb === verb && w.kind === 'Job').map((w) => w.name);
  const made = wrote('create').filter((name) => names.has(name)).length;
  const said = h.events.filter((e) => e.type === 'Warning' || e.reason === 'JobAlreadyActive').map((e) => e.reason);
  const again = h.pending().find((p) => p.key === 'default/hello' && error === undefined);
  const all = { made, deleted: wrote('delete').filter((name) => !names.has(name)).length, active: status.active?.length ?? 0, said, error: error?.reason, again: again === undefined ? 0 : Math.floor((again.at - h.now) / 1000) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== 0 && (typeof value !== 'object' || value.length > 0)));
}

const refusing = (verb: string, error: ApiError): Given['refuse'] => (v, kind) => (v === verb && kind === 'Job' ? error : undefined);
const TERMINATING = new ApiError('Forbidden', 'because it is being terminated', { causes: [{ field: 'metadata.namespace', reason: NAMESPACE_TERMINATING, message: '' }] });
const INTERNAL = new ApiError('InternalError', 'no');
const A_WEEK_AGO = -7 * DAY;
const AN_HOUR = 3540;
const A_MINUTE = 60;

const SYNCS: readonly (readonly [name: string, given: Given, expected: Fields])[] = [
  ...(['Allow', 'Forbid', 'Replace'] as const).flatMap((policy): [string, Given, Fields][] => [
    [`${policy}: never ran, and it has no schedule`, { policy, schedule: '59 23 31 2 *' }, { said: ['InvalidSchedule'] }],
    [`${policy}: never ran, not its time`, { policy, schedule: NOT_TIME }, { again: A_MINUTE }],
    [`${policy}: never ran, its time`, { policy }, { made: 1, active: 1, again: AN_HOUR }],
    [`${policy}: never ran, its time in a zone`, { policy, schedule: '59 17 * * ?', zone: 'Asia/Tokyo' }, { made: 1, active: 1, again: 86_340 }],
    [`${policy}: ran and is done, not its time`, { policy, schedule: NOT_TIME, before: 'done', last: -59 * MINUTE }, { again: A_MINUTE }],
    [`${policy}: ran and is done, its time`, { policy, before: 'done' }, { made: 1, active: 1, again: AN_HOUR }],
    [`${policy}: still active, not its time`, { policy, schedule: NOT_TIME, before: 'active', last: -59 * MINUTE }, { active: 1, again: A_MINUTE }],
    [`${policy}: long overdue, no deadline`, { policy, before: 'done', last: A_WEEK_AGO }, { made: 1, active: 1, said: ['TooManyMissedTimes'], again: AN_HOUR }],
    [`${policy}: long overdue, within its deadline`, { policy, before: 'done', last: A_WEEK_AGO, deadline: LONG }, { made: 1, active: 1, said: ['TooManyMissedTimes'], again: AN_HOUR }],
    [`${policy}: long overdue, past its deadline of hours but for the last`, { policy, before: 'done', last: A_WEEK_AGO, deadline: MEDIUM }, { made: 1, active: 1, again: AN_HOUR }],
    [`${policy}: long overdue, past its deadline of seconds but for the last`, { policy, schedule: '0 * * * ?', before: 'done', last: A_WEEK_AGO, deadline: SHORT }, { made: 1, active: 1, again: 3600 }],
    [`${policy}: the Job of this time is there, and the cache does not know it`, { policy, before: 'unseen', madeFor: -MINUTE, deadline: LONG }, { active: 1, again: AN_HOUR }],
    [`${policy}: the Job of this time is there, and the status in the cache does not say so`, { policy, before: 'unsaid', madeFor: -MINUTE, deadline: LONG }, { active: 1, again: AN_HOUR }],
  ]),
  ['Allow: still active, its time', { before: 'active' }, { made: 1, active: 2, again: AN_HOUR }],
  ['Forbid: still active, its time', { policy: 'Forbid', before: 'active' }, { active: 1, said: ['JobAlreadyActive'], again: AN_HOUR }],
  ['Replace: still active, its time', { policy: 'Replace', before: 'active' }, { made: 1, deleted: 1, active: 1, again: AN_HOUR }],
  ['Replace: still active, and it cannot be deleted', { policy: 'Replace', before: 'active', refuse: refusing('delete', INTERNAL) }, { active: 1, said: ['FailedDelete'], error: 'InternalError' }],
  ['never ran, its time, suspended', { suspend: true }, {}],
  ['ran and is done, its time, suspended', { before: 'done', suspend: true }, {}],
  ['still active, its time, suspended', { before: 'active', suspend: true }, { active: 1 }],
  ['never ran, its time, past its deadline', { deadline: SHORT }, { again: AN_HOUR }],
  ['never ran, its time, within its deadline', { deadline: LONG }, { made: 1, active: 1, again: AN_HOUR }],
  ['ran and is done, its time, past its deadline', { before: 'done', deadline: SHORT }, { again: AN_HOUR }],
  ['ran and is done, its time, within its deadline', { before: 'done', deadline: LONG }, { made: 1, active: 1, again: AN_HOUR }],
  ['still active, its time, past its deadline', { before: 'active', deadline: SHORT }, { active: 1, again: AN_HOUR }],
  ['still active, its time, within its deadline', { before: 'active', deadline: LONG }, { made: 1, active: 2, again: AN_HOUR }],
  ['its time, in a zone that is none', { zone: 'bad zone' }, { said: ['UnknownTimeZone'] }],
  ['its time, and no Job can be made', { before: 'done', refuse: refusing('create', INTERNAL) }, { said: ['FailedCreate'], error: 'InternalError' }],
  ['its time, and the namespace is going', { before: 'done', refuse: refusing('create', TERMINATING) }, { error: 'Forbidden' }],
  ['its time, and it was made for it already', { before: 'done', last: -MINUTE }, { again: AN_HOUR }],
];

/** With Jobs of the names given, by their start and end. */
function kept(spec: Fields, jobs: readonly object[], refuse?: Given['refuse']): string[] {
  const h = harness([cronJobController]);
  h.put(cronJob(spec, { lastScheduleTime: rfc3339(LAST) }));
  for (const job of jobs) h.put(job);
  h.deliver();
  if (refuse !== undefined)
    h.refuse = (verb, kind) => {
      const error = refuse(verb, kind);
      if (error !== undefined) throw error;
    };
  h.syncOnce('cronjob-controller', 'default/hello');
  return h.writes.flatMap((w) => (w.verb === 'delete' ? [w.name] : []));
}
const ended = (name: string, started: number | undefined, type = 'Complete', meta: Fields = {}): object =>
  madeJob(name, meta, { ...(started === undefined ? {} : { startTime: rfc3339(started) }), conditions: [{ type, status: 'True', lastTransitionTime: rfc3339(-MINUTE) }], ...(type === 'Complete' ? { completionTime: rfc3339(-MINUTE) } : {}) });
const OVER: readonly object[] = [ended('an-hour-ago', -HOUR), ended('a-minute-ago', -MINUTE)];
const KEPT: readonly (readonly [name: string, spec: Fields, jobs: readonly object[], expected: string[], refuse?: Given['refuse']])[] = [
  ['the oldest goes though no Job can be made (a quota would else stay full)', { successfulJobsHistoryLimit: 1 }, OVER, ['an-hour-ago'], refusing('create', INTERNAL)],
  ['none goes within the limit', { schedule: NOT_TIME, successfulJobsHistoryLimit: 2 }, OVER, []],
  ['all go where none is kept', { schedule: NOT_TIME, successfulJobsHistoryLimit: 0 }, OVER, ['an-hour-ago', 'a-minute-ago']],
  ['those that failed have a limit of their own', { schedule: NOT_TIME, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 1 }, [ended('a', -3 * MINUTE), ended('b', -2 * MINUTE, 'Failed'), ended('c', -MINUTE, 'Failed')], ['b']],
  ['of one start, by their names', { schedule: NOT_TIME, successfulJobsHistoryLimit: 1 }, [ended('b', -MINUTE), ended('a', -MINUTE)], ['a']],
  ['one that never started is the youngest', { schedule: NOT_TIME, successfulJobsHistoryLimit: 1 }, [ended('a', undefined), ended('b', -MINUTE)], ['b']],
  ['of two that never started, by their names', { schedule: NOT_TIME, successfulJobsHistoryLimit: 1 }, [ended('b', undefined), ended('a', undefined)], ['a']],
  ['those that run stay', { schedule: NOT_TIME, successfulJobsHistoryLimit: 0 }, [madeJob('running')], []],
  ['those of nobody stay', { schedule: NOT_TIME, successfulJobsHistoryLimit: 0 }, [ended('nobodys', -HOUR, 'Complete', { ownerReferences: [] })], []],
  ['those of other labels go too', { schedule: NOT_TIME, successfulJobsHistoryLimit: 0 }, [ended('other', -HOUR, 'Complete', { labels: { key: 'other' } })], ['other']],
];

/** Seconds from a change of its spec until the CronJob makes a Job, or deletes the one that is over. */
function afterChange(before: Fields, after: Fields): number {
  const h = harness([cronJobController]);
  h.put(cronJob(before, {}, { creationTimestamp: rfc3339(0) }));
  h.put(ended('over', -MINUTE));
  h.run();
  h.put(cronJob(after, {}, { creationTimestamp: rfc3339(0) }));
  h.pass(HOUR);
  return (h.writes.find((w) => w.kind === 'Job')?.at ?? Number.NaN) / 1000;
}

/** What a Job of a CronJob is made of. */
function draft(given: Given = {}): Job {
  const h = cluster(given);
  h.syncOnce('cronjob-controller', 'default/hello');
  return h.list('Job').find((j) => j.metadata.name === h.writes.find((w) => w.verb === 'create' && w.kind === 'Job')?.name)!;
}
function existing(meta: Fields): Fields {
  const h = harness([cronJobController]);
  h.put(cronJob({ concurrencyPolicy: 'Forbid' }, { lastScheduleTime: rfc3339(LAST) }));
  h.deliver();
  h.put(madeJob(nameAt(-MINUTE), meta));
  h.syncOnce('cronjob-controller', 'default/hello');
  const { status } = h.api.get('CronJob', 'default', 'hello');
  return { active: status.active?.map((ref) => ref.name) ?? [], written: h.writes.some((w) => w.verb === 'updateStatus') };
}

export const cronJobCases: CaseArea = {
  area: 'cron jobs',
  source: 'pkg/controller/cronjob/{cronjob_controllerv2,utils}_test.go',
  cases: [
    ...RECENT.map(([name, schedule, times, now, expected, withDeadline]) => ({ name: `due: ${name}`, run: () => recent(schedule, times, now, withDeadline), expected })),
    ...NEXT.map(([name, schedule, times, now, expected]) => ({ name: `looked at again: ${name}`, run: () => untilNextMs(cronAt(schedule, times), TOP + now)! - 100, expected })),
    ...SYNCS.map(([name, given, expected]) => ({ name, run: () => synced(given), expected })),
    ...KEPT.map(([name, spec, jobs, expected, refuse]) => ({ name: `kept: ${name}`, run: () => kept(spec, jobs, refuse), expected })),
    { name: 'a change of what is kept is looked at at once', run: () => afterChange({ schedule: NOT_TIME }, { schedule: NOT_TIME, successfulJobsHistoryLimit: 0 }), expected: 0 },
    { name: 'a new schedule is looked at when it is due', run: () => afterChange({ schedule: '30 * * * *' }, { schedule: '*/1 * * * *' }), expected: 60.1 },
    { name: 'a new time zone is looked at when it is due', run: () => afterChange({ schedule: '5 9 * * *', timeZone: 'America/New_York' }, { schedule: '5 9 * * *' }), expected: 300.1 },
    { name: 'a Job has the labels of the template', run: () => draft().metadata.labels?.['a'], expected: 'b' },
    { name: 'a Job is named by the minute it is for', run: () => draft().metadata.name, expected: nameAt(-MINUTE) },
    { name: 'a Job has the annotations of the template, and its time', run: () => draft().metadata.annotations, expected: { x: 'y', 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-05T08:59:00Z' } },
    { name: 'its time is told as the zone\'s clocks show it', run: () => draft({ schedule: '59 17 * * ?', zone: 'Asia/Tokyo' }).metadata.annotations?.['batch.kubernetes.io/cronjob-scheduled-timestamp'], expected: '2026-01-05T17:59:00+09:00' },
    { name: 'a Job is the CronJob\'s own', run: () => draft().metadata.ownerReferences, expected: [{ ...owner, blockOwnerDeletion: true }] },
    { name: 'a Job that it made and did not write down is written down', run: () => existing({}), expected: { active: [nameAt(-MINUTE)], written: true } },
    { name: 'a Job of the name that is somebody else\'s is left alone', run: () => existing({ ownerReferences: [] }), expected: { active: [], written: false } },
    {
      name: 'a success is written down by when it was', expected: rfc3339(LAST + 10_000),
      run: () => {
        const h = cluster({ schedule: NOT_TIME, before: 'done' });
        h.syncOnce('cronjob-controller', 'default/hello');
        return h.api.get('CronJob', 'default', 'hello').status.lastSuccessfulTime;
      },
    },
  ],
};
