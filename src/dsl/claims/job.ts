/** `job "pi" is complete`, `3 pods of job "pi" have succeeded`: what a Job's status says of its work. */
import { say, type Language } from '../../messages/index.ts';
import { isTrue } from '../../sim/api/validation/jobstatus.ts';
import type { Job } from '../../sim/api/types.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { JobState } from '../phrases/values.ts';
import { getObject } from '../state.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { JobClaim } from './claim.ts';

/** A Job that is to end, and whose last Pods are ending, is running still. */
function stateOf(job: Job): JobState {
  if (isTrue(job, 'Complete')) return 'complete';
  if (isTrue(job, 'Failed')) return 'failed';
  return isTrue(job, 'Suspended') ? 'suspended' : 'under way';
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
      en: '{moment}{int:succeeded} pod(s) of job {string:job} has/have/had succeeded',
      ja: '{moment}Job{job}のPodのうち{succeeded}個が成功している',
      about: 'by its status; of an Indexed Job, indexes',
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Job'], world: false }),
  subjects: (claim, namespace) => [subjectNamed('Job', claim.job, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.job, view.namespace);
    const found = getObject(view.state, 'Job', namespace, name);
    if (found === undefined)
      return {
        holds: false,
        found: (language: Language) => say('foundNoSuchIn', { kind: 'Job', name, namespace }, language),
        objects: [],
      };
    const { active = 0, succeeded = 0, failed = 0 } = found.status;
    const state = stateOf(found);
    const told = {
      isComplete: state === 'complete',
      hasFailed: state === 'failed',
      isSuspended: state === 'suspended',
    };
    return {
      holds: claim.is === undefined ? succeeded === claim.succeeded : state === claim.is,
      found: (language: Language) => say('foundJob', { ...told, active, succeeded, failed }, language),
      objects: [found],
    };
  },
};
