import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../api/client.ts';
import { nextOf, parseSchedule } from '../../api/cron.ts';
import { EPOCH, rfc3339 } from '../../api/time.ts';
import type { CronJob, Job, KubeObject } from '../../api/types.ts';
import { harness, type Harness, type HarnessOptions } from '../../harness/harness.ts';
import { cronJobController } from './cronjob.ts';

const MINUTE = 60_000;

function start(spec: object, options: HarnessOptions = {}): Harness {
  const h = harness([cronJobController], options);
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'c' }] } };
  h.api.create({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'hello', namespace: 'default' },
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template } }, ...spec },
  } as unknown as Draft<KubeObject>);
  h.run();
  return h;
}
const cron = (h: Harness): CronJob => h.api.get('CronJob', 'default', 'hello');
const end = (h: Harness, job: Job, type: 'Complete' | 'Failed'): void => {
  const at = rfc3339(h.now);
  const interim = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  h.api.updateStatus<Job>({
    ...job,
    status: {
      ...job.status,
      startTime: at,
      ...(type === 'Complete' ? { completionTime: at } : {}),
      conditions: [interim, type].map((t) => ({ type: t, status: 'True', lastTransitionTime: at })),
    },
  });
};
const running = (h: Harness): Job[] => h.list('Job').filter((j) => j.status.conditions === undefined);
const reasons = (h: Harness): string[] => h.events.map((e) => e.reason);
const names = (h: Harness): string[] => h.list('Job').map((j) => j.metadata.name);

describe('CronJob controller', () => {
  it('makes a Job at each time, named for it, and writes down that it did', () => {
    const h = start({});
    h.pass(3 * MINUTE + 500);
    expect(names(h)).toEqual(['hello-29460061', 'hello-29460062', 'hello-29460063']);
    expect(cron(h).status.lastScheduleTime).toBe('2026-01-05T09:03:00Z');
    expect(cron(h).status.active?.map((ref) => ref.name)).toEqual(names(h));
    expect(h.list('Job')[0]!.metadata.annotations).toEqual({
      'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-05T09:01:00Z',
    });
  });

  it('keeps as many of those that ended as it is told', () => {
    const h = start({ successfulJobsHistoryLimit: 2, failedJobsHistoryLimit: 0 });
    for (let i = 0; i < 6; i++) {
      h.pass(MINUTE + 500);
      for (const job of running(h)) end(h, job, i === 2 ? 'Failed' : 'Complete');
      h.pass(500);
    }
    expect(names(h)).toEqual(['hello-29460065', 'hello-29460066']);
    expect(cron(h).status.active).toBeUndefined();
    expect(h.events.filter((e) => e.reason === 'SuccessfulDelete')).toHaveLength(4);
  });

  it('starts once for many times missed, and complains of more than a hundred', () => {
    const h = start({});
    h.pass(MINUTE + 500);
    for (const job of running(h)) end(h, job, 'Complete');
    h.pass(500);
    h.api.patch('CronJob', 'default', 'hello', 'merge', { spec: { suspend: true } });
    h.pass(200 * MINUTE);
    h.api.patch('CronJob', 'default', 'hello', 'merge', { spec: { suspend: false } });
    h.run();
    expect(names(h)).toHaveLength(2);
    expect(reasons(h)).toContain('TooManyMissedTimes');
    expect(cron(h).status.lastScheduleTime).toBe('2026-01-05T12:21:00Z');
  });

  it('starts nothing that is later than its deadline', () => {
    const h = start({ schedule: '0 * * * *', startingDeadlineSeconds: 30, suspend: true });
    h.pass(61 * MINUTE);
    h.api.patch('CronJob', 'default', 'hello', 'merge', { spec: { suspend: false } });
    h.pass(10 * MINUTE);
    expect(names(h)).toEqual([]);
    h.pass(50 * MINUTE);
    expect(names(h)).toHaveLength(1);
  });

  it('replaces what still runs, or waits for it, as its policy says', () => {
    const replace = start({ concurrencyPolicy: 'Replace' });
    replace.pass(2 * MINUTE + 500);
    expect(names(replace)).toEqual(['hello-29460062']);
    const forbid = start({ concurrencyPolicy: 'Forbid' });
    forbid.pass(2 * MINUTE + 500);
    expect(names(forbid)).toEqual(['hello-29460061']);
    expect(forbid.events.at(-1)?.reason).toBe('JobAlreadyActive');
    end(forbid, running(forbid)[0]!, 'Complete');
    forbid.pass(500);
    expect(running(forbid).map((j) => j.metadata.name)).toEqual(['hello-29460062']);
  });

  it('never comes on a day that is in no year', () => {
    const h = start({ schedule: '59 23 31 2 *' });
    h.pass(24 * 60 * MINUTE);
    expect(reasons(h)).toEqual(['InvalidSchedule']);
    expect(h.pending()).toEqual([]);
  });

  it('makes one Job for each time, however late it sees what it did', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('* * * * *', '*/7 * * * *', '0 12 * * *', '@every 90s', '15,45 */2 * * 1-5'),
        fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York'),
        fc.constantFrom(0, 700, 5000),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
        (schedule, timeZone, lagMs, passes) => {
          const h = start({ schedule, timeZone }, { lagMs });
          for (const minutes of passes) {
            h.pass(minutes * MINUTE);
            h.restart();
          }
          h.pass(10_000);
          const due: string[] = [];
          const parsed = parseSchedule(schedule);
          const now = (EPOCH + h.now - 9000) / 1000;
          for (let t = nextOf(parsed, EPOCH / 1000, timeZone)!; t <= now; t = nextOf(parsed, t, timeZone)!)
            due.push(`hello-${Math.floor(t / 60)}`);
          const made = h.list('Job').map((j) => j.metadata.name);
          expect(made.slice(0, due.length)).toEqual([...new Set(due)]);
        },
      ),
      { numRuns: 25 },
    );
  });
});
