/** `cron job "hello" has started 3 jobs`: how many Jobs its schedule made, whatever became of them. */
import { say, type Language } from '../../messages/index.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { Job } from '../../sim/api/types.ts';
import type { EntryId } from '../../sim/kernel/types.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import { entriesAfter, getObject } from '../state.ts';
import { satisfies } from './pods.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, View } from './types.ts';
import type { StartedJobsClaim } from './claim.ts';

/** What only the controller writes: Jobs that are made of a CronJob by hand have it not. */
const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** What one walk has counted. */
interface Tally {
  started: number;
  upTo: EntryId;
}

function isStart(entry: HistoryEntry, namespace: string, name: string): boolean {
  if (entry.type !== 'api' || entry.kind !== 'Job' || entry.namespace !== namespace) return false;
  const after = entry.after as Job | undefined;
  if (entry.before !== undefined || after?.metadata.annotations?.[SCHEDULED_AT] === undefined) return false;
  return after.metadata.ownerReferences?.some((o) => o.kind === 'CronJob' && o.name === name) === true;
}

function count({ memo, span }: View, namespace: string, name: string): number {
  let tally = memo.get('startedJobs') as Tally | undefined;
  if (tally === undefined) memo.set('startedJobs', (tally = { started: 0, upTo: span.from - 1 }));
  for (const entry of entriesAfter(span.history, tally.upTo)) {
    if (entry.id > span.to) break;
    tally.upTo = entry.id;
    if (isStart(entry, namespace, name)) tally.started += 1;
  }
  return tally.started;
}

export const startedJobs: ClaimFamily<StartedJobsClaim> = {
  claim: 'startedJobs',
  phrases: [
    {
      en: '{moment}cron job {string:cronJob} has/had started {count:started} job(s)',
      ja: '{moment}CronJob{cronJob}が{started}のJobを起動している',
      about: 'by its schedule, since the first `When`, or the moment that is named; `within`: from now on',
    },
  ],
  asks: () => 'api',
  cumulative: true,
  concerns: () => ({ kinds: ['Job'], world: false }),
  subjects: (claim, namespace) => [subjectNamed('CronJob', claim.cronJob, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.cronJob, view.namespace);
    const started = count(view, namespace, name);
    const cron = getObject(view.state, 'CronJob', namespace, name);
    return {
      holds: satisfies(started, claim.started),
      found: (language: Language) => say('foundStarted', { started }, language),
      objects: cron === undefined ? [] : [cron],
    };
  },
};
