/** Jobs that are over, and the time they have left. */
import { ApiError } from '../../sim/api/errors.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import { ttlAfterFinishedController } from '../../sim/controlplane/ttlafterfinished/ttlafterfinished.ts';
import { harness } from '../../sim/harness/harness.ts';
import type { CaseArea } from './area.ts';

type End = 'Complete' | 'Failed';
const CONTROLLER = 'ttl-after-finished-controller';
const jobOf = (end: End | undefined, endedSecondsAgo: number, ttl: number | undefined): object => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'foobar', namespace: 'default', uid: 'foobar' },
  spec: {
    selector: { matchLabels: { foo: 'bar' } }, template: { metadata: { labels: { foo: 'bar' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'foo/bar' }] } },
    ...(ttl === undefined ? {} : { ttlSecondsAfterFinished: ttl }),
  },
  status: end === undefined ? {} : { startTime: rfc3339(-60_000), ...(end === 'Complete' ? { completionTime: rfc3339(0) } : {}), conditions: [{ type: end, status: 'True', lastTransitionTime: rfc3339(-endedSecondsAgo * 1000) }] },
});

/** Seconds until it is deleted; `kept`, where that is never. */
function left(end: End | undefined, endedSecondsAgo: number, ttl: number | undefined): number | 'kept' {
  const h = harness([ttlAfterFinishedController]);
  h.put(jobOf(end, endedSecondsAgo, ttl));
  h.pass(600_000);
  return (h.writes.find((w) => w.verb === 'delete')?.at ?? Number.NaN) / 1000 || (h.writes.length > 0 ? 0 : 'kept');
}
/** What becomes of a Job of ten seconds when the server's differs from what the cache knows. */
function whenStale(change: (h: ReturnType<typeof harness>) => void): number {
  const h = harness([ttlAfterFinishedController]);
  h.put(jobOf('Complete', 11, 10));
  h.deliver();
  h.held = true;
  change(h);
  h.syncOnce(CONTROLLER, 'default/foobar');
  return h.writes.length;
}

const LEFT: readonly (readonly [name: string, end: End | undefined, endedSecondsAgo: number, ttl: number | undefined, expected: number | 'kept'])[] = [
  ['one that is not over', undefined, 0, 100, 'kept'],
  ['one that is complete, without a time', 'Complete', 0, undefined, 'kept'],
  ['one that is complete, with no time', 'Complete', 0, 0, 0],
  ['one that is complete, with ten seconds', 'Complete', 0, 10, 10],
  ['one that is complete for ten seconds, with fifteen', 'Complete', 10, 15, 5],
  ['one that has failed, without a time', 'Failed', 0, undefined, 'kept'],
  ['one that has failed, with no time', 'Failed', 0, 0, 0],
  ['one that has failed, with ten seconds', 'Failed', 0, 10, 10],
  ['one that has failed ten seconds ago, with fifteen', 'Failed', 10, 15, 5],
  ['one whose time is over', 'Complete', 30, 10, 0],
];

type Harness = ReturnType<typeof harness>;
const condition = (type: string, endedSecondsAgo = 0, holds: 'True' | 'False' = 'True'): object => ({ type, status: holds, lastTransitionTime: rfc3339(-endedSecondsAgo * 1000) });
/** A Job of ten seconds that has these conditions. */
const withConditions = (...conditions: object[]): object => ({ ...jobOf(undefined, 0, 10), status: { startTime: rfc3339(-60_000), conditions } });
const withSpec = (job: object, spec: object): object => ({ ...job, spec: { ...(job as { spec: object }).spec, ...spec } });
const named = (job: object, name: string, more: object = {}): object => ({ ...job, metadata: { name, namespace: 'default', uid: name, ...more } });

/** When Jobs are deleted, in seconds: `name@30`. */
function deletions(act: (h: Harness) => void, lagMs = 0): string[] {
  const h = harness([ttlAfterFinishedController], { lagMs });
  act(h);
  h.pass(600_000);
  return h.writes.filter((w) => w.verb === 'delete').map(({ name, at }) => `${name}@${at / 1000}`);
}
const ending = (end: End, ttl: number, more: object = {}): object => withSpec(jobOf(end, 0, ttl), more);
/** The Job as it is, with another time to live. */
const given = (h: Harness, ttlSecondsAfterFinished: number | undefined): void =>
  void h.put(withSpec(h.api.get('Job', 'default', 'foobar'), { ttlSecondsAfterFinished }));
const ended = (h: Harness): void =>
  void h.put({ ...h.api.get('Job', 'default', 'foobar'), status: { startTime: rfc3339(0), conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: rfc3339(h.now) }] } });
const gone = (error: ApiError) => (h: Harness): void => {
  h.put(jobOf('Complete', 11, 10));
  h.failNext(error);
};

const OVER_TIME: readonly (readonly [name: string, act: (h: Harness) => void, expected: readonly string[], lagMs?: number])[] = [
  ['one that will succeed is not over', (h) => h.put(withConditions(condition('SuccessCriteriaMet'))), []],
  ['one that will fail is not over', (h) => h.put(withConditions(condition('FailureTarget'))), []],
  ['one that is suspended is not over', (h) => h.put(withConditions(condition('Suspended'))), []],
  ['a condition that does not hold', (h) => h.put(withConditions(condition('Complete', 0, 'False'))), []],
  ['one of several conditions', (h) => h.put(withConditions(condition('Suspended', 50, 'False'), condition('SuccessCriteriaMet', 9), condition('Complete', 4))), ['foobar@6']],
  ['one that failed, after what it failed by', (h) => h.put(withConditions(condition('FailureTarget', 9), condition('Failed', 3))), ['foobar@7']],
  ['one that ended by a clock that is ahead', (h) => h.put(withConditions(condition('Complete', -20))), ['foobar@30']],
  ['a week is not over', (h) => h.put(ending('Complete', 7 * 24 * 3600)), []],
  ['a time to live that was over long ago', (h) => h.put(jobOf('Failed', 7 * 24 * 3600, 60)), ['foobar@0']],
  ['one that is deleted already', (h) => h.put(named(jobOf('Complete', 0, 10), 'foobar', { deletionTimestamp: rfc3339(0), finalizers: ['foregroundDeletion'] })), []],
  ['one that somebody else manages', (h) => h.put(ending('Complete', 10, { managedBy: 'example.com/other' })), ['foobar@10']],
  ['one that owners have', (h) => h.put(named(jobOf('Complete', 0, 10), 'foobar', { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'c', uid: 'c', controller: true }] })), ['foobar@10']],
  ['one that ends later', (h) => { h.put(jobOf(undefined, 0, 10)); h.pass(100_000); ended(h); }, ['foobar@110']],
  ['a time given after the end', (h) => { h.put(jobOf('Complete', 0, undefined)); h.pass(30_000); given(h, 60); }, ['foobar@60']],
  ['a time given after the end, and over already', (h) => { h.put(jobOf('Complete', 0, undefined)); h.pass(30_000); given(h, 20); }, ['foobar@30']],
  ['a time taken back', (h) => { h.put(ending('Complete', 60)); h.pass(30_000); given(h, undefined); }, []],
  ['more time', (h) => { h.put(ending('Complete', 60)); h.pass(30_000); given(h, 120); }, ['foobar@120']],
  ['less time', (h) => { h.put(ending('Complete', 120)); h.pass(30_000); given(h, 60); }, ['foobar@60']],
  ['less time than has gone by', (h) => { h.put(ending('Complete', 120)); h.pass(30_000); given(h, 10); }, ['foobar@30']],
  ['a change of something else', (h) => { h.put(ending('Complete', 60)); h.pass(30_000); h.put({ ...h.api.get('Job', 'default', 'foobar'), metadata: { name: 'foobar', namespace: 'default', labels: { a: 'b' } } }); }, ['foobar@60']],
  ['a new life of the controller', (h) => { h.put(ending('Complete', 60)); h.pass(30_000); h.restart(); }, ['foobar@60']],
  ['a new life after the time', (h) => { h.put(ending('Complete', 60)); h.held = true; h.pass(90_000); h.held = false; h.restart(); }, ['foobar@90']],
  ['each at its time', (h) => { for (const [name, ttl] of [['c', 30], ['a', 10], ['b', 20]] as const) h.put(named(ending('Complete', ttl), name)); }, ['a@10', 'b@20', 'c@30']],
  ['one of two that is over', (h) => { h.put(named(ending('Complete', 10), 'a')); h.put(named(jobOf(undefined, 0, 10), 'b')); }, ['a@10']],
  ['one of its name in another namespace', (h) => { h.put(ending('Complete', 10)); h.put({ ...jobOf(undefined, 0, 10), metadata: { name: 'foobar', namespace: 'kube-system', uid: 'other' } }); }, ['foobar@10']],
  ['seen late', (h) => h.put(ending('Complete', 10)), ['foobar@10'], 4000],
  ['seen later than its time', (h) => h.put(ending('Complete', 10)), ['foobar@20'], 20_000],
  ['one that another deletes', (h) => { h.put(ending('Complete', 10)); h.pass(5000); h.api.delete('Job', 'default', 'foobar'); }, []],
  ['a refusal, and once more', gone(new ApiError('ServiceUnavailable', 'no')), ['foobar@0.005']],
  ['a conflict, and once more', gone(new ApiError('Conflict', 'no')), ['foobar@0.005']],
];

export const ttlAfterFinishedCases: CaseArea = {
  area: 'jobs: time to live',
  source: 'pkg/controller/ttlafterfinished/ttlafterfinished_controller_test.go, test/integration/ttlcontroller',
  cases: [
    ...LEFT.map(([name, end, ago, ttl, expected]) => ({ name, run: () => left(end, ago, ttl), expected })),
    ...OVER_TIME.map(([name, act, expected, lagMs]) => ({ name, run: () => deletions(act, lagMs), expected })),
    { name: 'one that was given more time meanwhile is kept', run: () => whenStale((h) => h.put(jobOf('Complete', 11, 100))), expected: 0 },
    { name: 'one that was made anew under its name is kept', run: () => whenStale((h) => h.put({ ...jobOf(undefined, 0, 10), metadata: { name: 'foobar', namespace: 'default', uid: 'another' } })), expected: 0 },
    { name: 'one that is gone is no error', run: () => whenStale((h) => h.api.delete('Job', 'default', 'foobar')), expected: 0 },
    { name: 'one is deleted', run: () => whenStale(() => {}), expected: 1 },
    {
      name: 'its Pods go first', expected: ['foregroundDeletion'],
      run: () => {
        const h = harness([ttlAfterFinishedController]);
        h.put(jobOf('Complete', 11, 10));
        h.run();
        return h.api.find('Job', 'default', 'foobar')?.metadata.finalizers;
      },
    },
  ],
};
