/** What Jobs reckon with: indexes, failures and successes by their policies, back-off. */
import { rfc3339 } from '../../sim/api/time.ts';
import type { Job, Pod } from '../../sim/api/types.ts';
import { backOffAfter, finishedAt, remainingMs, remainingOfIndexMs, type BackOff } from '../../sim/controlplane/job/backoff.ts';
import { judge } from '../../sim/controlplane/job/failurepolicy.ts';
import { contains, firstFree, intervalsText, parseIntervals, withIndexes, type Intervals } from '../../sim/controlplane/job/intervals.ts';
import { successMet } from '../../sim/controlplane/job/successpolicy.ts';
import { validIndexOf } from '../../sim/controlplane/job/traits.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import type { Fields } from './api-objects.ts';
import { jobWith, KEY } from './jobwith.ts';

// ---- indexes

/** What is completed with what stood in the status, by the indexes of Pods that have succeeded. */
const completed = (before: string, succeeded: readonly string[], completions: number): string => {
  const job = { spec: { completions } } as Job;
  const indexes = succeeded.flatMap((index) => validIndexOf({ metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': index } } } as unknown as Pod, job) ?? []);
  return intervalsText(withIndexes(parseIntervals(before, completions), indexes));
};
const COMPLETED: readonly (readonly [name: string, before: string, succeeded: string, completions: number, expected: string])[] = [
  ['one index', '', '1', 2, '1'],
  ['two apart', '', '5 5 10', 11, '5,10'],
  ['two intervals', '', '2 3 5 6 7', 8, '2,3,5-7'],
  ['one index and one interval', '', '0 2 3 4 5 - -2', 6, '0,2-5'],
  ['some out of range', '', '0 1 2 4 5 -2', 5, '0-2,4'],
  ['an interval out of range by now', '0-5,8-10', '', 8, '0-5'],
  ['an interval in part out of range', '0-5,8-10', '', 10, '0-5,8,9'],
  ['before and anew, apart', '0,4,5,10-12', '2 7 8', 13, '0,2,4,5,7,8,10-12'],
  ['before between new ones', '3,4,6', '2 7 8', 9, '2-4,6-8'],
  ['new ones between', '2,7,8', '3 4 6', 9, '2-4,6-8'],
  ['new ones within', '2-7', '0 3 5 9', 10, '0,2-7,9'],
  ['a status that is no list', '0,1-foo,bar', '3', 4, '0,3'],
];
const SETS: Intervals = [[2, 4], [6, 8]];
const CONTAINED: readonly (readonly [name: string, intervals: Intervals, index: number, expected: boolean])[] = [
  ['nothing', [], 4, false], ['before all', SETS, 1, false], ['after all', SETS, 9, false], ['between', SETS, 5, false], ['in the first', SETS, 2, true], ['in the second', SETS, 8, true],
];
const FREE: readonly (readonly [name: string, taken: Intervals, count: number, completions: number, expected: number[]])[] = [
  ['more than there are', [], 5, 3, [0, 1, 2]],
  ['fewer than there are', [], 2, 5, [0, 1]],
  ['the first are active', [[0, 1]], 3, 10, [2, 3, 4]],
  ['the last are taken', [[4, 6]], 6, 6, [0, 1, 2, 3]],
  ['gaps', [[2, 5], [8, 9]], 5, 20, [0, 1, 6, 7, 10]],
];
/** What is deleted of Pods of doubled or wrong indexes, in its order: `index phase`. */
function removed(pods: string, completions: number): string {
  const h = jobWith({ spec: { completionMode: 'Indexed', completions, parallelism: 20 }, pods });
  const said = new Map(h.list('Pod').map((p) => [p.metadata.name, `${p.metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? ''}${p.status.phase![0]}`]));
  h.syncOnce('job-controller', KEY);
  return h.writes.flatMap((w) => (w.verb === 'delete' && w.kind === 'Pod' ? [said.get(w.name)!] : [])).join(' ');
}
const REMOVED: readonly (readonly [name: string, pods: string, expected: string])[] = [
  ['each index once', 'P 2P 5R 6R', 'P 6R'],
  ['all with an index', '5P 0R 3P 0R 3R 0P 6R 6P', '0P 0R 3P 6R 6P'],
  ['all kinds', 'P xR -2R 0P 1P 1P 1R', 'P xR -2R 1P 1P'],
];
const generated = (name: string): string => {
  const h = jobWith({ spec: { completionMode: 'Indexed', completions: 2 }, pods: '0S' });
  h.put({ ...h.api.get('Job', 'default', 'pi'), metadata: { name, namespace: 'default', uid: 'other' } });
  h.deliver();
  h.syncOnce('job-controller', `default/${name}`);
  return h.writes.find((w) => w.verb === 'create' && w.kind === 'Pod')?.name ?? '';
};
const LONG = 'hhhhhooooo'.repeat(5);

const named = (rows: readonly (readonly [string, () => unknown, unknown])[]): ConformanceCase[] => rows.map(([name, run, expected]) => ({ name, run, expected }));
export const jobIndexCases: CaseArea = {
  area: 'jobs: indexes',
  source: 'pkg/controller/job/indexed_job_utils_test.go',
  cases: [
    ...COMPLETED.map(([name, before, succeeded, completions, expected]) => ({ name: `completed: ${name}`, run: () => completed(before, succeeded.split(' '), completions), expected })),
    ...CONTAINED.map(([name, intervals, index, expected]) => ({ name: `contained: ${name}`, run: () => contains(intervals, index), expected })),
    ...FREE.map(([name, taken, count, completions, expected]) => ({ name: `to be made: ${name}`, run: () => firstFree(taken, count, completions), expected })),
    ...REMOVED.map(([name, pods, expected]) => ({ name: `to be deleted: ${name}`, run: () => removed(pods, 6), expected })),
    ...named([
      ['the name of a Pod', () => generated('indexed-job'), 'indexed-job-0-'],
      ['the name of a Pod of a Job with a long name', () => generated(`${LONG}hhhhhooooo`), `${LONG}hhhhh-0-`],
      ['the name of a Pod that its index would make too long', () => generated(`${LONG}hhhhhoo`), `${LONG}hhhhh-0-`],
    ]),
  ],
};

// ---- failure policy

const inCodes = (action: string, values: number[], more: Fields = {}): Fields => ({ action, onExitCodes: { operator: 'In', values, ...more } });
const notIn = (action: string, values: number[]): Fields => ({ action, onExitCodes: { operator: 'NotIn', values } });
const onCondition = (action: string, status = 'True'): Fields => ({ action, onPodConditions: [{ type: 'DisruptionTarget', status }] });
/** `main:2`, and `i/` before an init container; without a code it has not terminated. */
const withCodes = (...codes: string[]): Fields => {
  const statusOf = (text: string): Fields => {
    const [name, code] = text.replace(/^i\//, '').split(':');
    return { name, state: code === undefined ? {} : { terminated: { exitCode: Number(code) } } };
  };
  return { initContainerStatuses: codes.filter((c) => c.startsWith('i/')).map(statusOf), containerStatuses: codes.filter((c) => !c.startsWith('i/')).map(statusOf) };
};
const withCondition = (status: string): Fields => ({ conditions: [{ type: 'DisruptionTarget', status }] });
const failed = (code: number, index: number, container = 'main'): string => `Container ${container} for pod default/mypod failed with exit code ${code} matching FailJob rule at index ${index}`;

/** Rules, the Pod's status; the action, whether it counts, why the Job fails. */
const FAILURES: readonly (readonly [name: string, rules: Fields[] | undefined, status: Fields, expected: [string | undefined, boolean, string | undefined]])[] = [
  ['an unknown action is passed over', [inCodes('Unknown', [1, 2]), inCodes('FailJob', [2, 3])], withCodes('main:2'), ['FailJob', true, failed(2, 1)]],
  ['an unknown action on a condition is passed over', [onCondition('Unknown'), onCondition('Ignore')], withCondition('True'), ['Ignore', false, undefined]],
  ['an unknown operator is passed over', [{ action: 'Ignore', onExitCodes: { operator: 'Unknown', values: [1, 2] } }, inCodes('FailJob', [2, 3])], withCodes('main:2'), ['FailJob', true, failed(2, 1)]],
  ['no policy', undefined, withCodes('main:2'), [undefined, true, undefined]],
  ['Ignore of exit codes', [inCodes('Ignore', [1, 2, 3])], withCodes('main:2'), ['Ignore', false, undefined]],
  ['exit codes below zero', [inCodes('Ignore', [-1073741676, -1073741510])], withCodes('main:-1073741510'), ['Ignore', false, undefined]],
  ['FailJob of exit codes', [inCodes('FailJob', [1, 2, 3])], withCodes('main:2'), ['FailJob', true, failed(2, 0)]],
  ['containers that succeeded are passed over', [notIn('FailJob', [111])], withCodes('i/init:0', 'main:111', 'support:0'), [undefined, true, undefined]],
  ['FailIndex of exit codes', [inCodes('FailIndex', [1, 2, 3])], withCodes('main:2'), ['FailIndex', true, undefined]],
  ['exit codes other than 0', [notIn('FailJob', [0])], withCodes('main:1', 'support:0'), ['FailJob', true, failed(1, 0)]],
  ['the second rule', [inCodes('Count', [1, 2, 3]), inCodes('FailJob', [4, 5, 6])], withCodes('main:6'), ['FailJob', true, failed(6, 1)]],
  ['the first of rules that fit', [inCodes('Count', [1, 2, 3]), inCodes('FailJob', [2])], withCodes('main:2'), ['Count', true, undefined]],
  ['Count of exit codes', [inCodes('Count', [1, 2, 3])], withCodes('foo', 'bar:2'), ['Count', true, undefined]],
  ['exit codes that do not fit', [inCodes('FailJob', [1, 3])], withCodes('main:2'), [undefined, true, undefined]],
  ['exit codes of an init container', [inCodes('FailJob', [2])], withCodes('i/init:2', 'main'), ['FailJob', true, failed(2, 0, 'init')]],
  ['exit codes of a container by name', [inCodes('FailJob', [2], { containerName: 'main' })], withCodes('support:2', 'main:2'), ['FailJob', true, failed(2, 0)]],
  ['exit codes of another container', [inCodes('FailJob', [2], { containerName: 'main' })], withCodes('support:2', 'main:1'), [undefined, true, undefined]],
  ['FailIndex on a condition', [onCondition('FailIndex')], withCondition('True'), ['FailIndex', true, undefined]],
  ['Ignore on a condition', [onCondition('Ignore')], withCondition('True'), ['Ignore', false, undefined]],
  ['a condition that is False', [onCondition('Ignore', 'False')], withCondition('False'), ['Ignore', false, undefined]],
  ['a condition that is Unknown', [onCondition('Ignore', 'Unknown')], withCondition('Unknown'), ['Ignore', false, undefined]],
  ['a condition that is not as asked for', [onCondition('Ignore', 'False')], withCondition('True'), [undefined, true, undefined]],
  ['a condition that is not there', [onCondition('FailJob')], {}, [undefined, true, undefined]],
  ['FailJob on a condition', [onCondition('FailJob')], withCondition('True'), ['FailJob', true, 'Pod default/mypod has condition DisruptionTarget matching FailJob rule at index 0']],
  ['Count on a condition', [onCondition('Count')], withCondition('True'), ['Count', true, undefined]],
  ['a rule that asks for nothing', [{ action: 'FailJob' }], withCodes('main:2'), [undefined, true, undefined]],
];
const verdict = (rules: Fields[] | undefined, status: Fields): unknown => {
  const pod = { metadata: { name: 'mypod', namespace: 'default' }, status: { phase: 'Failed', ...status } } as unknown as Pod;
  const { action, counts, failure } = judge(rules === undefined ? undefined : ({ rules } as never), pod);
  return [action, counts, failure];
};
export const jobFailurePolicyCases: CaseArea = {
  area: 'jobs: failure policies',
  source: 'pkg/controller/job/pod_failure_policy_test.go (TestMatchPodFailurePolicy)',
  cases: FAILURES.map(([name, rules, status, expected]) => ({ name, run: () => verdict(rules, status), expected })),
};

// ---- success policy

/** Rules as `indexes`, `#count`, or both; the succeeded indexes; the rule that is met. */
const SUCCESSES: readonly (readonly [name: string, rules: string[] | undefined, succeeded: string, expected: number | undefined])[] = [
  ['no policy', undefined, '0', undefined],
  ['no rules', [], '0', undefined],
  ['indexes that are no list', ['invalid-form'], '0', undefined],
  ['indexes', ['0-2'], '0-2,4-7', 0],
  ['indexes that are not there', ['3'], '0-2', undefined],
  ['a count', ['#2'], '0-2', 0],
  ['a count that is not reached', ['#4'], '0-2', undefined],
  ['the second of two rules', ['9', '4,6'], '0-2,4-7', 1],
  ['both of two rules', ['0,1', '5'], '0-2,4-7', 0],
  ['a count among indexes', ['3-6#2'], '0-2,4-7', 0],
  ['a count among indexes that is not reached', ['3-6#2'], '0-2,6,7', undefined],
  ['nothing has succeeded', ['#4'], '', undefined],
  ['fewer indexes than there are', ['2-4,6-8'], '1-9', 0],
  ['the same indexes', ['2-4,6-9'], '2-4,6-9', 0],
  ['indexes cut off at the completions', ['2-4,8-12'], '2-5,7-9', 0],
  ['no indexes', [''], '1-3', undefined],
  ['no indexes, of none', [''], '', undefined],
  ['indexes beyond the completions', ['10-12,14-16'], '1-3,5-7', undefined],
  ['an overlap at the first', ['1-3,5-7'], '2-4,6-8', undefined],
  ['an overlap at the first, as many as asked for', ['1-3,5-7#4'], '2-4,6-8', 0],
  ['an overlap at the last', ['2-4,6-9'], '1-3,5-7', undefined],
  ['an overlap at the last, as many as asked for', ['2-4,6-9#4'], '1-3,5-7', 0],
  ['more around each', ['0-4,6-9'], '1-3,7,8', undefined],
  ['more around each, as many as asked for', ['0-4,6-9#5'], '1-3,7,8', 0],
  ['an overlap of several at the last', ['0-6,8-9'], '1-3,5-9', undefined],
  ['an overlap of several, as many as asked for', ['0-6,8-9#7'], '1-3,5-9', 0],
  ['one missing at the first', ['0-5,7-9'], '1-5,7-9', undefined],
  ['one missing at the first, as many as asked for', ['0-5,7-9#8'], '1-5,7-9', 0],
  ['one missing of a long run', ['0-3,6-9'], '1-9', undefined],
  ['one missing of a long run, as many as asked for', ['0-3,6-9#7'], '1-9', 0],
];
function met(rules: string[] | undefined, succeeded: string): string | undefined {
  const rule = (text: string): Fields => {
    const [indexes, count] = text.split('#');
    return { ...(text.startsWith('#') ? {} : { succeededIndexes: indexes }), ...(count === undefined ? {} : { succeededCount: Number(count) }) };
  };
  const spec = { completions: 10, ...(rules === undefined ? {} : { successPolicy: { rules: rules.map(rule) } }) };
  return successMet({ spec } as unknown as Job, parseIntervals(succeeded, 10));
}
export const jobSuccessPolicyCases: CaseArea = {
  area: 'jobs: success policies',
  source: 'pkg/controller/job/success_policy_test.go (TestMatchSuccessPolicy)',
  cases: SUCCESSES.map(([name, rules, succeeded, expected]) => ({
    name, run: () => met(rules, succeeded), expected: expected === undefined ? undefined : `Matched rules at index ${expected}`,
  })),
};

// ---- back-off

const AT = 3_600_000;
const pod = (status: Fields, metadata: Fields = {}, spec: Fields = {}): Pod => ({ metadata: { creationTimestamp: rfc3339(0), ...metadata }, spec: { containers: [], ...spec }, status }) as unknown as Pod;
const terminatedAt = (seconds: number): Fields => ({ state: { terminated: { finishedAt: rfc3339(AT + seconds * 1000) } } });
const endedAt = (seconds: number): Pod => pod({ containerStatuses: [terminatedAt(seconds)] });
const RUNNING: Fields = { state: { running: {} } };
const UNKNOWN_END: Fields = { state: { terminated: {} } };
const deleted = (graceSeconds?: number): Fields => ({ deletionTimestamp: rfc3339(AT), ...(graceSeconds === undefined ? {} : { deletionGracePeriodSeconds: graceSeconds }) });
const SIDECAR = { initContainers: [{ name: 'sidecar', restartPolicy: 'Always' }] };
const readySince = (status: string, seconds: number): Fields => ({ conditions: [{ type: 'Ready', status, lastTransitionTime: rfc3339(AT + seconds * 1000) }] });

/** Seconds from the moment asked about. */
const ENDS: readonly (readonly [name: string, pod: Pod, expected: number])[] = [
  ['several containers, all terminated', pod({ containerStatuses: [terminatedAt(-1), terminatedAt(0), terminatedAt(-2)] }), 0],
  ['one of them runs: its deletion', pod({ containerStatuses: [terminatedAt(-1), RUNNING, terminatedAt(-2)] }, deleted()), 0],
  ['its deletion', pod({ containerStatuses: [RUNNING] }, deleted()), 0],
  ['its deletion, less the grace period', pod({ containerStatuses: [RUNNING] }, deleted(30)), -30],
  ['since when it is not ready', pod({ containerStatuses: [UNKNOWN_END], ...readySince('False', 0) }), 0],
  ['not since when it is ready', pod({ containerStatuses: [UNKNOWN_END], ...readySince('True', -30) }, deleted()), 0],
  ['its creation', pod({ containerStatuses: [UNKNOWN_END] }, { creationTimestamp: rfc3339(AT) }), 0],
  ['a sidecar that ended last', pod({ containerStatuses: [terminatedAt(-1)], initContainerStatuses: [{ name: 'sidecar', ...terminatedAt(0) }] }, {}, SIDECAR), 0],
  ['a sidecar that runs: its deletion', pod({ containerStatuses: [terminatedAt(-1)], initContainerStatuses: [{ name: 'sidecar', ...RUNNING }] }, deleted(), SIDECAR), 0],
  ['an init container ended before', pod({ containerStatuses: [terminatedAt(-1)], initContainerStatuses: [{ name: 'init', ...terminatedAt(-9) }] }, {}, { initContainers: [{ name: 'init' }] }), -1],
];
/** What was before, successes and failures by their seconds; failures since, seconds of the last. */
const RECORDS: readonly (readonly [name: string, before: BackOff | undefined, succeeded: number[], failed: number[], expected: [number, number?]])[] = [
  ['one failure', undefined, [], [0], [1, 0]],
  ['two failures', undefined, [], [0, -1], [2, 0]],
  ['two failures, then a success', undefined, [0], [-2, -1], [0]],
  ['failures before and after a success', undefined, [-2], [0, -4, -3, -1], [2, 0]],
  ['two before, and one failure', { failures: 2, lastFailure: 0 }, [], [0], [3, 0]],
  ['success and failure at once', undefined, [0], [0], [0]],
  ['nothing', undefined, [], [], [0]],
  ['one success', undefined, [0], [], [0]],
];
/** Failures in a row, seconds since the last; seconds to wait. */
const WAITS: readonly (readonly [failures: number, sinceSeconds: number, expected: number])[] = [
  [0, 0, 0], [1, 0, 10], [1, 1, 9], [1, 10, 0], [1, 11, 0], [3, 0, 40], [6, 0, 320], [7, 0, 600], [9, 0, 600],
];
const failedIndex = (failures: string, ignored?: string): Pod =>
  pod({ phase: 'Failed' }, { ...deleted(0), annotations: { 'batch.kubernetes.io/job-index-failure-count': failures, ...(ignored === undefined ? {} : { 'batch.kubernetes.io/job-index-ignored-failure-count': ignored }) } });
const OF_INDEX: readonly (readonly [name: string, last: Pod | undefined, sinceSeconds: number, expected: number])[] = [
  ['none failed', undefined, 0, 0], ['the first failure', failedIndex('0'), 0, 10], ['two before it', failedIndex('2'), 0, 40], ['two before it, a while ago', failedIndex('2'), 30, 10],
  ['ignored ones count', failedIndex('1', '1'), 0, 40], ['at most ten minutes', failedIndex('9'), 0, 600], ['a count that is no number', failedIndex('many'), 0, 10],
];
export const jobBackOffCases: CaseArea = {
  area: 'jobs: back-off',
  source: 'pkg/controller/job/backoff_utils_test.go',
  cases: [
    ...ENDS.map(([name, ended, expected]) => ({ name: `when a Pod ended: ${name}`, run: () => (finishedAt(ended) - AT) / 1000, expected })),
    ...RECORDS.map(([name, before, succeeded, failures, expected]) => ({
      name: `failures in a row: ${name}`, expected,
      run: () => {
        const after = backOffAfter(before, succeeded.map(endedAt), failures.map(endedAt));
        return after.failures === 0 ? [0] : [after.failures, (after.lastFailure - AT) / 1000];
      },
    })),
    ...WAITS.map(([failures, since, expected]) => ({ name: `${failures} failures, ${since} s ago`, run: () => remainingMs({ failures, lastFailure: AT }, AT + since * 1000) / 1000, expected })),
    ...OF_INDEX.map(([name, last, since, expected]) => ({ name: `of an index: ${name}`, run: () => remainingOfIndexMs(last, AT + since * 1000) / 1000, expected })),
  ],
};
