/** Jobs and CronJobs. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { selectorText } from '../../sim/api/selector.ts';
import { humanDuration } from '../../sim/api/table/age.ts';
import { parseTime } from '../../sim/api/time.ts';
import type { Job, PodTemplateSpec } from '../../sim/api/types.ts';
import type { Describer } from './describer.ts';
import { describePodTemplate } from './podtemplate.ts';
import { controllerOf, rfc1123, writeAnnotations, writeLabels, type DescribeWriter } from './writer.ts';

const UNSET = '<unset>';
/** From here on a list of indexes is cut. */
const INDEXES_LENGTH = 50;

function indexesText(indexes: string | undefined): string {
  if (!indexes) return '<none>';
  const comma = indexes.indexOf(',', INDEXES_LENGTH);
  return indexes.length <= INDEXES_LENGTH || comma < 0 ? indexes : `${indexes.slice(0, comma)},...`;
}

type Line = readonly [title: string, value: string | number | boolean | null | undefined];

/** The lines that have a value. */
function writeGiven(w: DescribeWriter, lines: readonly Line[]): void {
  for (const [title, value] of lines)
    if (value !== undefined && value !== null) w.write(0, `${title}:\t${value}\n`);
}

const seconds = (count: number | null | undefined): string | undefined =>
  count === undefined || count === null ? undefined : `${count}s`;

function timesOf({ status }: Job): readonly Line[] {
  const { startTime, completionTime } = status as { startTime?: string; completionTime?: string };
  return [
    ['Start Time', startTime === undefined ? undefined : rfc1123(startTime)],
    ['Completed At', completionTime === undefined ? undefined : rfc1123(completionTime)],
    [
      'Duration',
      startTime === undefined || completionTime === undefined
        ? undefined
        : humanDuration(parseTime(completionTime) - parseTime(startTime)),
    ],
  ];
}

export const jobDescriber: Describer<'Job'> = {
  kind: 'Job',
  events: true,
  describe(job, w) {
    const { metadata, spec, status } = job;
    writeGiven(w, [
      ['Name', metadata.name],
      ['Namespace', metadata.namespace],
      ['Selector', selectorText(spec.selector)],
    ]);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    const ready = status.ready === undefined ? '' : ` (${status.ready} Ready)`;
    writeGiven(w, [
      ['Controlled By', controllerOf(metadata.ownerReferences) || undefined],
      ['Parallelism', spec.parallelism],
      ['Completions', spec.completions ?? UNSET],
      ['Completion Mode', spec.completionMode],
      ['Suspend', spec.suspend],
      ['Backoff Limit', spec.backoffLimit],
      ['TTL Seconds After Finished', spec.ttlSecondsAfterFinished],
      ...timesOf(job),
      ['Active Deadline Seconds', seconds(spec.activeDeadlineSeconds)],
      [
        'Pods Statuses',
        `${status.active ?? 0} Active${ready} / ${status.succeeded ?? 0} Succeeded / ` +
          `${status.failed ?? 0} Failed`,
      ],
      [
        'Completed Indexes',
        spec.completionMode === 'Indexed' ? indexesText(status.completedIndexes) : undefined,
      ],
    ]);
    describePodTemplate(spec.template as PodTemplateSpec, w);
  },
};

export const cronJobDescriber: Describer<'CronJob'> = {
  kind: 'CronJob',
  events: true,
  describe({ metadata, spec, status }, w) {
    writeGiven(w, [
      ['Name', metadata.name],
      ['Namespace', metadata.namespace],
    ]);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    const job = spec.jobTemplate.spec as Partial<Job['spec']>;
    writeGiven(w, [
      ['Schedule', spec.schedule],
      ['Concurrency Policy', spec.concurrencyPolicy],
      ['Suspend', spec.suspend === true ? 'True' : 'False'],
      ['Time Zone', spec.timeZone ?? '<unset>'],
      ['Successful Job History Limit', spec.successfulJobsHistoryLimit ?? UNSET],
      ['Failed Job History Limit', spec.failedJobsHistoryLimit ?? UNSET],
      ['Starting Deadline Seconds', seconds(spec.startingDeadlineSeconds) ?? UNSET],
      ['Selector', job.selector === undefined ? UNSET : selectorText(job.selector)],
      ['Parallelism', job.parallelism ?? UNSET],
      ['Completions', job.completions ?? UNSET],
      ['Active Deadline Seconds', seconds(job.activeDeadlineSeconds)],
    ]);
    describePodTemplate(job.template as PodTemplateSpec, w);
    const { lastScheduleTime, active = [] } = status;
    writeGiven(w, [
      ['Last Schedule Time', lastScheduleTime === undefined ? UNSET : rfc1123(lastScheduleTime as string)],
      ['Active Jobs', active.map((ref) => ref.name).join(', ') || '<none>'],
    ]);
  },
};
