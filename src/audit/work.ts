/** What became of work that ends, from the history: of a run of a Job, of the runs of a CronJob. */
import { nameOf, namespaceOf, get, jobSpecOf } from '../edits/shapes.ts';
import type { Manifests } from '../edits/manifests.ts';
import { isFinished, isTrue } from '../sim/api/validation/jobstatus.ts';
import { parseTime } from '../sim/api/time.ts';
import type { Job, Pod } from '../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Done } from './done.ts';
import type { Effect } from './measure.ts';
import type { Served, Work } from './subject.ts';
import type { Due, Run } from './trials/trial.ts';

/** Jobs and CronJobs of manifests that are to run. */
export const worksIn = ({ objects }: Pick<Manifests, 'objects'>): Served[] =>
  objects.flatMap((object, place) => {
    const spec = jobSpecOf(object);
    if (spec === undefined || nameOf(object) === '') return [];
    if (get(object, ['spec', 'suspend']) === true || get(object, [...spec, 'suspend']) === true) return [];
    const name = `${namespaceOf(object)}/${object.kind.toLowerCase()}/${nameOf(object)}`;
    const as = object.kind as 'Job' | 'CronJob';
    return [{ as, name, url: `work:${name}`, workloads: [place] }];
  });

const isOf = (entry: HistoryEntry, kind: string, namespace: string): entry is ApiChange =>
  entry.type === 'api' && entry.kind === kind && entry.namespace === namespace;

/** The run of a Job since an entry, as its last change left it. */
export function lastOf(
  history: readonly HistoryEntry[],
  since: EntryId,
  namespace: string,
  name: string,
): Job | undefined {
  for (let i = history.length - 1; i >= 0; i -= 1) {
    const entry = history[i]!;
    if (entry.id <= since) return undefined;
    // Of one that was cleaned up, how it was before.
    if (isOf(entry, 'Job', namespace) && entry.name === name) return (entry.after ?? entry.before) as Job;
  }
  return undefined;
}

/** How long each container of a Job's Pods worked that ended well, by the Pods' uids. */
function worked(
  history: readonly HistoryEntry[],
  since: EntryId,
  { metadata }: Job,
): Map<string, Map<string, Millis>> {
  const done = new Map<string, Map<string, Millis>>();
  const own = new Map<string, string[]>();
  const started = new Map<string, Millis>();
  for (const entry of history) {
    if (entry.id <= since) continue;
    if (isOf(entry, 'Pod', metadata.namespace!) && entry.before === undefined) {
      const pod = entry.after as Pod;
      if (pod.metadata.ownerReferences?.some((o) => o.uid === metadata.uid))
        own.set(
          pod.metadata.uid,
          pod.spec.containers.map((c) => c.name),
        );
    }
    if (entry.type !== 'world') continue;
    const { uid, container, code } = entry.args as { uid?: string; container?: string; code?: number };
    if (uid === undefined || container === undefined || !own.get(uid)?.includes(container)) continue;
    const key = `${uid} ${container}`;
    if (entry.key === 'containerStarted') started.set(key, entry.at);
    if (entry.key !== 'containerExited' || code !== 0) continue;
    const of = done.get(uid) ?? new Map<string, Millis>();
    done.set(uid, of.set(container, entry.at - (started.get(key) ?? entry.at)));
  }
  return new Map([...done].filter(([uid, of]) => of.size === own.get(uid)!.length));
}

/** How a run goes that nothing happens to; undefined where it was not completed. */
export function undisturbed(
  history: readonly HistoryEntry[],
  since: EntryId,
  namespace: string,
  name: string,
): Pick<Work, 'tookMs' | 'seenMs' | 'durations'> | undefined {
  const job = lastOf(history, since, namespace, name);
  if (job === undefined || !isTrue(job, 'Complete')) return undefined;
  const pods = worked(history, since, job);
  const byContainer: Record<string, Millis> = {};
  for (const of of pods.values())
    for (const [container, ms] of of) byContainer[container] = Math.min(byContainer[container] ?? ms, ms);
  return {
    tookMs: tookOf(job),
    seenMs: seenOf(history, since, job),
    durations: { byContainer, pods: pods.size },
  };
}

/** From when the API says of a Pod of a Job that it runs until its last container ends, at the longest. */
function seenOf(history: readonly HistoryEntry[], since: EntryId, { metadata }: Job): Millis {
  const running = new Map<string, Millis>();
  let longest = 0;
  for (const entry of history) {
    if (entry.id <= since) continue;
    if (isOf(entry, 'Pod', metadata.namespace!)) {
      const pod = entry.after as Pod | undefined;
      const isOwn = pod?.metadata.ownerReferences?.some((o) => o.uid === metadata.uid) === true;
      if (isOwn && pod.status.phase === 'Running' && !running.has(pod.metadata.uid))
        running.set(pod.metadata.uid, entry.at);
    }
    if (entry.type !== 'world' || entry.key !== 'containerExited') continue;
    const from = running.get((entry.args as { uid?: string }).uid ?? '');
    if (from !== undefined) longest = Math.max(longest, entry.at - from);
  }
  return longest;
}

const tookOf = ({ status }: Job): Millis =>
  parseTime(status.completionTime as string) - parseTime(status.startTime as string);

/** Times of Jobs are seconds. */
const ROUNDED_MS = 2_000;
/** What ends sooner than this part of its time was told to end. */
const WHOLE = 0.9;

const effectOf = (state: Effect['state'], done: Done, missing: number, downMs: Millis): Effect => ({
  state,
  failed: 0,
  sent: 0,
  outageMs: state === 'down' ? downMs : 0,
  disturbedMs: done.lateMs,
  recovers: done.end === undefined || done.end === 'complete',
  replicas: 1,
  missing,
  done,
});

/** What a trial did to a run. */
export function effectOnRun(
  { job: name, tookMs, durations }: Run,
  namespace: string,
  history: readonly HistoryEntry[],
  { since, from, to }: { readonly since: EntryId; readonly from: Millis; readonly to: Millis },
): Effect | undefined {
  const job = lastOf(history, since, namespace, name);
  if (job === undefined) return undefined;
  const end = isTrue(job, 'Complete') ? 'complete' : isTrue(job, 'Failed') ? 'failed' : 'unfinished';
  const whole = [...worked(history, since, job).values()].filter((of) =>
    [...of].every(([container, ms]) => ms >= (durations.byContainer[container] ?? 0) * WHOLE),
  ).length;
  const late = end === 'complete' ? tookOf(job) - tookMs : 0;
  const lateMs = late > ROUNDED_MS ? late : 0;
  const failedPods = job.status.failed ?? 0;
  const twice = Math.max(0, whole - durations.pods);
  const reason = job.status.conditions?.find((c) => c.type === 'Failed')?.reason;
  const done: Done = {
    end,
    ...(end === 'failed' && reason !== undefined ? { reason } : {}),
    tookMs,
    lateMs,
    failedPods,
    twice,
    due: 0,
    missed: 0,
    atOnce: 0,
  };
  const state = end !== 'complete' ? 'down' : lateMs > 0 || twice > 0 ? 'degrades' : 'survives';
  return effectOf(state, done, twice, to - from);
}

/** What a trial did to the runs that were due in it. */
export function effectOnDue(
  { job: name, times, from, by }: Due,
  namespace: string,
  history: readonly HistoryEntry[],
  since: EntryId,
): Effect {
  const over = new Map<string, boolean>();
  const made = new Set<string>();
  let atOnce = 0;
  for (const entry of history) {
    if (entry.id <= since || !isOf(entry, 'Job', namespace)) continue;
    const job = (entry.after ?? entry.before) as Job;
    if (!job.metadata.ownerReferences?.some((o) => o.kind === 'CronJob' && o.name === name)) continue;
    if (entry.before === undefined && entry.at >= from) made.add(job.metadata.name);
    over.set(job.metadata.name, entry.after === undefined || isFinished(job));
    atOnce = Math.max(atOnce, [...over.values()].filter((isOver) => !isOver).length);
  }
  const missed = by === 'missed' ? Math.max(0, times - made.size) : made.size === 0 ? times : 0;
  const done: Done = { tookMs: 0, lateMs: 0, failedPods: 0, twice: 0, due: times, missed, atOnce };
  const piled = by === 'atOnce' ? Math.max(0, atOnce - 1) : 0;
  const state = missed > 0 ? 'down' : piled > 0 ? 'degrades' : 'survives';
  return effectOf(state, done, missed + piled, 0);
}
