/**
 * CronJobs. Models pkg/registry/batch/cronjob, pkg/apis/batch/{v1/defaults.go,validation} and its printer.
 */
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { fill, fillZero, into, isNil } from '../defaults/fill.ts';
import { completeTemplate } from '../defaults/podspec.ts';
import { selectorText } from '../selector.ts';
import { generations } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, clock, column, containerTexts, created, NAME, NONE, wide } from '../table/column.ts';
import type { Job, Modelled } from '../types.ts';
import { invalidValue, nonNegative, oneOf, required, unsupported, type Causes } from '../validation/field.ts';
import { validateJobSpec } from '../validation/job.ts';
import { ruled } from '../validation/rules.ts';
import { scheduleProblem, timeZoneProblem } from '../validation/schedule.ts';
import { selectorValue } from '../validation/selector.ts';
import { defineResource } from './definition.ts';

type CronJob = Modelled<ICronJob>;

const NAME_BYTES = 52;

const defaultSpec = (spec: CronJob['spec']): CronJob['spec'] =>
  fill(
    fillZero(
      into(spec, 'jobTemplate', (job) =>
        into(fill(job, { spec: {} as never }), 'spec', (of) =>
          into(fill(of, { template: {} }), 'template', completeTemplate as never),
        ),
      ),
      { concurrencyPolicy: 'Allow' },
    ),
    { suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
  );

function validateSpec({ spec }: CronJob, out: Causes): void {
  const { schedule, timeZone } = spec;
  const wrong = (problem: string | undefined): void => {
    if (problem !== undefined) out.push(invalidValue('spec.schedule', schedule, problem));
  };
  if (!schedule) out.push(required('spec.schedule'));
  else {
    wrong(scheduleProblem(schedule));
    if (schedule.includes('TZ')) wrong('cannot use TZ or CRON_TZ in schedule, use timeZone field instead');
  }
  nonNegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds', out);
  const problem = isNil(timeZone) ? undefined : timeZoneProblem(timeZone);
  if (problem !== undefined) out.push(invalidValue('spec.timeZone', timeZone, problem));
  oneOf(spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace'], 'spec.concurrencyPolicy', out);
  const job = spec.jobTemplate.spec as Job['spec'];
  validateJobSpec(job, 'spec.jobTemplate.spec', out);
  if (!isNil(job.selector))
    out.push(
      invalidValue(
        'spec.jobTemplate.spec.selector',
        selectorValue(job.selector),
        '`selector` will be auto-generated',
      ),
    );
  if (job.manualSelector === true)
    out.push(unsupported('spec.jobTemplate.spec.manualSelector', true, ['nil', 'false']));
  for (const name of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const)
    nonNegative(spec[name], `spec.${name}`, out);
}

const rules = ruled(validateSpec);

export const cronJobs = defineResource<CronJob>({
  group: 'batch',
  kind: 'CronJob',
  plural: 'cronjobs',
  shortNames: ['cj'],
  categories: ['all'],
  subresources: { status: true },
  generation: true,
  defaults: (cron) => into(cron, 'spec', defaultSpec),
  strategy: generations({}),
  validation: {
    ...rules,
    create(cron, out) {
      rules.create(cron, out);
      if (cron.metadata.name.length > NAME_BYTES)
        out.push(
          invalidValue('metadata.name', cron.metadata.name, `must be no more than ${NAME_BYTES} characters`),
        );
    },
  },
  columns: [
    NAME,
    column('Schedule'),
    column('Timezone'),
    column('Suspend'),
    column('Active', 'integer'),
    clock('Last Schedule'),
    AGE,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row(c, { now }) {
    const { lastScheduleTime, active = [] } = c.status;
    const job = c.spec.jobTemplate.spec;
    return [
      c.metadata.name,
      c.spec.schedule,
      c.spec.timeZone ?? NONE,
      c.spec.suspend === true ? 'True' : 'False',
      active.length,
      isNil(lastScheduleTime) ? NONE : ageOf(lastScheduleTime as string, now),
      ageOf(created(c), now),
      ...containerTexts(job?.template as never),
      selectorText(job?.selector),
    ];
  },
});
