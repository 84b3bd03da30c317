/** Jobs. Models pkg/apis/batch, pkg/registry/batch/job and pkg/printers/internalversion/printers.go. */
import { fill, fillZero, into, intoEach, isNil } from '../defaults/fill.ts';
import { defaultTemplate } from '../defaults/podspec.ts';
import { selectorText } from '../selector.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf, humanDuration } from '../table/age.ts';
import { AGE, column, containerTexts, created, NAME, wide } from '../table/column.ts';
import { parseTime } from '../time.ts';
import type { Job, PodTemplateSpec } from '../types.ts';
import { validateJob, validateJobUpdate } from '../validation/job.ts';
import { isFinished, isTrue, validateJobStatus } from '../validation/jobstatus.ts';
import { defineResource } from './definition.ts';

type Spec = Job['spec'];

const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'];
const SELECTED = 'batch.kubernetes.io/controller-uid';

type FailurePolicy = NonNullable<Spec['podFailurePolicy']>;

const defaultFailurePolicy = (policy: FailurePolicy): FailurePolicy =>
  intoEach(policy, 'rules', (rule) =>
    intoEach(rule, 'onPodConditions', (pattern) => fillZero(pattern, { status: 'True' })),
  );

function defaultSpec(spec: Spec): Spec {
  const both = isNil(spec.completions) && isNil(spec.parallelism);
  const templated = into(spec, 'template', defaultTemplate as never);
  return fill(into(templated, 'podFailurePolicy', defaultFailurePolicy as never), {
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
    metadata: { ...job.metadata, uid },
    spec: {
      ...job.spec,
      selector: { ...selector, matchLabels: { [SELECTED]: uid, ...selector?.matchLabels } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

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
  validation: { create: validateJob, update: validateJobUpdate, status: validateJobStatus },
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
      (job.status.active ?? 0) + (job.status.succeeded ?? 0) >=
        Math.min(job.spec.parallelism ?? 1, job.spec.completions ?? Number.POSITIVE_INFINITY),
  },
});
