/** Jobs: what one sync creates, deletes, counts and says. */
import { ApiError } from '../../sim/api/errors.ts';
import type { CaseArea } from './area.ts';
import type { Fields } from './api-objects.ts';
import { syncedJob, type JobGiven } from './jobwith.ts';

const REACHED = ['SuccessCriteriaMet: CompletionsReached', 'Complete: CompletionsReached'];
const ended = (reason: string): string[] => [`FailureTarget: ${reason}`, `Failed: ${reason}`];
const several = (parallelism: number, completions: number | null, more: Fields = {}): Fields => ({ parallelism, completions, ...more });
const indexed = (parallelism: number, completions: number, more: Fields = {}): Fields => several(parallelism, completions, { completionMode: 'Indexed', ...more });
const limited = (parallelism: number, completions: number, more: Fields = {}): Fields => indexed(parallelism, completions, { backoffLimit: 2_147_483_647, backoffLimitPerIndex: 1, ...more });
const ONE_OF_TWO = { rules: [{ succeededIndexes: '0,1', succeededCount: 1 }] };
const DISRUPTED = { conditions: [{ type: 'DisruptionTarget', status: 'True' }] };
const FAIL_DISRUPTED = { rules: [{ action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] };
const condition = (type: string, status: string, reason: string): Fields => ({ type, status, reason });
const STARTED = '2026-01-05T08:00:00Z';
const MET = { startTime: STARTED, succeeded: 1, completedIndexes: '1', conditions: [condition('SuccessCriteriaMet', 'True', 'SuccessPolicy')] };

/** Refuses what concerns Pods after so many requests. */
const podsAfter = (left: number, reason: 'Timeout' | 'Forbidden' = 'Timeout'): JobGiven['refuse'] => {
  let calls = 0;
  return (verb, kind) => (kind === 'Pod' && (verb === 'create' || verb === 'delete') && ++calls > left ? new ApiError(reason, 'fake error') : undefined);
};

const SYNCS: readonly (readonly [name: string, given: () => JobGiven, expected: Fields])[] = [
  ['starts', () => ({ spec: several(2, 5) }), { created: 2, active: 2 }],
  ['starts as many as are to run, without completions', () => ({ spec: several(2, null) }), { created: 2, active: 2 }],
  ['starts no more than are to complete', () => ({ spec: several(5, 2) }), { created: 2, active: 2 }],
  ['has pending Pods', () => ({ spec: several(2, 5), pods: 'P P' }), { active: 2 }],
  ['has enough', () => ({ spec: several(2, 5), pods: 'R R' }), { active: 2 }],
  ['has enough, of which some are ready', () => ({ spec: several(2, 5), pods: 'R r' }), { active: 2, ready: 1 }],
  ['has too few', () => ({ spec: several(2, 5), pods: 'R S' }), { created: 1, freed: 1, active: 2, succeeded: 1 }],
  ['has too few, without completions', () => ({ spec: several(2, null), pods: 'R' }), { created: 1, active: 2 }],
  ['has too few, and none can be made', () => ({ spec: several(2, 5), pods: 'R S', refuse: podsAfter(0) }),
    { freed: 1, active: 1, succeeded: 1, error: 'Timeout' }],
  ['has too few, soon after a failure', () => ({ status: { startTime: STARTED }, backOff: { failures: 1, lastFailure: 0 } }), {}],
  ['has too few, and none failed since a success', () => ({ status: { startTime: STARTED }, backOff: { failures: 0, lastFailure: 0 } }), { created: 1, active: 1 }],
  ['has too many', () => ({ spec: several(2, 5), pods: 'R R R' }), { deleted: 1, freed: 1, active: 2, terminating: 1 }],
  ['has far too many', () => ({ spec: several(2, 5), pods: 'R*10' }), { deleted: 8, freed: 8, active: 2, terminating: 8 }],
  ['has too many, all ready', () => ({ spec: several(2, 5), pods: 'r r r' }), { deleted: 1, freed: 1, active: 2, ready: 2, terminating: 1 }],
  ['has too many, and none can be deleted', () => ({ spec: several(2, 5), pods: 'R R R', refuse: podsAfter(0) }), { freed: 1, active: 3, error: 'Timeout' }],
  ['has more than are left to complete', () => ({ spec: several(3, 4), pods: 'R R R S S' }), { deleted: 1, freed: 3, active: 2, succeeded: 2, terminating: 1 }],
  ['has Pods that end, and one too many', () => ({ spec: { podReplacementPolicy: 'Failed' }, pods: 'R R Rd Rd Rd Rd' }), { deleted: 1, freed: 1, active: 1, terminating: 5 }],
  ['the same by a failure policy', () => ({ spec: { podFailurePolicy: { rules: [] } }, pods: 'R R Rd Rd Rd Rd' }), { deleted: 1, freed: 1, active: 1, terminating: 5 }],
  ['waits for the end of those that end', () => ({ spec: several(2, 5, { podReplacementPolicy: 'Failed' }), pods: 'R Rd' }), { active: 1, terminating: 1 }],
  ['replaces those that end', () => ({ spec: several(2, 5, { podReplacementPolicy: 'TerminatingOrFailed' }), pods: 'R Rd' }),
    { created: 1, freed: 1, active: 2, failed: 1, terminating: 1 }],
  ['sees success and failure', () => ({ spec: several(2, 5), pods: 'R S F' }), { created: 1, freed: 2, active: 2, succeeded: 1, failed: 1 }],
  ['sees a failure', () => ({ spec: several(2, 5), pods: 'R F' }), { created: 1, freed: 1, active: 2, failed: 1 }],
  ['has counted a failure before', () => ({ status: { active: 1, failed: 1, startTime: STARTED }, pods: 'R' }), { active: 1, failed: 1 }],
  ['is completed', () => ({ spec: several(2, 5), pods: 'S*5' }), { freed: 5, succeeded: 5, conditions: REACHED }],
  ['waits for the last, without completions', () => ({ spec: several(2, null), pods: 'R S' }), { freed: 1, active: 1, succeeded: 1 }],
  ['is completed, without completions', () => ({ spec: several(2, null), pods: 'S S' }), { freed: 2, succeeded: 2, conditions: REACHED }],
  ['is completed despite a failure, without completions', () => ({ spec: several(2, null), pods: 'S F' }), { freed: 2, succeeded: 1, failed: 1, conditions: REACHED }],
  ['sees two succeed', () => ({ spec: several(2, 5), pods: 'R R S S' }), { freed: 2, active: 2, succeeded: 2 }],
  ['is being deleted', () => ({ spec: several(2, 5), deleting: true, pods: 'P R S' }), { freed: 3, active: 2, succeeded: 1 }],
  ['meets a quota', () => ({ spec: several(100, 200), refuse: podsAfter(10, 'Forbidden') }), { created: 10, active: 10, error: 'Forbidden' }],
  ['has failed too often', () => ({ spec: several(2, 5, { backoffLimit: 0 }), pods: 'F' }), { freed: 1, failed: 1, conditions: ended('BackoffLimitExceeded') }],
  ['has failed too often, and waits for what it made', () => ({ spec: several(2, 5, { backoffLimit: 0 }), deleting: true, pods: 'F', expecting: 1 }), { freed: 1, failed: 1 }],
  ['fails with ready Pods', () => ({ spec: several(2, 3, { backoffLimit: 0 }), pods: 'r r F' }),
    { deleted: 2, freed: 3, failed: 3, terminating: 2, conditions: ['FailureTarget: BackoffLimitExceeded'] }],
  ['is suspended', () => ({ spec: several(2, 4, { suspend: true }), pods: 'R R' }), { deleted: 2, freed: 2, terminating: 2, conditions: ['Suspended: JobSuspended'] }],
  ['is suspended with ready Pods', () => ({ spec: several(2, 4, { suspend: true }), pods: 'r r' }), { deleted: 2, freed: 2, terminating: 2, conditions: ['Suspended: JobSuspended'] }],
  ['is suspended, and waits for what it deleted', () => ({ spec: several(2, 4, { suspend: true }), pods: 'r r r', expecting: -1 }), { active: 3, ready: 3 }],
  ['is resumed', () => ({ spec: several(2, 4), status: { conditions: [condition('Suspended', 'True', 'JobSuspended')] } }), { created: 2, active: 2, conditions: ['!Suspended: JobResumed'] }],
  ['is suspended while it is being deleted', () => ({ spec: several(2, 4, { suspend: true }), deleting: true, pods: 'R R' }), { freed: 2, active: 2 }],
  ['heeds no target that does not hold', () => ({ status: { active: 1, startTime: STARTED, conditions: [condition('FailureTarget', 'False', 'AddedByHand')] }, pods: 'r' }),
    { active: 1, ready: 1, conditions: ['!FailureTarget: AddedByHand'] }],
  ['heeds no success that does not hold', () => ({ status: { active: 1, startTime: STARTED, conditions: [condition('SuccessCriteriaMet', 'False', 'AddedByHand')] }, pods: 'r' }),
    { active: 1, ready: 1, conditions: ['!SuccessCriteriaMet: AddedByHand'] }],
  ['is past its deadline', () => ({ spec: several(1, 2, { activeDeadlineSeconds: 10 }), status: { startTime: STARTED }, pods: 'R S' }),
    { deleted: 1, freed: 2, succeeded: 1, failed: 1, terminating: 1, conditions: ['FailureTarget: DeadlineExceeded'] }],
  ['is past its deadline before anything ran', () => ({ spec: several(1, 2, { activeDeadlineSeconds: 10 }), status: { startTime: STARTED } }), { conditions: ended('DeadlineExceeded') }],
  ['is past both limits', () => ({ spec: several(1, 1, { activeDeadlineSeconds: 10, backoffLimit: 0 }), status: { startTime: STARTED }, pods: 'F' }),
    { freed: 1, failed: 1, conditions: ended('BackoffLimitExceeded') }],
  ['has no deadline while it is suspended', () => ({ spec: several(1, 2, { activeDeadlineSeconds: 10, suspend: true }), status: { startTime: STARTED } }), { conditions: ['Suspended: JobSuspended'] }],
  ['has containers that restarted too often', () => ({
    spec: several(2, 5, { backoffLimit: 1, template: { metadata: { labels: { app: 'pi' } }, spec: { restartPolicy: 'OnFailure', containers: [{ name: 'pi', image: 'pi' }] } } }), pods: 'R',
    podStatus: { containerStatuses: [{ name: 'pi', restartCount: 1 }] },
  }), { deleted: 1, freed: 1, failed: 1, terminating: 1, conditions: ['FailureTarget: BackoffLimitExceeded'] }],
  ['has containers that restarted, within the limit', () => ({
    spec: several(1, 5, { backoffLimit: 2, template: { metadata: { labels: { app: 'pi' } }, spec: { restartPolicy: 'OnFailure', containers: [{ name: 'pi', image: 'pi' }] } } }), pods: 'R',
    podStatus: { containerStatuses: [{ name: 'pi', restartCount: 1 }] },
  }), { active: 1 }],
  ['is another controller\'s', () => ({ spec: several(2, 5, { managedBy: 'example.com/other' }) }), {}],
  ['is this controller\'s by name', () => ({ spec: several(2, 5, { managedBy: 'kubernetes.io/job-controller' }) }), { created: 2, active: 2 }],

  ['by index: starts', () => ({ spec: indexed(2, 5) }), { created: 2, indexes: [0, 1], active: 2 }],
  ['by index: waits for the end of those that end', () => ({ spec: indexed(2, 5, { podReplacementPolicy: 'Failed' }), pods: 'Rd' }), { created: 1, indexes: [0], active: 1, terminating: 1 }],
  ['by index: replaces those that end', () => ({ spec: indexed(2, 5, { podReplacementPolicy: 'TerminatingOrFailed' }), pods: 'Rd' }),
    { created: 2, indexes: [0, 1], freed: 1, active: 2, terminating: 1 }],
  ['by index: is completed', () => ({ spec: indexed(2, 3), pods: '0S 1F 1S 2S' }), { freed: 4, succeeded: 3, failed: 1, completed: '0-2', conditions: REACHED }],
  ['by index: fails', () => ({ spec: indexed(2, 3, { backoffLimit: 0 }), pods: '0S 1F 2R' }),
    { deleted: 1, freed: 3, succeeded: 1, failed: 2, terminating: 1, completed: '0', conditions: ['FailureTarget: BackoffLimitExceeded'] }],
  ['by index: counts an index once', () => ({ spec: indexed(2, 3), pods: '0S 1S 1S' }), { created: 1, indexes: [2], freed: 3, active: 1, succeeded: 2, completed: '0,1' }],
  ['by index: fills gaps', () => ({ spec: indexed(8, 20), pods: '0R 2S 3P 4S 5S 7S 8S 9S' }),
    { created: 6, indexes: [1, 6, 10, 11, 12, 13], freed: 6, active: 8, succeeded: 6, completed: '2,4,5,7-9' }],
  ['by index: makes anew what failed', () => ({ spec: indexed(3, 4), pods: '0F 1P 2F' }), { created: 2, indexes: [0, 2], freed: 2, active: 3, failed: 2 }],
  ['by index: deletes what has no index', () => ({ spec: indexed(2, 5), pods: 'R S F xR xS xF xP 0S 1R 2R' }),
    { deleted: 3, freed: 8, active: 2, succeeded: 1, terminating: 3, completed: '0' }],
  ['by index: deletes what is doubled', () => ({ spec: indexed(5, 5), pods: 'S F xR 0S 1R 2R 2P' }), { deleted: 2, freed: 5, active: 2, succeeded: 1, terminating: 2, completed: '0' }],
  ['by index: deletes what is beyond the completions', () => ({ spec: indexed(2, 5), pods: '0S 5R 6S 7P 8F' }), { deleted: 2, freed: 5, succeeded: 1, terminating: 2, completed: '0' }],

  ['limit per index: a failure is kept until another has its place', () => ({ spec: limited(1, 6), pods: '1F+0', status: { startTime: STARTED } }), { created: 1, indexes: [0], active: 1, failedIndexes: '' }],
  ['limit per index: an index that failed too often', () => ({ spec: limited(2, 2), pods: '0F+1 1R+0' }), { freed: 1, active: 1, failed: 1, failedIndexes: '0' }],
  ['limit per index: an index is tried again', () => ({ spec: limited(2, 2), pods: '0F+0 1R+0' }), { created: 1, indexes: [0], active: 2, failedIndexes: '' }],
  ['limit per index: and its failure is counted then', () => ({ spec: limited(2, 2), pods: '0F+0 0R+1 1R+0' }), { freed: 1, active: 2, failed: 1, failedIndexes: '' }],
  ['limit per index: the Job has failed too often', () => ({ spec: limited(2, 2, { backoffLimit: 1 }), pods: '0F+0 1F+0' }),
    { freed: 2, failed: 2, failedIndexes: '', conditions: ended('BackoffLimitExceeded') }],
  ['limit per index: all are done, and one failed', () => ({ spec: limited(2, 2), pods: '0F+1 1S+0' }),
    { freed: 2, succeeded: 1, failed: 1, completed: '1', failedIndexes: '0', conditions: ended('FailedIndexes') }],
  ['limit per index: too many indexes failed', () => ({ spec: limited(4, 4, { maxFailedIndexes: 1 }), pods: '0F+1 1S+0 2F+1 3R+0' }),
    { deleted: 1, freed: 4, succeeded: 1, failed: 3, terminating: 1, completed: '1', failedIndexes: '0,2', conditions: ['FailureTarget: MaxFailedIndexesExceeded'] }],
  ['limit per index: an index is failed by the policy', () => ({
    spec: limited(2, 2, { podFailurePolicy: { rules: [{ action: 'FailIndex', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] } }), pods: '0F+0', podStatus: DISRUPTED,
  }), { created: 1, indexes: [1], freed: 1, active: 1, failed: 1, failedIndexes: '0' }],

  ['failure policy: the Job fails', () => ({ spec: several(2, 4, { podFailurePolicy: FAIL_DISRUPTED }), pods: 'F', podStatus: DISRUPTED }), { freed: 1, failed: 1, conditions: ended('PodFailurePolicy') }],
  ['failure policy: the failure does not count', () => ({
    spec: several(1, 1, { backoffLimit: 0, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] } }), pods: 'F', podStatus: DISRUPTED,
  }), { created: 1, freed: 1, active: 1 }],
  ['failure policy: a Pod that is ending has not failed', () => ({ spec: several(1, 1, { podFailurePolicy: FAIL_DISRUPTED }), pods: 'Rd', podStatus: DISRUPTED }), { terminating: 1 }],

  ['success policy: is met, and the rest ends', () => ({ spec: indexed(3, 3, { backoffLimit: 9, successPolicy: ONE_OF_TWO }), pods: '0R 1S 2R' }),
    { deleted: 2, freed: 3, succeeded: 1, terminating: 2, completed: '1', conditions: ['SuccessCriteriaMet: SuccessPolicy'] }],
  ['success policy: is not met', () => ({ spec: indexed(3, 3, { backoffLimit: 9, successPolicy: { rules: [{ succeededIndexes: '0' }] } }), pods: '0R 1S 2R' }),
    { freed: 1, active: 2, succeeded: 1, completed: '1' }],
  ['success policy: all are done anyway', () => ({ spec: indexed(2, 2, { successPolicy: { rules: [{ succeededCount: 1 }] } }), pods: '0S 1S' }),
    { freed: 2, succeeded: 2, completed: '0,1', conditions: ['SuccessCriteriaMet: SuccessPolicy', 'Complete: SuccessPolicy'] }],
  ['success policy: the failure of indexes comes first', () => ({ spec: limited(2, 2, { successPolicy: ONE_OF_TWO }), pods: '0F+1 1S' }),
    { freed: 2, succeeded: 1, failed: 1, completed: '1', failedIndexes: '0', conditions: ended('FailedIndexes') }],
  ['success policy: the limit of failures comes first', () => ({ spec: indexed(2, 2, { backoffLimit: 1, successPolicy: ONE_OF_TWO }), pods: '0F 0F 1S' }),
    { freed: 3, succeeded: 1, failed: 2, completed: '1', conditions: ended('BackoffLimitExceeded') }],
  ['success policy: what is met stays so, whatever the failure policy says', () => ({
    spec: indexed(2, 2, { backoffLimit: 9, successPolicy: { rules: [{ succeededCount: 1 }] }, podFailurePolicy: FAIL_DISRUPTED }), status: MET, pods: '0F 1S', podStatus: DISRUPTED,
  }), { freed: 2, succeeded: 1, failed: 1, completed: '1', conditions: ['SuccessCriteriaMet: SuccessPolicy', 'Complete: SuccessPolicy'] }],
  ['success policy: what is met stays so, whatever the limit per index says', () => ({ spec: limited(2, 2, { successPolicy: { rules: [{ succeededIndexes: '1' }] } }), status: MET, pods: '0F+1 1S' }),
    { freed: 2, succeeded: 1, failed: 1, completed: '1', failedIndexes: '0', conditions: ['SuccessCriteriaMet: SuccessPolicy', 'Complete: SuccessPolicy'] }],
  ['success policy: what is to fail stays so, whatever it says', () => ({
    spec: indexed(2, 2, { backoffLimit: 9, successPolicy: ONE_OF_TWO }), pods: '0F~ 1S',
    status: { startTime: STARTED, failed: 1, completedIndexes: '', conditions: [condition('FailureTarget', 'True', 'PodFailurePolicy')] },
  }), { freed: 1, succeeded: 1, failed: 1, completed: '1', conditions: ended('PodFailurePolicy') }],
];

export const jobSyncCases: CaseArea = {
  area: 'jobs: one sync',
  source: 'pkg/controller/job/job_controller_test.go (TestControllerSyncJob, TestSyncJobPastDeadline, TestSyncJobWithJobBackoffLimitPerIndex, TestSyncJobWithJobSuccessPolicy, …)',
  cases: SYNCS.map(([name, given, expected]) => ({ name: `a Job that ${name}`.replace(/that (by index|limit per index|failure policy|success policy): /, '$1: '), run: () => syncedJob(given()), expected })),
};
