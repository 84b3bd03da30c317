/** A Job and its Pods, put as they are, for one sync of the controller. */
import { rfc3339 } from '../../sim/api/time.ts';
import type { ApiError } from '../../sim/api/errors.ts';
import type { Job } from '../../sim/api/types.ts';
import { jobController } from '../../sim/controlplane/job/job.ts';
import type { BackOff } from '../../sim/controlplane/job/backoff.ts';
import type { JobState } from '../../sim/controlplane/job/sync.ts';
import { INDEX_KEY, TRACKING_FINALIZER } from '../../sim/controlplane/job/traits.ts';
import { expect } from '../../sim/controlplane/expectations.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import type { Fields } from './api-objects.ts';

export const KEY = 'default/pi';
const FAILURES = 'batch.kubernetes.io/job-index-failure-count';
const LABELS = { app: 'pi' };
const OWNER = { apiVersion: 'batch/v1', kind: 'Job', name: 'pi', uid: 'pi', controller: true, blockOwnerDeletion: true };
const PHASES: Readonly<Record<string, string>> = { R: 'Running', r: 'Running', P: 'Pending', S: 'Succeeded', F: 'Failed' };
/** Long enough ago that no back-off counts it. */
const LONG_AGO = rfc3339(-3_600_000);

export interface JobGiven {
  readonly spec?: Fields;
  readonly status?: Fields;
  readonly deleting?: true;
  /**
   * Pods, parted by spaces: `[uid:][index]phase[+failures of its index][~][d][*times]`; the phase R(unning), r (ready too), P(ending), S(ucceeded),
   * F(ailed); the index `x` where it is no number; `~` without the tracking finalizer; `d` being deleted.
   */
  readonly pods?: string;
  /** Pods whose creation (or, below zero, deletion) is still to be seen. */
  readonly expecting?: number;
  /** Uids whose finalizer is known to be gone, though the cache shows it. */
  readonly removing?: readonly string[];
  readonly backOff?: BackOff;
  /** What the API server refuses. */
  readonly refuse?: (verb: string, kind: string) => ApiError | undefined;
  /** What the Pods' status says besides, all alike. */
  readonly podStatus?: Fields;
}

const TOKEN = /^(?:(\w+):)?(x|-?\d+)?([RrPSF])(?:\+(\d+))?(~)?(d)?(?:\*(\d+))?$/;

function podsOf(text: string, more: Fields): object[] {
  const pods: object[] = [];
  for (const token of text.split(' ').filter((t) => t !== '')) {
    const [, uid, index, letter = '', failures, free, deleted, times = '1'] = TOKEN.exec(token)!;
    for (let i = 0; i < Number(times); i += 1) {
      const n = pods.length;
      const annotations = { ...(index === undefined ? {} : { [INDEX_KEY]: index }), ...(failures === undefined ? {} : { [FAILURES]: failures }) };
      pods.push({
        apiVersion: 'v1', kind: 'Pod',
        metadata: {
          name: `pi-${n}`, namespace: 'default', uid: uid ?? `${n}`, labels: LABELS, annotations, creationTimestamp: LONG_AGO, ownerReferences: [OWNER],
          finalizers: free === undefined ? [TRACKING_FINALIZER] : ['example.com/kept'],
          ...(deleted === undefined ? {} : { deletionTimestamp: LONG_AGO, deletionGracePeriodSeconds: 0 }),
        },
        spec: { nodeName: 'n1', containers: [{ name: 'pi', image: 'pi' }] },
        status: { phase: PHASES[letter], ...(letter === 'r' ? { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: LONG_AGO }] } : {}), ...more },
      });
    }
  }
  return pods;
}

/** The Job `pi` and its Pods, in the controller's cache. */
export function jobWith({ spec = {}, status = {}, deleting, pods = '', expecting = 0, removing = [], backOff, refuse, podStatus = {} }: JobGiven): Harness<JobState> {
  const h = harness([jobController]);
  h.put({
    apiVersion: 'batch/v1', kind: 'Job',
    metadata: { name: 'pi', namespace: 'default', uid: 'pi', ...(deleting === undefined ? {} : { deletionTimestamp: LONG_AGO, finalizers: ['foregroundDeletion'] }) },
    spec: {
      parallelism: 1, completions: 1, backoffLimit: 6, completionMode: 'NonIndexed', selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: { restartPolicy: 'Never', containers: [{ name: 'pi', image: 'pi' }] } }, ...spec,
    },
    status,
  });
  for (const pod of podsOf(pods, podStatus)) h.put(pod);
  h.deliver();
  if (expecting !== 0) expect(h.state.expectations, KEY, Math.max(0, expecting), Array.from({ length: -expecting }, (_, i) => `gone-${i}`), h.now);
  if (removing.length > 0) h.state.removals.set(KEY, new Set(removing));
  if (backOff !== undefined) h.state.backOffs.set(KEY, backOff);
  if (refuse !== undefined)
    h.refuse = (verb, kind) => {
      const error = refuse(verb, kind);
      if (error !== undefined) throw error;
    };
  return h;
}

export const jobOf = (h: Harness<JobState>): Job => h.api.get('Job', 'default', 'pi');
/** `FailureTarget: BackoffLimitExceeded`, `!Suspended: JobResumed` where it does not hold. */
export const conditionsOf = ({ status }: Job): string[] =>
  (status.conditions ?? []).map((c) => `${c.status === 'True' ? '' : '!'}${c.type}${c.reason === undefined ? '' : `: ${c.reason}`}`);

/** What one sync did, and what the status says after it; what is nothing, is left out. */
export function syncedJob(given: JobGiven): Fields {
  const h = jobWith(given);
  const known = new Set(h.list('Pod').map((p) => p.metadata.uid));
  const error = h.syncOnce('job-controller', KEY);
  const made = h.list('Pod').filter((p) => !known.has(p.metadata.uid));
  const count = (verb: string): number => h.writes.filter((w) => w.verb === verb && w.kind === 'Pod').length;
  const job = jobOf(h);
  const { active, ready, succeeded, failed, terminating, completedIndexes, failedIndexes, uncountedTerminatedPods } = job.status;
  const all = {
    created: made.length, indexes: made.flatMap((p) => p.metadata.annotations?.[INDEX_KEY] ?? []).map(Number).sort((a, b) => a - b), deleted: count('delete'), freed: count('patch'),
    active, ready, succeeded, failed, terminating, completed: completedIndexes, failedIndexes, uncounted: uncountedTerminatedPods, conditions: conditionsOf(job), error: error?.reason,
  };
  return Object.fromEntries(Object.entries(all).filter(([key, value]) =>
    key === 'failedIndexes' ? value !== undefined : value !== undefined && value !== 0 && value !== '' && (typeof value !== 'object' || Object.keys(value).length > 0)));
}
