/** Jobs and CronJobs the API server takes and refuses. */
import { createdFrom, statusCauses, updateCauses } from '../../sim/api/resources/testing.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { container, object, refusals, type Fields } from './api-objects.ts';

const INVALID = 'Invalid value';
const REQUIRED = 'Required value';
const UNSUPPORTED = 'Unsupported value';

const template = (spec: Fields = {}): Fields => ({ metadata: { labels: { app: 'abc' } }, spec: { containers: [container()], restartPolicy: 'Never', ...spec } });
const job = (spec: Fields = {}, metadata: Fields = {}): KubeObject => object('batch/v1', 'Job', { template: template(), ...spec }, metadata);
const indexed = (spec: Fields = {}): KubeObject => job({ completionMode: 'Indexed', completions: 2, parallelism: 2, ...spec });
const failing = (...rules: Fields[]): KubeObject => job({ podFailurePolicy: { rules } });
const exits = (onExitCodes: Fields): KubeObject => failing({ action: 'FailJob', onExitCodes });
const succeeding = (...rules: Fields[]): KubeObject => indexed({ successPolicy: { rules } });
const cron = (spec: Fields = {}, metadata: Fields = {}): KubeObject =>
  object('batch/v1', 'CronJob', { schedule: '* * * * *', jobTemplate: { spec: { template: template() } }, ...spec }, metadata);
const LIMITED = { backoffLimitPerIndex: 1 };
const F = 'spec.podFailurePolicy.rules[0]';
const S = 'spec.successPolicy.rules[0]';

const CREATED: readonly [string, KubeObject, string[]][] = [
  ['the least one', job(), []],
  ['failure policy by exit codes', exits({ operator: 'In', values: [1, 2, 3] }), []],
  ['failure policy by conditions', failing({ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }), []],
  ['FailIndex with a limit per index', indexed({ backoffLimitPerIndex: 1, podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [1] } }] } }), []],
  ['success policy by count and indexes', succeeding({ succeededCount: 1, succeededIndexes: '0-1' }), []],
  ['negative numbers', job({ parallelism: -1, completions: -1, activeDeadlineSeconds: -1, backoffLimit: -1, ttlSecondsAfterFinished: -1 }),
    ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].map((f) => `spec.${f}: ${INVALID}`)],
  ['restart policy Always', job({ template: template({ restartPolicy: 'Always' }) }), [`spec.template.spec.restartPolicy: ${REQUIRED}`]],
  ['restart policy unknown', job({ template: template({ restartPolicy: 'Invalid' }) }), [`spec.template.spec.restartPolicy: ${UNSUPPORTED}`, `spec.template.spec.restartPolicy: ${UNSUPPORTED}`]],
  ['OnFailure with a failure policy', job({ template: template({ restartPolicy: 'OnFailure' }), podFailurePolicy: { rules: [] } }), [`spec.template.spec.restartPolicy: ${INVALID}`]],
  ['Indexed without completions', job({ completionMode: 'Indexed', parallelism: 2 }), [`spec.completions: ${REQUIRED}`]],
  ['Indexed with very many workers', indexed({ parallelism: 100_001 }), [`spec.parallelism: ${INVALID}`]],
  ['Indexed with too long a name', job({ completionMode: 'Indexed', completions: 100_000 }, { name: 'a'.repeat(60) }), [`metadata.name: ${INVALID}`]],
  ['unknown completion mode', job({ completionMode: 'Other' }), [`spec.completionMode: ${UNSUPPORTED}`]],
  ['limit per index when not Indexed', job({ backoffLimitPerIndex: 1 }), [`spec.backoffLimitPerIndex: ${INVALID}`]],
  ['failed indexes without a limit per index', indexed({ maxFailedIndexes: 1 }), [`spec.backoffLimitPerIndex: ${REQUIRED}`]],
  ['more failed indexes than completions', indexed({ backoffLimitPerIndex: 1, maxFailedIndexes: 3 }), [`spec.maxFailedIndexes: ${INVALID}`]],
  ['very many completions with a limit per index', indexed({ completions: 100_001, backoffLimitPerIndex: 1 }), [`spec.maxFailedIndexes: ${REQUIRED}`]],
  ['managed by no path', job({ managedBy: 'me' }), [`spec.managedBy: ${INVALID}`]],
  ['selector not generated', job({ selector: { matchLabels: { app: 'other' } } }), [`spec.selector: ${INVALID}`, `spec.template.metadata.labels: ${INVALID}`]],
  ['manual selector that does not match', job({ manualSelector: true, selector: { matchLabels: { app: 'other' } } }), [`spec.template.metadata.labels: ${INVALID}`]],
  ['labels of another', job({ template: { ...template(), metadata: { labels: { 'job-name': 'other' } } } }), [`spec.template.metadata.labels[job-name]: ${INVALID}`]],
  ['unknown replacement policy', job({ podReplacementPolicy: 'Other' }), [`spec.podReplacementPolicy: ${UNSUPPORTED}`]],
  ['replacement policy beside a failure policy', job({ podReplacementPolicy: 'TerminatingOrFailed', podFailurePolicy: { rules: [] } }), [`spec.podReplacementPolicy: ${UNSUPPORTED}`]],
  ['no action', failing({ onExitCodes: { operator: 'In', values: [1] } }), [`${F}.action: ${REQUIRED}`]],
  ['unknown action', failing({ action: 'Unknown', onExitCodes: { operator: 'In', values: [1] } }), [`${F}.action: ${UNSUPPORTED}`]],
  ['FailIndex without a limit per index', failing({ action: 'FailIndex', onExitCodes: { operator: 'In', values: [1] } }), [`${F}.action: ${INVALID}`]],
  ['neither exit codes nor conditions', failing({ action: 'FailJob' }), [`${F}: ${INVALID}`]],
  ['both exit codes and conditions', failing({ action: 'FailJob', onExitCodes: { operator: 'In', values: [1] }, onPodConditions: [{ type: 'X', status: 'True' }] }), [`${F}: ${INVALID}`]],
  ['no operator', exits({ values: [1] }), [`${F}.onExitCodes.operator: ${REQUIRED}`]],
  ['unknown operator', exits({ operator: 'Is', values: [1] }), [`${F}.onExitCodes.operator: ${UNSUPPORTED}`]],
  ['no exit codes', exits({ operator: 'In', values: [] }), [`${F}.onExitCodes.values: ${INVALID}`]],
  ['exit code 0 of In', exits({ operator: 'In', values: [0, 1] }), [`${F}.onExitCodes.values[0]: ${INVALID}`]],
  ['exit codes twice', exits({ operator: 'In', values: [1, 1] }), [`${F}.onExitCodes.values[1]: Duplicate value`]],
  ['exit codes out of order', exits({ operator: 'In', values: [3, 1] }), [`${F}.onExitCodes.values: ${INVALID}`]],
  ['too many exit codes', exits({ operator: 'In', values: Array.from({ length: 256 }, (_, i) => i + 1) }), [`${F}.onExitCodes.values: Too many`]],
  ['exit codes of no container', exits({ operator: 'In', values: [1], containerName: 'xyz' }), [`${F}.onExitCodes.containerName: ${INVALID}`]],
  ['too many rules', failing(...Array.from({ length: 21 }, () => ({ action: 'Ignore', onExitCodes: { operator: 'In', values: [1] } }))), ['spec.podFailurePolicy.rules: Too many']],
  ['condition without status, which is True then', failing({ action: 'Ignore', onPodConditions: [{ type: 'X' }] }), []],
  ['condition of another status', failing({ action: 'Ignore', onPodConditions: [{ type: 'X', status: 'Other' }] }), [`${F}.onPodConditions[0].status: ${UNSUPPORTED}`]],
  ['success policy when not Indexed', job({ successPolicy: { rules: [{ succeededCount: 1 }] } }), [`spec.successPolicy: ${INVALID}`]],
  ['success policy without rules', succeeding(), [`spec.successPolicy.rules: ${REQUIRED}`]],
  ['success rule without either', succeeding({}), [`${S}: ${REQUIRED}`]],
  ['success indexes beyond completions', succeeding({ succeededIndexes: '0-2' }), [`${S}.succeededIndexes: ${INVALID}`]],
  ['success indexes out of order', succeeding({ succeededIndexes: '1,0' }), [`${S}.succeededIndexes: ${INVALID}`]],
  ['success count above completions', succeeding({ succeededCount: 3 }), [`${S}.succeededCount: ${INVALID}`]],
  ['success count above its indexes', succeeding({ succeededCount: 2, succeededIndexes: '1' }), [`${S}.succeededCount: ${INVALID}`]],
  ['failure policy of every kind of rule', job({ template: template({ initContainers: [{ ...container(), name: 'def' }] }), podFailurePolicy: { rules: [
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    { action: 'FailJob', onPodConditions: [{ type: 'CustomConditionType', status: 'False' }] },
    { action: 'Ignore', onExitCodes: { containerName: 'def', operator: 'In', values: [4] } },
    { action: 'FailJob', onExitCodes: { operator: 'NotIn', values: [5, 6, 7] } },
  ] } }), []],
  ['success policy of two rules', indexed({ completions: 10, successPolicy: { rules: [{ succeededCount: 1, succeededIndexes: '0,2,4' }, { succeededIndexes: '1,3,5-9' }] } }), []],
  ['as many workers as an Indexed Job may have', indexed({ parallelism: 100_000 }), []],
  ['a limit per index: many of each', indexed({ ...LIMITED, completions: 100_000, parallelism: 100_000, maxFailedIndexes: 100_000 }), []],
  ['a limit per index: very many completions', indexed({ ...LIMITED, completions: 1_000_000_000, parallelism: 10_000, maxFailedIndexes: 10_000 }), []],
  ['a limit per index: too many workers for very many completions', indexed({ ...LIMITED, completions: 100_001, parallelism: 50_000, maxFailedIndexes: 1 }), [`spec.parallelism: ${INVALID}`]],
  ['a limit per index: too many failed for very many completions', indexed({ ...LIMITED, completions: 100_001, maxFailedIndexes: 50_000 }), [`spec.maxFailedIndexes: ${INVALID}`]],
  ['a limit per index: more failed than any Job may have', indexed({ ...LIMITED, completions: 100_001, maxFailedIndexes: 100_001 }), [`spec.maxFailedIndexes: ${INVALID}`, `spec.maxFailedIndexes: ${INVALID}`]],
  ['a limit per index: fewer than none failed', indexed({ ...LIMITED, completions: 10, maxFailedIndexes: -1 }), [`spec.maxFailedIndexes: ${INVALID}`]],
  ['a limit per index below 0, and no completions', job({ completionMode: 'Indexed', parallelism: 1, backoffLimitPerIndex: -1 }), [`spec.backoffLimitPerIndex: ${INVALID}`, `spec.completions: ${REQUIRED}`]],
  ['failed indexes without a limit, and no completions', job({ completionMode: 'Indexed', parallelism: 1, maxFailedIndexes: 1 }), [`spec.backoffLimitPerIndex: ${REQUIRED}`, `spec.completions: ${REQUIRED}`]],
  ['managed by a path', job({ managedBy: 'example.com/foo' }), []],
  ['managed by too long a path', job({ managedBy: `example.com/${'x'.repeat(60)}` }), ['spec.managedBy: Too long']],
  ['managed by words', job({ managedBy: 'invalid custom controller name' }), [`spec.managedBy: ${INVALID}`]],
  ['empty replacement policy', job({ podReplacementPolicy: '' }), [`spec.podReplacementPolicy: ${UNSUPPORTED}`]],
  ['success indexes of letters', succeeding({ succeededIndexes: 'invalid-format' }), [`${S}.succeededIndexes: ${INVALID}`]],
  ['success indexes of more than 64 KiB', succeeding({ succeededIndexes: '1'.repeat(65_537) }), [`${S}.succeededIndexes: Too long`, `${S}.succeededIndexes: ${INVALID}`]],
  ['success count below 0', succeeding({ succeededCount: -1 }), [`${S}.succeededCount: ${INVALID}`]],
  ['too many success rules', indexed({ completions: 5, successPolicy: { rules: Array.from({ length: 21 }, () => ({ succeededCount: 5 })) } }), ['spec.successPolicy.rules: Too many']],
  ['success policy without rules when not Indexed', job({ successPolicy: { rules: [] } }), [`spec.successPolicy: ${INVALID}`]],
  ['too many exit codes from 0', exits({ operator: 'In', values: Array.from({ length: 256 }, (_, i) => i) }), [`${F}.onExitCodes.values: Too many`, `${F}.onExitCodes.values[0]: ${INVALID}`]],
  ['exit codes three times', exits({ operator: 'In', values: [12, 13, 13, 13] }), [`${F}.onExitCodes.values[2]: Duplicate value`, `${F}.onExitCodes.values[3]: Duplicate value`]],
  ['exit code 0 out of order', exits({ operator: 'In', values: [1, 0, 2] }), [`${F}.onExitCodes.values[1]: ${INVALID}`, `${F}.onExitCodes.values: ${INVALID}`]],
  ['exit codes of no container, in the second rule', failing({ action: 'Ignore', onExitCodes: { operator: 'In', values: [1] } }, { action: 'FailJob', onExitCodes: { operator: 'In', values: [5], containerName: 'xyz' } }),
    [`spec.podFailurePolicy.rules[1].onExitCodes.containerName: ${INVALID}`]],
  ['too many conditions', failing({ action: 'FailJob', onPodConditions: Array.from({ length: 21 }, (_, i) => ({ type: `CustomType_${i}`, status: 'True' })) }), [`${F}.onPodConditions: Too many`]],
  ['condition without a type', failing({ action: 'Ignore', onPodConditions: [{ status: 'True' }] }), [`${F}.onPodConditions[0].type: ${INVALID}`, `${F}.onPodConditions[0].type: ${INVALID}`]],
  ['condition of a type with spaces', failing({ action: 'Ignore', onPodConditions: [{ type: 'Invalid Condition Type', status: 'True' }] }), [`${F}.onPodConditions[0].type: ${INVALID}`]],
  ['CronJob: the least one', cron(), []],
  ['CronJob: a macro', cron({ schedule: '@hourly' }), []],
  ['CronJob: no schedule', cron({ schedule: '' }), [`spec.schedule: ${REQUIRED}`]],
  ['CronJob: six fields', cron({ schedule: '* * * * * *' }), [`spec.schedule: ${INVALID}`]],
  ['CronJob: a zone in the schedule', cron({ schedule: 'TZ=UTC 0 * * * *' }), [`spec.schedule: ${INVALID}`]],
  ['CronJob: minute 60', cron({ schedule: '60 * * * *' }), [`spec.schedule: ${INVALID}`]],
  ['CronJob: no zone', cron({ timeZone: '' }), [`spec.timeZone: ${INVALID}`]],
  ['CronJob: the zone of the machine', cron({ timeZone: 'Local' }), [`spec.timeZone: ${INVALID}`]],
  ['CronJob: a zone with spaces', cron({ timeZone: ' America/New_York' }), [`spec.timeZone: ${INVALID}`]],
  ['CronJob: unknown policy', cron({ concurrencyPolicy: 'Maybe' }), [`spec.concurrencyPolicy: ${UNSUPPORTED}`]],
  ['CronJob: negative limits', cron({ startingDeadlineSeconds: -1, successfulJobsHistoryLimit: -1, failedJobsHistoryLimit: -1 }),
    ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'].map((f) => `spec.${f}: ${INVALID}`)],
  ['CronJob: a name of 53 characters', cron({}, { name: 'a'.repeat(53) }), [`metadata.name: ${INVALID}`]],
  ['CronJob: a selector', cron({ jobTemplate: { spec: { template: template(), selector: { matchLabels: { a: 'b' } } } } }), [`spec.jobTemplate.spec.selector: ${INVALID}`]],
  ['CronJob: restart policy Always', cron({ jobTemplate: { spec: { template: template({ restartPolicy: 'Always' }) } } }), [`spec.jobTemplate.spec.template.spec.restartPolicy: ${REQUIRED}`]],
];

/** The stored Job with changes of its spec, against the Job as it was. */
const changed = (before: KubeObject, spec: Fields, status: Fields = {}): string[] => {
  const old = { ...createdFrom(before), status };
  const next = { ...old, spec: { ...(old.spec as Fields), ...spec } };
  return updateCauses(next, old).map((c) => `${c.field}: ${c.reason}`);
};
const rescheduled = (before: KubeObject): Fields => {
  const { template: now } = createdFrom(before).spec as { template: { spec: Fields } };
  return { template: { ...now, spec: { ...now.spec, nodeSelector: { disk: 'ssd' } } } };
};
const UPDATED: readonly [string, () => string[], string[]][] = [
  ['parallelism and suspend', () => changed(job(), { parallelism: 2, suspend: true }), []],
  ['completions', () => changed(job({ completions: 1 }), { completions: 2 }), [`spec.completions: ${INVALID}`]],
  ['completions and parallelism of an Indexed Job', () => changed(indexed(), { completions: 3, parallelism: 3 }), []],
  ['completions of an Indexed Job alone', () => changed(indexed(), { completions: 3 }), [`spec.completions: ${INVALID}`]],
  ['completion mode', () => changed(job({ completions: 1 }), { completionMode: 'Indexed' }), [`spec.completionMode: ${INVALID}`]],
  ['failure policy', () => changed(job(), { podFailurePolicy: { rules: [] }, podReplacementPolicy: 'Failed' }), [`spec.podFailurePolicy: ${INVALID}`]],
  ['placement of a running Job', () => changed(job(), rescheduled(job())), [`spec.template: ${INVALID}`]],
  ['placement of a suspended Job', () => changed(job({ suspend: true }), rescheduled(job({ suspend: true }))), []],
  ['placement of a suspended Job that ran', () => changed(job({ suspend: true }), rescheduled(job({ suspend: true })), { startTime: '2026-01-05T09:00:00Z' }), [`spec.template: ${INVALID}`]],
];

const condition = (type: string): Fields => ({ type, status: 'True' });
const TIMES = { startTime: '2026-01-05T09:00:00Z', completionTime: '2026-01-05T09:01:00Z' };
const COMPLETE = { ...TIMES, conditions: [condition('SuccessCriteriaMet'), condition('Complete')] };
const statusOf = (next: Fields, old: Fields = {}, of = job()): string[] => {
  const stored = createdFrom(of);
  return statusCauses({ ...stored, status: next }, { ...stored, status: old }).map((c) => `${c.field}: ${c.reason}`);
};
const STATUS: readonly [string, () => string[], string[]][] = [
  ['complete', () => statusOf(COMPLETE), []],
  ['negative counts', () => statusOf({ active: -1, succeeded: -1, failed: -1 }), [...['active', 'succeeded', 'failed', 'failed', 'succeeded'].map((f) => `status.${f}: ${INVALID}`)].sort()],
  ['more ready than active', () => statusOf({ active: 1, ready: 2 }), [`status.ready: ${INVALID}`]],
  ['complete without its end', () => statusOf({ ...COMPLETE, completionTime: undefined }), [`status.completionTime: ${REQUIRED}`]],
  ['ended without being complete', () => statusOf(TIMES), [`status.completionTime: ${INVALID}`]],
  ['ended before it began', () => statusOf({ ...COMPLETE, completionTime: '2026-01-05T08:00:00Z' }), [`status.completionTime: ${INVALID}`]],
  ['complete and active', () => statusOf({ ...COMPLETE, active: 1 }), [`status.active: ${INVALID}`]],
  ['failed without a target', () => statusOf({ startTime: TIMES.startTime, conditions: [condition('Failed')] }), [`status.conditions: ${INVALID}`]],
  ['no longer complete', () => statusOf({ ...TIMES, completionTime: undefined, conditions: [condition('SuccessCriteriaMet')] }, COMPLETE), [`status.conditions: ${INVALID}`]],
  ['fewer failed', () => statusOf({ failed: 1 }, { failed: 2 }), [`status.failed: ${INVALID}`]],
  ['indexes of a Job without', () => statusOf({ completedIndexes: '0' }, {}, job({ completions: 1 })), [`status.completedIndexes: ${INVALID}`]],
  ['indexes failed and completed', () => statusOf({ completedIndexes: '0', failedIndexes: '0-1' }, {}, indexed({ backoffLimitPerIndex: 1 })), [`status.failedIndexes: ${INVALID}`]],
];

const cases: ConformanceCase[] = [
  ...CREATED.map(([name, draft, expected]) => ({ name, run: () => refusals(draft), expected })),
  ...UPDATED.map(([name, run, expected]) => ({ name: `change of ${name}`, run, expected })),
  ...STATUS.map(([name, run, expected]) => ({ name: `status: ${name}`, run: () => run().sort(), expected })),
];

export const jobCases: CaseArea = {
  area: 'validation of Jobs and CronJobs', source: 'pkg/apis/batch/validation/validation_test.go', cases,
};
