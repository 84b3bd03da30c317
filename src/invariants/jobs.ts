/** What Jobs and CronJobs promise: each Pod is counted once, each end comes once, each time makes one Job. */
import { parseTime } from '../sim/api/time.ts';
import type { CronJob, Job, Pod } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { changeOf, defineInvariant, named, told, titled } from './define.ts';
import type { Message } from '../sim/kernel/types.ts';
import { hasEnded, isTerminating, ownerOf } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

const TRACKING = 'batch.kubernetes.io/job-tracking';

/** So long a controller may not yet know what others changed. */
const LAG_MS = 60_000;

const isTrue = ({ status }: Job, type: string): boolean =>
  status.conditions?.some((c) => c.type === type && c.status === 'True') === true;
const hasFinished = (job: Job): boolean => isTrue(job, 'Complete') || isTrue(job, 'Failed');
const isOurs = ({ spec }: Job): boolean =>
  (spec.managedBy ?? 'kubernetes.io/job-controller') === 'kubernetes.io/job-controller';

const podsOf = (uid: string, view: InvariantView): Pod[] =>
  [...view.list('Pod')].filter((p) => ownerOf(p)?.uid === uid);

interface Seen {
  /** Uids of Pods. */
  readonly succeeded: Set<string>;
  readonly failed: Set<string>;
}

export const jobsCountOnce = defineInvariant<{ seen: Map<string, Seen> }>({
  name: 'jobs-count-once',
  asks: 'api',
  about: 'A Job counts no Pod twice: it says at most as many have succeeded and failed as did.',
  why: 'a Job that counts a Pod twice ends before its work is done, or gives up too early',
  fails: 'Its status counted more Pods than had succeeded, or had failed or been deleted, up to then.',
  init: () => ({ seen: new Map() }),
  observe(entry, { seen }): Violation | undefined {
    const pod = changeOf(entry, 'Pod');
    if (pod !== undefined) {
      // A Pod that is removed at once fails by it.
      const last = pod.after ?? pod.before;
      const owner = last === undefined ? undefined : ownerOf(last);
      if (last === undefined || owner?.kind !== 'Job') return undefined;
      let of = seen.get(owner.uid);
      if (of === undefined) seen.set(owner.uid, (of = { succeeded: new Set(), failed: new Set() }));
      if (last.status.phase === 'Succeeded') of.succeeded.add(last.metadata.uid);
      else if (last.status.phase === 'Failed' || isTerminating(last) || pod.after === undefined)
        of.failed.add(last.metadata.uid);
      return undefined;
    }
    const job = changeOf(entry, 'Job')?.after;
    if (job === undefined || entry.by !== 'job-controller') return undefined;
    for (const list of ['succeeded', 'failed'] as const) {
      const said = job.status[list] ?? 0;
      const so = seen.get(job.metadata.uid)?.[list].size ?? 0;
      if (said > so)
        return {
          message: told(list === 'failed' ? 'brokenJobFailed' : 'brokenJobSucceeded', {
            job: titled(job),
            said,
            so,
          }),
          objects: [job],
          entry: entry.id,
        };
    }
    return undefined;
  },
});

export const jobsNotExceeded = defineInvariant<{ changedAt: Map<string, Millis> }>({
  name: 'jobs-not-exceeded',
  asks: 'api',
  about: 'The Job controller never makes more Pods than may run side by side, however late its cache is.',
  why: 'what runs too often at once is what parallelism is there to prevent',
  fails:
    'It made a Pod when spec.parallelism of them were there, and neither the Job nor its other Pods had ' +
    'changed hands for a minute; or it made one for a Job that was over, or suspended for so long.',
  init: () => ({ changedAt: new Map() }),
  observe(entry, { changedAt }, view): Violation | undefined {
    const { before, after } = changeOf(entry, 'Job') ?? {};
    if (after !== undefined) {
      const [was, is] = [before, after].map((j) => [j?.spec.parallelism, j?.spec.suspend].join());
      if (before !== undefined && was !== is) changedAt.set(after.metadata.uid, entry.at);
      return undefined;
    }
    const pod = changeOf(entry, 'Pod');
    const owner = pod?.after === undefined ? undefined : ownerOf(pod.after);
    if (pod?.after === undefined || owner?.kind !== 'Job') return undefined;
    if (pod.before !== undefined) {
      if (ownerOf(pod.before)?.uid !== owner.uid) changedAt.set(owner.uid, entry.at);
      return undefined;
    }
    const job: Job | undefined = view.find('Job', pod.namespace, owner.name);
    if (job === undefined || job.metadata.uid !== owner.uid || entry.by !== 'job-controller')
      return undefined;
    const madeThough = (key: 'brokenJobMadeOver' | 'brokenJobMadeSuspended'): Violation => ({
      message: told(key, { job: titled(job) }),
      objects: [job, pod.after!],
      entry: entry.id,
    });
    if (hasFinished(job)) return madeThough('brokenJobMadeOver');
    if (entry.at - (changedAt.get(owner.uid) ?? Number.NEGATIVE_INFINITY) < LAG_MS) return undefined;
    return job.spec.suspend === true ? madeThough('brokenJobMadeSuspended') : exceeded(job, view, entry.id);
  },
});

function exceeded(job: Job, view: InvariantView, entry: number): Violation | undefined {
  const active = podsOf(job.metadata.uid, view).filter((p) => !isTerminating(p) && !hasEnded(p));
  const most = job.spec.parallelism ?? 1;
  if (active.length <= most) return undefined;
  return {
    message: told('brokenJobParallel', { job: titled(job), most, active: active.length }),
    objects: [job, ...active],
    entry,
  };
}

const FAILURES = 'batch.kubernetes.io/job-index-failure-count';

export const jobsLimitIndexes = defineInvariant<null>({
  name: 'jobs-limit-indexes',
  asks: 'api',
  about: 'A Job with a limit per index tries no index again that has failed as often as it may.',
  why: 'one share of the work that cannot succeed must not take what the others need',
  fails: 'It made a Pod for an index that had failed more often than spec.backoffLimitPerIndex.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const pod = changeOf(entry, 'Pod');
    if (pod?.after === undefined || pod.before !== undefined || entry.by !== 'job-controller')
      return undefined;
    const owner = ownerOf(pod.after);
    const job = owner === undefined ? undefined : view.find('Job', pod.namespace, owner.name);
    const limit = job?.spec.backoffLimitPerIndex;
    if (job === undefined || job.metadata.uid !== owner?.uid || typeof limit !== 'number') return undefined;
    const failures = Number(pod.after.metadata.annotations?.[FAILURES] ?? 0);
    if (failures <= limit) return undefined;
    return {
      message: told('brokenJobIndexLimit', { job: titled(job), limit, failures }),
      objects: [job, pod.after],
      entry: entry.id,
    };
  },
});

export const jobsEndOnce = defineInvariant<null>({
  name: 'jobs-end-once',
  asks: 'api',
  about: 'A Job ends once, completed or failed, when none of its Pods runs any more, and stays as it ended.',
  why: 'what waits for a Job goes on when it says that it is over',
  fails:
    'It was completed and failed, took its end back, counted on, or said that it was over while a Pod of ' +
    'its own making ran or was ending.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const change = changeOf(entry, 'Job');
    const { before, after } = change ?? {};
    if (after === undefined || entry.by !== 'job-controller') return undefined;
    const job = titled(after);
    const broken = (message: Message, pods: readonly Pod[] = []): Violation => ({
      message,
      objects: [after, ...pods],
      entry: entry.id,
    });
    if (isTrue(after, 'Complete') && isTrue(after, 'Failed'))
      return broken(told('brokenJobBothEnds', { job }));
    if (before !== undefined && hasFinished(before)) {
      const counts = (j: Job): string => [j.status.succeeded, j.status.failed].join();
      if (!hasFinished(after)) return broken(told('brokenJobBegunAgain', { job }));
      return counts(before) === counts(after) ? undefined : broken(told('brokenJobCountsOn', { job }));
    }
    if (!hasFinished(after)) return undefined;
    const left = podsOf(after.metadata.uid, view).filter(
      (p) => !hasEnded(p) && p.metadata.finalizers?.includes(TRACKING) === true,
    );
    const ending = podsOf(after.metadata.uid, view).filter((p) => !hasEnded(p) && isTerminating(p));
    if (left.length > 0) return broken(told('brokenJobPodsLeft', { job, left: left.length }), left);
    return ending.length > 0
      ? broken(told('brokenJobPodsEnding', { job, left: ending.length }), ending)
      : undefined;
  },
});

export const jobsLetGo = defineInvariant<null>({
  name: 'jobs-let-go',
  asks: 'api',
  about: 'In the end no Pod is held by the tracking finalizer of a Job that is over or gone, or suspended.',
  why: 'such a Pod can never be deleted',
  fails: 'A Pod that had ended, or was being deleted, still had the finalizer.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const pod of view.list('Pod')) {
      const owner = ownerOf(pod);
      if (pod.metadata.finalizers?.includes(TRACKING) !== true) continue;
      if (owner !== undefined && owner.kind !== 'Job') continue;
      const job = owner === undefined ? undefined : view.find('Job', pod.metadata.namespace!, owner.name);
      const known = job !== undefined && job.metadata.uid === owner?.uid;
      if (known && (!hasFinished(job) || !isOurs(job))) continue;
      if (!hasEnded(pod) && !isTerminating(pod)) continue;
      return {
        message: told('brokenJobHolds', { pod: named(pod), known }),
        objects: [pod, ...(known ? [job] : [])],
      };
    }
    return undefined;
  },
});

export const jobsConverge = defineInvariant<null>({
  name: 'jobs-converge',
  asks: 'api',
  about: 'In the end every Job is over, suspended, or has Pods that run or are waited for.',
  why: 'work that nobody does and nobody gives up is forgotten',
  fails:
    'A Job had no Pod that had not ended, had no failure that it waits after (10 minutes at most), and was ' +
    'neither over nor suspended; or it was past its deadline.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const job of view.list('Job')) {
      const { metadata, spec, status } = job;
      if (metadata.deletionTimestamp !== undefined || hasFinished(job) || !isOurs(job)) continue;
      if (spec.suspend === true || spec.parallelism === 0) continue;
      const started = status.startTime as string | undefined;
      const deadline = spec.activeDeadlineSeconds;
      if (started !== undefined && typeof deadline === 'number') {
        const late = view.now - (parseTime(started) + deadline * 1000);
        if (late > LAG_MS && podsOf(metadata.uid, view).every((p) => !isTerminating(p)))
          return { message: told('brokenJobDeadline', { job: titled(job) }), objects: [job] };
      }
      if (view.now - parseTime(metadata.creationTimestamp) < LAG_MS) continue;
      const pods = podsOf(metadata.uid, view);
      if (pods.some((p) => !hasEnded(p) || endedWithin(p, view)) || (status.failed ?? 0) > 0) continue;
      return { message: told('brokenJobIdle', { job: titled(job) }), objects: [job] };
    }
    return undefined;
  },
});

/** Whether the end of a Pod may not be known yet. */
const endedWithin = ({ status }: Pod, view: InvariantView): boolean =>
  (status.containerStatuses ?? []).some(({ state }) => {
    const at = state?.terminated?.finishedAt;
    return typeof at === 'string' && view.now - parseTime(at) < LAG_MS;
  });

const jobsOf = (cron: CronJob, view: InvariantView): Job[] =>
  [...view.list('Job')].filter((j) => ownerOf(j)?.uid === cron.metadata.uid);

const isListed = ({ status }: CronJob, { metadata }: Job): boolean =>
  (status.active ?? []).some((ref) => ref.uid === metadata.uid);

export const cronJobsObeyed = defineInvariant<{ changedAt: Map<string, Millis> }>({
  name: 'cron-jobs-obeyed',
  asks: 'api',
  about:
    'A CronJob that forbids it, or replaces, never has two Jobs that run at once, and one that is ' +
    'suspended makes none.',
  why: 'jobs that must not overlap destroy what the other does',
  fails:
    'Its controller made a Job while another that its status listed was not over, though concurrencyPolicy ' +
    'is Forbid (or is Replace, and the other was known for a minute); or a minute after it was suspended.',
  init: () => ({ changedAt: new Map() }),
  observe(entry, { changedAt }, view): Violation | undefined {
    const change = changeOf(entry, 'CronJob');
    if (change?.after !== undefined) {
      const specs = [change.before, change.after].map((c) =>
        [c?.spec.suspend, c?.spec.concurrencyPolicy].join(),
      );
      if (specs[0] !== specs[1]) changedAt.set(change.after.metadata.uid, entry.at);
      return undefined;
    }
    const made = changeOf(entry, 'Job');
    if (made?.after === undefined || made.before !== undefined || entry.by !== 'cronjob-controller')
      return undefined;
    const owner = ownerOf(made.after);
    const cron = owner === undefined ? undefined : view.find('CronJob', made.namespace, owner.name);
    if (cron === undefined || cron.metadata.uid !== owner?.uid) return undefined;
    if (entry.at - (changedAt.get(cron.metadata.uid) ?? Number.NEGATIVE_INFINITY) < LAG_MS) return undefined;
    if (cron.spec.suspend === true)
      return {
        message: told('brokenCronJobSuspended', { cronJob: titled(cron) }),
        objects: [cron, made.after],
        entry: entry.id,
      };
    const { concurrencyPolicy: policy } = cron.spec;
    if (policy !== 'Forbid' && policy !== 'Replace') return undefined;
    // What its status does not list it may not know: a status that could not be written is not made up for.
    const isKnown = (job: Job): boolean =>
      job.metadata.uid === made.after!.metadata.uid ||
      (isListed(cron, job) &&
        (policy === 'Forbid' || entry.at - parseTime(job.metadata.creationTimestamp) > LAG_MS));
    const running = jobsOf(cron, view).filter(
      (j) => !hasFinished(j) && j.metadata.deletionTimestamp === undefined && isKnown(j),
    );
    if (running.length <= 1) return undefined;
    return {
      message: told(policy === 'Forbid' ? 'brokenCronJobForbids' : 'brokenCronJobReplaces', {
        cronJob: titled(cron),
        running: running.length,
      }),
      objects: [cron, ...running],
      entry: entry.id,
    };
  },
});

export const cronJobsTidy = defineInvariant<null>({
  name: 'cron-jobs-tidy',
  asks: 'api',
  about: 'In the end a CronJob keeps no more of its ended Jobs than its history limits say.',
  why: 'what is never deleted fills the cluster',
  fails:
    'It had more completed, or failed, Jobs than its limit, and none of them ended within the last minute.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const cron of view.list('CronJob')) {
      if (cron.metadata.deletionTimestamp !== undefined) continue;
      const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cron.spec;
      const limits = { Complete: successfulJobsHistoryLimit, Failed: failedJobsHistoryLimit };
      for (const [type, limit] of Object.entries(limits)) {
        if (typeof limit !== 'number') continue;
        const ended = jobsOf(cron, view).filter((j) => isTrue(j, type) && endedBefore(j, view.now - LAG_MS));
        if (ended.length > limit)
          return {
            message: told('brokenCronJobKeeps', { cronJob: titled(cron), kept: ended.length, type, limit }),
            objects: [cron, ...ended],
          };
      }
    }
    return undefined;
  },
});

const endedBefore = ({ metadata, status }: Job, moment: Millis): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status.conditions ?? []).every(
    (c) => typeof c.lastTransitionTime !== 'string' || parseTime(c.lastTransitionTime) < moment,
  );

const endOf = ({ status }: Job): Millis | undefined => {
  const end = status.conditions?.find(
    (c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True',
  );
  return end === undefined ? undefined : parseTime(end.lastTransitionTime as string);
};

export const jobsLiveOn = defineInvariant<null>({
  name: 'jobs-live-on',
  asks: 'api',
  about: 'A Job that is over is deleted when it has been so for ttlSecondsAfterFinished, not earlier.',
  why: 'whoever asks for the result in time finds it',
  fails: 'It was deleted by its controller too early, or was still there a minute after its time.',
  init: () => null,
  observe(entry): Violation | undefined {
    const change = changeOf(entry, 'Job');
    if (change?.before === undefined || entry.by !== 'ttl-after-finished-controller') return undefined;
    const job = change.after ?? change.before;
    const end = endOf(job);
    const ttl = job.spec.ttlSecondsAfterFinished;
    if (end !== undefined && typeof ttl === 'number' && entry.at >= end + ttl * 1000) return undefined;
    return { message: told('brokenJobDeletedEarly', { job: titled(job) }), objects: [job], entry: entry.id };
  },
  finally(_state, view): Violation | undefined {
    for (const job of view.list('Job')) {
      const end = endOf(job);
      const ttl = job.spec.ttlSecondsAfterFinished;
      if (end === undefined || typeof ttl !== 'number' || job.metadata.deletionTimestamp !== undefined)
        continue;
      if (view.now - (end + ttl * 1000) > LAG_MS)
        return { message: told('brokenJobOutlives', { job: titled(job) }), objects: [job] };
    }
    return undefined;
  },
});
