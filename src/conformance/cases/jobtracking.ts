/** How a Job counts its Pods, each once: what its status says after each write of one sync, and after conflicts and restarts. */
import { ApiError } from '../../sim/api/errors.ts';
import { isTracked } from '../../sim/controlplane/job/traits.ts';
import type { CaseArea } from './area.ts';
import type { Fields } from './api-objects.ts';
import { conditionsOf, jobOf, jobWith, KEY, type JobGiven } from './jobwith.ts';

const STARTED = '2026-01-05T08:00:00Z';
/** So many are to run that none is made or deleted beside. */
const only = (completions: number | null, more: Fields = {}): Fields => ({ parallelism: 0, completions, ...more });
const indexed = (completions: number, more: Fields = {}): Fields => only(completions, { completionMode: 'Indexed', ...more });
const limited = (completions: number, more: Fields = {}): Fields => indexed(completions, { backoffLimit: 2_147_483_647, backoffLimitPerIndex: 1, ...more });
const target = (type: string): Fields => ({ conditions: [{ type, status: 'True', reason: 'Given' }] });
const status = (more: Fields): Fields => ({ startTime: STARTED, ready: 0, terminating: 0, ...more });
const letters = (uids: readonly string[] | undefined): string => (uids === undefined ? '' : uids.length > 9 ? `${uids.length} of them` : uids.join(''));

/** `succeeded/failed (uncounted that succeeded|that failed) completed indexes; failed indexes; last condition`. */
function told(h: ReturnType<typeof jobWith>): string {
  const job = jobOf(h);
  const { succeeded = 0, failed = 0, uncountedTerminatedPods: uids = {}, completedIndexes = '', failedIndexes } = job.status;
  const waiting = uids.succeeded === undefined && uids.failed === undefined ? '' : ` (${letters(uids.succeeded)}|${letters(uids.failed)})`;
  const last = conditionsOf(job).at(-1);
  return `${succeeded}/${failed}${waiting}${completedIndexes === '' ? '' : ` ${completedIndexes}`}${failedIndexes ? `; ${failedIndexes}` : ''}${last === undefined ? '' : `; ${last.split(':')[0]}`}`;
}

/** What is told after each write of the Job, and how many Pods were let go. */
function tracked(given: JobGiven): [string[], number] {
  const h = jobWith(given);
  const seen: string[] = [];
  let version = jobOf(h).metadata.resourceVersion;
  h.afterWrite = () => {
    const next = jobOf(h).metadata.resourceVersion;
    if (next === version) return;
    version = next;
    seen.push(told(h));
  };
  const held = h.list('Pod').filter(isTracked).length;
  h.syncOnce('job-controller', KEY);
  return [seen, held - h.list('Pod').filter(isTracked).length];
}

const refusing = (verb: string, kind: string): JobGiven['refuse'] => (v, k) => (v === verb && k === kind ? new ApiError('Conflict', 'fake error') : undefined);
const past = (more: Fields): Fields => status({ succeeded: 2, failed: 3, active: 2, uncountedTerminatedPods: { succeeded: ['a', 'e'], failed: ['b', 'f'] }, ...more });

const WRITES: readonly (readonly [name: string, given: () => JobGiven, expected: [string[], number]])[] = [
  ['nothing is new', () => ({ spec: only(9), status: status({}) }), [[], 0]],
  ['there is an active Pod', () => ({ spec: { parallelism: 1, completions: 9 }, status: status({}), pods: 'R' }), [['0/0'], 0]],
  ['Pods have ended, or are ending', () => ({ spec: { parallelism: 2, completions: 9 }, status: status({ active: 2 }), pods: 'a:S b:F c:Sd d:Fd e:Pd P R' }), [['0/0 (ac|bde)', '2/3'], 5]],
  ['some were written down before', () => ({ spec: { parallelism: 1, completions: 9 }, status: past({ active: 1 }), pods: 'e:S~ F~ P a:S b:F c:S d:F' }), [['3/4 (ac|bd)', '5/6'], 4]],
  ['the cache is late with finalizers', () => ({
    spec: only(9), status: status({ succeeded: 2, failed: 3, uncountedTerminatedPods: { succeeded: ['a', 'g'], failed: ['b', 'h'] } }), removing: ['c', 'd', 'g', 'h'], pods: 'a:S b:F c:S d:F e:S f:F g:S h:F',
  }), [['3/4 (ae|bf)', '5/6'], 4]],
  ['the Job is complete', () => ({ spec: only(1), status: status({}), pods: 'a:S b:F' }), [['0/0 (a|b); SuccessCriteriaMet', '1/1; Complete'], 2]],
  ['the Job is met by its policy, and a Pod still pends', () => ({ spec: indexed(2), status: status({ active: 1, ...target('SuccessCriteriaMet') }), pods: 'a:0S b:1F c:1P' }),
    [['1/0 (|b) 0; SuccessCriteriaMet', '1/1 0; SuccessCriteriaMet'], 3]],
  ['the Job fails, and with it what runs', () => ({ spec: only(9), status: status({ active: 1, ...target('FailureTarget') }), pods: 'a:S b:F c:R' }),
    [['0/0 (a|bc); FailureTarget', '1/2; FailureTarget'], 3]],
  ['the Job is being deleted', () => ({ spec: { parallelism: 1, completions: 9 }, deleting: true, status: status({ active: 1 }), pods: 'a:S b:F R' }), [['0/0 (a|b)', '1/1'], 3]],
  ['the status cannot be written', () => ({ spec: only(9), status: status({}), pods: 'a:S b:F', refuse: refusing('updateStatus', 'Job') }), [[], 0]],
  ['finalizers cannot be removed', () => ({ spec: only(9), status: status({}), pods: 'a:S b:F', refuse: refusing('patch', 'Pod') }), [['0/0 (a|b)'], 0]],
  ['nor those of the next', () => ({ spec: only(9), status: status({ uncountedTerminatedPods: { succeeded: ['a'], failed: ['b'] } }), pods: 'a:S~ c:S d:F', refuse: refusing('patch', 'Pod') }),
    [['1/1 (c|d)'], 0]],
  ['a Pod flips from failed to succeeded', () => ({ spec: { parallelism: 2, completions: 2 }, status: status({ uncountedTerminatedPods: { failed: ['a', 'b'] }, ...target('FailureTarget') }), pods: 'a:F b:S' }),
    [['0/2; Failed'], 2]],
  ['the last Pod was written down', () => ({ status: status({ uncountedTerminatedPods: { failed: ['a'] }, ...target('FailureTarget') }), pods: 'a:F' }), [['0/1; Failed'], 1]],
  ['a Pod that counts as failed is ending', () => ({ status: status({ terminating: 1, uncountedTerminatedPods: { failed: ['a'] }, ...target('FailureTarget') }), pods: 'a:R~d' }), [['0/1; FailureTarget'], 0]],
  ['a Pod is ending that success does not need', () => ({
    status: status({ terminating: 1, uncountedTerminatedPods: { succeeded: ['b'], failed: ['a'] }, ...target('SuccessCriteriaMet') }), pods: 'a:R~d',
  }), [['1/1; SuccessCriteriaMet'], 0]],
  ['too many have ended', () => ({ spec: only(900), status: status({ uncountedTerminatedPods: { failed: ['a', 'b'] } }), pods: 'S*500 b:F' }),
    [['0/1 (499 of them|b)', '499/1 (|b)'], 499]],
  ['too many indexes have ended', () => ({ spec: indexed(900), status: status({}), pods: Array.from({ length: 501 }, (_, i) => `${i}S`).join(' ') }), [['500/0 0-499'], 500]],
  ['indexes have succeeded', () => ({ spec: { parallelism: 1, completions: 6, completionMode: 'Indexed' }, status: status({ active: 1 }), pods: '1S 3S 3S 5R S' }), [['2/0 1,3'], 4]],
  ['indexes are beyond the completions by now', () => ({ spec: { parallelism: 2, completions: 2, completionMode: 'Indexed' }, status: status({ active: 2, succeeded: 1, completedIndexes: '3' }), pods: '0R 1R' }),
    [['0/0'], 0]],
  ['indexes are beyond the completions, and another succeeded', () => ({
    spec: { parallelism: 1, completions: 2, completionMode: 'Indexed' }, status: status({ active: 1, succeeded: 1, completedIndexes: '3' }), pods: '0R 1S',
  }), [['1/0 1'], 1]],
  ['indexes have failed', () => ({ spec: { parallelism: 1, completions: 6, completionMode: 'Indexed' }, status: status({ active: 1 }), pods: 'a:1F b:3F c:3F d:5R F' }), [['0/0 (|abc)', '0/3'], 4]],
  ['indexes have ended before and anew', () => ({
    spec: indexed(7), status: status({ failed: 2, succeeded: 5, completedIndexes: '0-2,4,6,7' }), pods: '0S~ 1F~ 1S 3S a:2F b:5F',
  }), [['6/2 (|ab) 0-4,6', '6/4 0-4,6'], 4]],
  ['a failed index waits for another in its place', () => ({ spec: limited(6), status: status({}), pods: 'a:1F+0' }), [['0/0'], 0]],
  ['a failed index has another in its place', () => ({ spec: limited(6, { parallelism: 1 }), status: status({ active: 1 }), pods: 'a:1F+0 b:1R+1' }), [['0/0 (|a)', '0/1'], 1]],
  ['an index has failed too often', () => ({ spec: limited(6), status: status({}), pods: 'a:1F+1' }), [['0/0 (|a); 1', '0/1; 1'], 1]],
];

/** Many syncs, with what goes wrong between them: what is told in the end, and how many events said that it was over. */
function inTheEnd(between: (h: ReturnType<typeof jobWith>, round: number) => void): [string, number, boolean] {
  const h = jobWith({ spec: { parallelism: 3, completions: 3, backoffLimit: 9 }, status: status({}), pods: 'a:S b:F c:S d:S' });
  for (let round = 0; round < 6; round += 1) {
    between(h, round);
    h.pass(60_000);
  }
  return [told(h), h.events.filter((e) => e.reason === 'Completed').length, h.list('Pod').some(isTracked)];
}
const conflict = (): ApiError => new ApiError('Conflict', 'the object has been modified');
const TROUBLES: readonly (readonly [name: string, between: (h: ReturnType<typeof jobWith>, round: number) => void])[] = [
  ['nothing goes wrong', () => {}],
  ['the first status meets a conflict', (h, round) => round === 0 && h.failNext(conflict())],
  ['statuses meet conflicts again and again', (h, round) => round < 3 && h.failNext(conflict(), 3)],
  ['the second status meets a conflict, when finalizers are gone', (h, round) => {
    let written = 0;
    if (round === 0) h.refuse = (verb, kind) => {
      if (verb === 'updateStatus' && kind === 'Job' && ++written === 2) throw conflict();
    };
  }],
  ['one finalizer cannot be removed', (h, round) => {
    let left = round === 0 ? 1 : 0;
    h.refuse = (verb, kind) => {
      if (verb === 'patch' && kind === 'Pod' && left-- > 0) throw new ApiError('Timeout', 'no');
    };
  }],
  ['the controller starts anew each time', (h) => h.restart()],
  ['it starts anew when only the first status was written', (h, round) => {
    if (round > 0) return;
    h.refuse = (verb, kind) => {
      if (verb === 'patch' && kind === 'Pod') throw new ApiError('Timeout', 'no');
    };
    h.pass(2000);
    h.refuse = () => {};
    h.restart();
  }],
  ['it starts anew when the finalizers are gone and nothing is counted', (h, round) => {
    if (round > 0) return;
    let written = 0;
    h.refuse = (verb, kind) => {
      if (verb === 'updateStatus' && kind === 'Job' && ++written > 1) throw conflict();
    };
    h.pass(2000);
    h.refuse = () => {};
    h.restart();
  }],
  ['Pods that were written down are deleted before they are counted', (h, round) => {
    if (round > 0) return;
    h.refuse = (verb, kind) => {
      if (verb === 'patch' && kind === 'Pod') throw new ApiError('Timeout', 'no');
    };
    h.pass(1500);
    h.refuse = () => {};
    for (const pod of h.list('Pod')) h.api.delete('Pod', 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
  }],
];

export const jobTrackingCases: CaseArea = {
  area: 'jobs: counting Pods once',
  source: 'pkg/controller/job/job_controller_test.go (TestTrackJobStatusAndRemoveFinalizers, TestGetNewFinshedPods), test/integration/job/job_test.go',
  cases: [
    ...WRITES.map(([name, given, expected]) => ({ name, run: () => tracked(given()), expected })),
    ...TROUBLES.map(([name, between]) => ({ name: `though ${name}`, run: () => inTheEnd(between), expected: ['3/1; Complete', 1, false] })),
  ],
};
