/** `job "pi" is complete`, `3 pods of job "pi" have succeeded`: what has become of a Job's work. */
import { say, type Language } from '../../messages/index.ts';
import { isPodTerminal } from '../../sim/api/conditions.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { Job, Pod } from '../../sim/api/types.ts';
import { parseTime } from '../../sim/api/time.ts';
import { isTrue } from '../../sim/api/validation/jobstatus.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { JobState } from '../phrases/values.ts';
import { getObject, objectsOf } from '../state.ts';
import { satisfies } from './pods.ts';
import { isTerminating } from './podstate.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, View } from './types.ts';
import type { JobClaim } from './claim.ts';

const CONDITIONS = { complete: 'Complete', failed: 'Failed', suspended: 'Suspended' } as const;

/** A Job that is to end, and whose last Pods are ending, is running still. */
const stateOf = (job: Job): JobState =>
  (['complete', 'failed', 'suspended'] as const).find((is) => isTrue(job, CONDITIONS[is])) ?? 'under way';

const reasonOf = ({ status }: Job, state: JobState): string =>
  state === 'under way' ? '' : (status.conditions?.find((c) => c.type === CONDITIONS[state])?.reason ?? '');

/** How long a complete Job took, to the second. */
const tookMs = ({ status }: Job): Millis =>
  parseTime(status.completionTime as string) - parseTime(status.startTime as string);

const activePods = (job: Job, view: View): Pod[] =>
  [...objectsOf(view.state, 'Pod')].filter(
    (pod) =>
      !isPodTerminal(pod) &&
      !isTerminating(pod) &&
      pod.metadata.ownerReferences?.some((o) => o.controller === true && o.uid === job.metadata.uid),
  );

/** What the claim says, beside what is so. */
function holds(claim: JobClaim, job: Job, state: JobState, active: number): boolean {
  const { succeeded = 0, failed = 0, completedIndexes = '', failedIndexes = '' } = job.status;
  if (claim.active !== undefined) return satisfies(active, claim.active);
  if (claim.succeeded !== undefined) return succeeded === claim.succeeded;
  if (claim.failed !== undefined) return failed === claim.failed;
  if (claim.succeededIndexes !== undefined) return completedIndexes === claim.succeededIndexes;
  if (claim.tookMs !== undefined) return state === 'complete' && tookMs(job) <= claim.tookMs;
  if (claim.failedIndexes !== undefined) return (failedIndexes ?? '') === claim.failedIndexes;
  return state === claim.is && (claim.reason === undefined || reasonOf(job, state) === claim.reason);
}

export const job: ClaimFamily<JobClaim> = {
  claim: 'job',
  phrases: [
    {
      en: '{moment}job {string:job} is/was {jobState:is}',
      ja: '{moment}Job{job}が{is}',
      about: '`complete` and `failed` once its last Pod has ended; until then `under way`, or `suspended`',
    },
    {
      en: '{moment}job {string:job} is/was {jobState:is} with reason {string:reason}',
      ja: '{moment}Job{job}が理由{reason}で{is}',
      about: '`… is failed with reason "BackoffLimitExceeded"`',
    },
    {
      en: '{moment}{int:succeeded} pod(s) of job {string:job} has/have/had succeeded',
      ja: '{moment}Job{job}のPodのうち{succeeded}個が成功している',
      about: 'by its status; of an Indexed Job, indexes',
    },
    {
      en: '{moment}{int:failed} pod(s) of job {string:job} has/have/had failed',
      ja: '{moment}Job{job}のPodのうち{failed}個が失敗している',
      about: 'by its status: those that its policy ignores are not counted, nor is one until it is replaced',
    },
    {
      en: '{moment}{count:active} pod(s) of job {string:job} is/are/was/were active',
      ja: '{moment}Job{job}のPodのうち{active}が実行中である',
      about: 'pending or running, and not being deleted: `at every moment at most 2 pods … were active`',
    },
    {
      en: '{moment}the succeeded indexes of job {string:job} are/were {string:succeededIndexes}',
      ja: '{moment}Job{job}の成功したインデックスが{succeededIndexes}である',
      about: 'as the status of an Indexed Job lists them: `"0,2-4"`',
    },
    {
      en: '{moment}the failed indexes of job {string:job} are/were {string:failedIndexes}',
      ja: '{moment}Job{job}の失敗したインデックスが{failedIndexes}である',
      about: 'of a Job with `backoffLimitPerIndex`',
    },
    {
      en: '{moment}job {string:job} took at most {duration:tookMs}',
      ja: '{moment}Job{job}の所要時間が{tookMs}以内である',
      about: 'from its start to its completion, by its status; a Job that is not complete has not',
    },
  ],
  asks: () => 'api',
  concerns: ({ active }) => ({ kinds: active === undefined ? ['Job'] : ['Job', 'Pod'], world: false }),
  subjects: (claim, namespace) => [subjectNamed('Job', claim.job, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.job, view.namespace);
    const found = getObject(view.state, 'Job', namespace, name);
    if (found === undefined)
      return {
        holds: claim.active !== undefined && satisfies(0, claim.active),
        found: (language: Language) => say('foundNoSuchIn', { kind: 'Job', name, namespace }, language),
        objects: [],
      };
    const pods = claim.active === undefined ? [] : activePods(found, view);
    const active = claim.active === undefined ? (found.status.active ?? 0) : pods.length;
    const state = stateOf(found);
    const { succeeded = 0, failed = 0, completedIndexes = '', failedIndexes } = found.status;
    return {
      holds: holds(claim, found, state, active),
      found: (language: Language) =>
        say(
          'foundJob',
          {
            isComplete: state === 'complete',
            hasFailed: state === 'failed',
            isSuspended: state === 'suspended',
            reason: reasonOf(found, state),
            active,
            succeeded,
            succeededIndexes: completedIndexes,
            failed,
            failedIndexes: failedIndexes ?? '',
            seconds: state === 'complete' ? tookMs(found) / 1000 : undefined,
          },
          language,
        ),
      objects: [found, ...pods],
    };
  },
};
