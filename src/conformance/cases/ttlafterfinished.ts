/** Jobs that are over, and the time they have left. */
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

export const ttlAfterFinishedCases: CaseArea = {
  area: 'jobs: time to live',
  source: 'pkg/controller/ttlafterfinished/ttlafterfinished_controller_test.go, test/integration/ttlcontroller',
  cases: [
    ...LEFT.map(([name, end, ago, ttl, expected]) => ({ name, run: () => left(end, ago, ttl), expected })),
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
