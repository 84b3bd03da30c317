import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import type { Draft } from '../../api/client.ts';
import type { Job, KubeObject, Pod } from '../../api/types.ts';
import { harness, type Harness, type HarnessOptions } from '../../harness/harness.ts';
import { playNodes, setPod } from '../../harness/play.ts';
import { ttlAfterFinishedController } from '../ttlafterfinished/ttlafterfinished.ts';
import { jobController } from './job.ts';
import { isTracked } from './traits.ts';

const draft = (spec: object): Draft<KubeObject> =>
  ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'pi', namespace: 'default' },
    spec: {
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'pi', image: 'pi' }] } },
      ...spec,
    },
  }) as unknown as Draft<KubeObject>;

function start(spec: object, options: HarnessOptions = {}): Harness {
  const h = harness([jobController, ttlAfterFinishedController], options);
  h.api.create(draft(spec));
  h.run();
  return h;
}
const job = (h: Harness): Job => h.api.get('Job', 'default', 'pi');
const live = (h: Harness): Pod[] =>
  h
    .list('Pod')
    .filter((p) => p.metadata.deletionTimestamp === undefined && !/Succeeded|Failed/.test(p.status.phase!));
const end = (h: Harness, pod: Pod, phase: 'Succeeded' | 'Failed'): void => setPod(h, pod, phase, false);
const holds = (h: Harness): string[] =>
  (job(h).status.conditions ?? []).filter((c) => c.status === 'True').map((c) => c.type);

describe('Job controller', () => {
  it('holds its Pods by a finalizer until they are counted, and ends once', () => {
    const h = start({ completions: 2, parallelism: 1 });
    for (let i = 0; i < 2; i++) {
      expect(live(h)).toHaveLength(1);
      expect(isTracked(live(h)[0]!)).toBe(true);
      end(h, live(h)[0]!, 'Succeeded');
      h.pass(2000);
    }
    expect(h.list('Pod').map(isTracked)).toEqual([false, false]);
    expect(holds(h)).toEqual(['SuccessCriteriaMet', 'Complete']);
    expect(job(h).status).toMatchObject({ succeeded: 2, ready: 0, uncountedTerminatedPods: {} });
    h.pass(3_600_000);
    expect(h.events.filter((e) => e.reason === 'Completed')).toHaveLength(1);
  });

  it('waits 10 s after a failure, and twice as long after each further one', () => {
    const h = start({ backoffLimit: 3 });
    const made: number[] = [0];
    for (let i = 0; i < 3; i++) {
      const at = h.now;
      end(h, live(h)[0]!, 'Failed');
      while (live(h).length === 0) h.pass(1000);
      made.push((h.now - at) / 1000);
    }
    expect(made).toEqual([0, 10, 20, 40]);
    end(h, live(h)[0]!, 'Failed');
    h.pass(2000);
    expect(holds(h)).toEqual(['FailureTarget', 'Failed']);
    expect(job(h).status.failed).toBe(4);
  });

  it('deletes a Job that has ended with its time to live, and its Pods are free to go', () => {
    const h = start({ ttlSecondsAfterFinished: 30 });
    end(h, live(h)[0]!, 'Succeeded');
    h.pass(29_000);
    expect(h.api.find('Job', 'default', 'pi')?.metadata.deletionTimestamp).toBeUndefined();
    h.pass(4000);
    // No garbage collector runs here, so that the deletion stays where it begins.
    expect(h.api.find('Job', 'default', 'pi')?.metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(h.list('Pod').some(isTracked)).toBe(false);
  });

  it('stops the Pods of a Job that is suspended without counting them, and begins anew', () => {
    const h = start({ completions: 3, parallelism: 3 });
    h.pass(1000);
    playNodes(h, ['n1']);
    h.api.patch('Job', 'default', 'pi', 'merge', { spec: { suspend: true } });
    h.pass(3000);
    expect(holds(h)).toEqual(['Suspended']);
    playNodes(h, ['n1']);
    h.pass(60_000);
    expect(job(h).status).toMatchObject({ ready: 0, terminating: 0 });
    expect(job(h).status.failed).toBeUndefined();
    h.api.patch('Job', 'default', 'pi', 'merge', { spec: { suspend: false } });
    h.pass(3000);
    expect(holds(h)).toEqual([]);
    expect(h.errors).toEqual([]);
    expect(live(h)).toHaveLength(3);
  });

  it('counts each Pod once, whatever comes late, fails or starts anew', () => {
    const step = fc.record({
      what: fc.constantFrom('succeed', 'fail', 'delete', 'refuse', 'restart', 'hold', 'pass'),
      which: fc.nat(5),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.constantFrom(0, 700, 3000),
        fc.array(step, { maxLength: 25 }),
        (completions, parallelism, indexed, lagMs, steps) => {
          const spec = { completions, parallelism, backoffLimit: 1000 };
          const h = start({ ...spec, completionMode: indexed ? 'Indexed' : 'NonIndexed' }, { lagMs });
          const ended = { Succeeded: 0, Failed: 0 };
          let restarted = false;
          h.afterWrite = () => {
            if (!restarted) expect(live(h).length).toBeLessThanOrEqual(parallelism);
          };
          for (const { what, which } of steps) {
            const pod = live(h)[which];
            if (what === 'hold') h.held = !h.held;
            else if (what === 'refuse') h.failNext(new ApiError('Timeout', 'no'), which);
            else if (what === 'restart') {
              restarted = true;
              h.restart();
            } else if (what === 'pass') h.pass(which * 10_000);
            else if (pod !== undefined && what === 'delete') {
              h.api.delete('Pod', 'default', pod.metadata.name);
              ended.Failed += 1;
            } else if (pod !== undefined) {
              const phase = what === 'succeed' ? 'Succeeded' : 'Failed';
              end(h, pod, phase);
              ended[phase] += 1;
            }
          }
          h.held = false;
          h.refuse = () => {};
          for (let i = 0; i < 60 && !holds(h).includes('Complete'); i++) {
            h.pass(700_000);
            for (const pod of live(h)) {
              end(h, pod, 'Succeeded');
              ended.Succeeded += 1;
            }
            for (const pod of h.list('Pod'))
              if (pod.metadata.deletionTimestamp !== undefined)
                h.api.delete('Pod', 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
          }
          h.pass(700_000);
          const { succeeded, failed = 0, uncountedTerminatedPods } = job(h).status;
          expect(holds(h)).toContain('Complete');
          expect(uncountedTerminatedPods).toEqual({});
          if (indexed) expect(succeeded).toBe(completions);
          else if (!restarted)
            expect({ succeeded, failed }).toEqual({ succeeded: ended.Succeeded, failed: ended.Failed });
          expect(h.list('Pod').some(isTracked)).toBe(false);
          expect(h.events.filter((e) => e.reason === 'Completed')).toHaveLength(1);
        },
      ),
      { numRuns: 150 },
    );
  });
});
