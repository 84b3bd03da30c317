/** `cron job "hello" has 1 active job`, `… has scheduled a job`: what a CronJob's status says. */
import { say, type Language } from '../../messages/index.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { getObject } from '../state.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { CronJobClaim } from './claim.ts';

export const cronJob: ClaimFamily<CronJobClaim> = {
  claim: 'cronJob',
  phrases: [
    {
      en: '{moment}cron job {string:cronJob} has/had {int:active} active job(s)',
      ja: '{moment}CronJob{cronJob}の実行中のJobが{active}個である',
    },
    {
      en: '{moment}cron job {string:cronJob} has/had scheduled a job',
      ja: '{moment}CronJob{cronJob}がJobを起動している',
      about: 'its last schedule time is there: one was made, whatever became of it',
    },
    {
      en: '{moment}cron job {string:cronJob} is/was last scheduled at {string:last}',
      ja: '{moment}CronJob{cronJob}が最後に起動したのは{last}である',
      about: 'when the last Job was due, by its status: `"2026-01-05T09:03:00Z"`',
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['CronJob'], world: false }),
  subjects: (claim, namespace) => [subjectNamed('CronJob', claim.cronJob, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.cronJob, view.namespace);
    const found = getObject(view.state, 'CronJob', namespace, name);
    if (found === undefined)
      return {
        holds: false,
        found: (language: Language) => say('foundNoSuchIn', { kind: 'CronJob', name, namespace }, language),
        objects: [],
      };
    const active = (found.status.active ?? []).length;
    const last = (found.status.lastScheduleTime as string | undefined) ?? '';
    const holds =
      claim.active !== undefined
        ? active === claim.active
        : claim.last === undefined
          ? last !== ''
          : last === claim.last;
    return {
      holds,
      found: (language: Language) => say('foundCronJob', { active, last }, language),
      objects: [found],
    };
  },
};
