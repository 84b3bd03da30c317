import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import { harness, type Harness } from '../../harness/harness.ts';
import { template, workload } from '../../harness/objects.ts';
import { converge, edit, playNodes, setPod } from '../../harness/play.ts';
import { ordinalOf } from './identity.ts';
import { statefulSetController } from './statefulset.ts';

const NODES = ['n1', 'n2', 'n3'];
const image = (n: number) => template({ app: 'db' }, `nginx:1.${n}`);
const settled = (spec: Record<string, unknown> = {}): Harness => {
  const h = harness([statefulSetController]);
  h.api.create(workload('StatefulSet', 'db', spec));
  converge(h, NODES);
  h.writes.length = 0;
  return h;
};

describe('StatefulSet controller', () => {
  it('tells of what it does as a real control plane was recorded to', () => {
    const h = settled();
    expect(h.events.map((e) => `${e.reason} ${e.message} (${e.source})`)).toEqual(
      [0, 1, 2].map(
        (i) => `SuccessfulCreate create Pod db-${i} in StatefulSet db successful (statefulset-controller)`,
      ),
    );
    h.events.length = 0;
    edit(h, 'StatefulSet', 'db', { replicas: 2 });
    converge(h, NODES);
    expect(h.events.map((e) => `${e.reason} ${e.message}`)).toEqual([
      'SuccessfulDelete delete Pod db-2 in StatefulSet db successful',
    ]);
  });

  it('tells of a pod that cannot be created, keeps its status, and tries again', () => {
    const h = harness([statefulSetController]);
    h.api.create(workload('StatefulSet', 'db'));
    h.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'Pod') throw new ApiError('Forbidden', 'exceeded quota');
    };
    h.run();
    expect(h.events[0]).toMatchObject({
      type: 'Warning',
      reason: 'FailedCreate',
      message: 'create Pod db-0 in StatefulSet db failed error: exceeded quota',
    });
    expect(h.list('StatefulSet')[0]!.status.observedGeneration).toBe(1);
    h.refuse = () => {};
    converge(h, NODES);
    expect(h.list('Pod')).toHaveLength(3);
  });

  it('makes no second pod of a name that its cache has not seen yet', () => {
    const h = harness([statefulSetController]);
    h.api.create(workload('StatefulSet', 'db'));
    h.deliver();
    h.held = true;
    h.syncOnce('statefulset-controller', 'default/db');
    expect(h.syncOnce('statefulset-controller', 'default/db')?.reason).toBe('AlreadyExists');
    expect(h.events.filter((e) => e.type === 'Warning')).toEqual([]);
    h.held = false;
    converge(h, NODES);
    expect(h.list('Pod')).toHaveLength(3);
  });

  it('writes nothing when nothing changes, not even after a restart', () => {
    const h = settled();
    h.restart();
    h.pass(3_600_000);
    expect(h.writes).toEqual([]);
  });

  it('keeps order and names through any changes, and ends as wanted', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('scale' as const), n: fc.nat(5) }),
      fc.record({ kind: fc.constant('image' as const), n: fc.integer({ min: 15, max: 17 }) }),
      fc.record({ kind: fc.constant('break' as const), n: fc.nat(4) }),
      fc.record({ kind: fc.constant('wait' as const), n: fc.integer({ min: 1, max: 4 }) }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.array(change, { maxLength: 8 }),
        fc.infiniteStream(fc.nat(3)),
        (replicas, parallel, changes, lag) => {
          const h = settled({ replicas, podManagementPolicy: parallel ? 'Parallel' : 'OrderedReady' });
          h.afterWrite = () => {
            const pods = h.list('Pod');
            expect(new Set(pods.map(ordinalOf)).size).toBe(pods.length);
            // Ordered: never two of the living being taken down or brought up at a time by the controller.
            if (!parallel)
              expect(
                pods.filter(
                  (p) => p.metadata.deletionTimestamp === undefined && p.spec.nodeName === undefined,
                ).length,
              ).toBeLessThanOrEqual(1);
          };
          for (const c of changes) {
            if (c.kind === 'scale') edit(h, 'StatefulSet', 'db', { replicas: c.n });
            else if (c.kind === 'image') edit(h, 'StatefulSet', 'db', { template: image(c.n) });
            else if (c.kind === 'break') {
              const pod = h.list('Pod').find((p) => ordinalOf(p) === c.n && p.spec.nodeName !== undefined);
              if (pod !== undefined) setPod(h, pod, 'Failed', false);
            } else {
              for (let i = 0; i < c.n; i++) {
                h.held = lag.next().value === 0;
                h.pass(500);
                playNodes(h, NODES);
              }
            }
          }
          h.held = false;
          converge(h, NODES);
          const set = h.list('StatefulSet')[0]!;
          const wanted = set.spec.replicas!;
          expect(h.list('Pod').map((p) => p.metadata.name)).toEqual(
            Array.from({ length: wanted }, (_, i) => `db-${i}`),
          );
          expect(
            h
              .list('Pod')
              .every((p) => p.spec.containers[0]!.image === set.spec.template.spec!.containers[0]!.image),
          ).toBe(true);
          expect(set.status).toMatchObject({
            replicas: wanted,
            availableReplicas: wanted,
            currentRevision: set.status.updateRevision!,
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});
