/** Jobs. Models pkg/apis/batch, pkg/registry/batch/job and pkg/printers/internalversion/printers.go. */
import type { IJob } from 'kubernetes-models/batch/v1';
import { fill, into, isNil } from '../defaults/fill.ts';
import { defaultTemplate } from '../defaults/podspec.ts';
import { deepEqual } from '../equal.ts';
import { matches, selectorOf, selectorText } from '../selector.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf, humanDuration } from '../table/age.ts';
import { AGE, column, containerTexts, created, NAME, wide } from '../table/column.ts';
import { parseTime } from '../time.ts';
import type { KubeObject, PodTemplateSpec } from '../types.ts';
import { invalidValue, nonNegative, required, unsupported, type Causes } from '../validation/field.ts';
import { validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { validateTemplate } from '../validation/podspec.ts';
import { validateSelector } from '../validation/selector.ts';
import { subdomainProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

export type Job = KubeObject & {
  readonly spec: NonNullable<IJob['spec']>;
  readonly status: NonNullable<IJob['status']>;
};
type Spec = Job['spec'];

const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'];
const SELECTED = 'batch.kubernetes.io/controller-uid';

function defaultSpec(spec: Spec): Spec {
  const both = isNil(spec.completions) && isNil(spec.parallelism);
  return fill(into(spec, 'template', defaultTemplate as never), {
    ...(both ? { completions: 1 } : {}),
    parallelism: 1,
    backoffLimit: isNil(spec.backoffLimitPerIndex) ? 6 : 2_147_483_647,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: isNil(spec.podFailurePolicy) ? 'TerminatingOrFailed' : 'Failed',
  });
}

function defaultJob(job: Job): Job {
  const defaulted = into(job, 'spec', defaultSpec);
  const labels = defaulted.spec?.template?.metadata?.labels as Record<string, string> | undefined;
  if (labels === undefined || Object.keys(defaulted.metadata.labels ?? {}).length > 0) return defaulted;
  return { ...defaulted, metadata: { ...defaulted.metadata, labels } };
}

/** Labels of the template and a selector by which a Job's Pods are its own; values that are there stay. */
function withSelector(job: Job, uid: string): Job {
  if (job.spec.manualSelector === true) return job;
  const { template, selector } = job.spec;
  const named = Object.fromEntries([
    ...NAME_LABELS.map((label) => [label, job.metadata.name]),
    ...UID_LABELS.map((label) => [label, uid]),
  ]);
  const labels = { ...named, ...(template.metadata?.labels as Record<string, string> | undefined) };
  return {
    ...job,
    spec: {
      ...job.spec,
      selector: { ...selector, matchLabels: { [SELECTED]: uid, ...selector?.matchLabels } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

function validateSpec(spec: Spec, out: Causes): void {
  for (const name of [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
  ] as const)
    if (!isNil(spec[name])) nonNegative(spec[name], `spec.${name}`, out);
  const { completionMode: mode, selector, template } = spec;
  if (mode !== 'NonIndexed' && mode !== 'Indexed')
    out.push(unsupported('spec.completionMode', mode, ['Indexed', 'NonIndexed']));
  if (mode === 'Indexed' && isNil(spec.completions))
    out.push(required('spec.completions', `when completion mode is Indexed`));
  const labels = (template.metadata?.labels ?? {}) as Record<string, string>;
  validateTemplate(template as PodTemplateSpec, 'spec.template', out);
  const restart = template.spec?.restartPolicy;
  if (restart !== 'OnFailure' && restart !== 'Never')
    out.push(
      restart === 'Always' || isNil(restart)
        ? required('spec.template.spec.restartPolicy', 'valid values: "OnFailure", "Never"')
        : unsupported('spec.template.spec.restartPolicy', restart, ['OnFailure', 'Never']),
    );
  if (isNil(selector)) {
    out.push(required('spec.selector'));
    return;
  }
  validateSelector(selector, 'spec.selector', out);
  if (!matches(selectorOf(selector), labels))
    out.push(
      invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'),
    );
}

function validateUpdate(next: Job, old: Job, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec === old.spec) return;
  validateSpec(next.spec, out);
  const elastic = next.spec.completionMode === 'Indexed' && next.spec.completions === next.spec.parallelism;
  if (next.spec.completions !== old.spec.completions && !elastic)
    out.push(invalidValue('spec.completions', next.spec.completions, 'field is immutable'));
  for (const name of ['selector', 'template', 'completionMode'] as const)
    if (!deepEqual(next.spec[name], old.spec[name]))
      out.push(invalidValue(`spec.${name}`, next.spec[name], 'field is immutable'));
}

function validateStatus({ status }: Job, out: Causes): void {
  for (const name of ['active', 'succeeded', 'failed', 'ready'] as const)
    if (!isNil(status[name])) nonNegative(status[name], `status.${name}`, out);
}

const isTrue = ({ status }: Job, type: string): boolean =>
  status.conditions?.some((c) => c.type === type && c.status === 'True') === true;
const isFinished = (job: Job): boolean => isTrue(job, 'Complete') || isTrue(job, 'Failed');

/** The Status column: the first of its conditions that holds, in the printer's order. */
function statusText(job: Job): string {
  const holding = ['Complete', 'Failed'].find((type) => isTrue(job, type));
  if (holding !== undefined) return holding;
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find((type) => isTrue(job, type)) ?? 'Running';
}

function completionText({ spec, status }: Job): string {
  const done = status.succeeded ?? 0;
  if (!isNil(spec.completions)) return `${done}/${spec.completions}`;
  return (spec.parallelism ?? 0) > 1 ? `${done}/1 of ${spec.parallelism}` : `${done}/1`;
}

function durationText({ status }: Job, now: number): string {
  if (isNil(status.startTime)) return '';
  const end = isNil(status.completionTime) ? now : parseTime(status.completionTime as string);
  return humanDuration(end - parseTime(status.startTime as string));
}

export const jobs = defineResource<Job>({
  group: 'batch',
  kind: 'Job',
  plural: 'jobs',
  categories: ['all'],
  subresources: { status: true },
  generation: true,
  defaults: defaultJob,
  strategy: {
    create: (draft, _now, uid) => withSelector(begin({})(draft), uid()),
    update: advance(specChanged),
  },
  validation: {
    create(job, out) {
      validateMeta(job.metadata, true, subdomainProblems, out);
      validateSpec(job.spec, out);
    },
    update: validateUpdate,
    status: (next, _old, out) => validateStatus(next, out),
  },
  selectableFields: { 'status.successful': (j) => String(j.status.succeeded ?? 0) },
  columns: [
    NAME,
    column('Status'),
    column('Completions'),
    { ...column('Duration'), clock: true },
    AGE,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row: (job, { now }) => [
    job.metadata.name,
    statusText(job),
    completionText(job),
    durationText(job, now),
    ageOf(created(job), now),
    ...containerTexts(job.spec.template),
    selectorText(job.spec.selector),
  ],
  workload: {
    template: (job) => job.spec.template as PodTemplateSpec,
    selector: (job) => job.spec.selector,
    wanted: (job) => job.spec.parallelism ?? 1,
    ready: (job) => job.status.ready ?? 0,
    available: (job) => job.status.ready ?? 0,
    updated: (job) => job.status.active ?? 0,
    // It writes down no generation.
    seen: (job) => job.spec.suspend === true || job.status.startTime !== undefined,
    filled: (job) =>
      job.spec.suspend === true ||
      isFinished(job) ||
      (job.status.active ?? 0) + (job.status.succeeded ?? 0) >= (job.spec.parallelism ?? 1),
  },
});
