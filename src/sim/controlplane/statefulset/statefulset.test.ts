import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import { bench, converge, edit, playNodes, setPod, template, workload, type Bench } from '../testing.ts';
import { ordinalOf } from './identity.ts';
import { statefulSetController } from './statefulset.ts';

const NODES = ['n1', 'n2', 'n3'];
const image = (n: number) => template({ app: 'db' }, `nginx:1.${n}`);
const settled = (spec: Record<string, unknown> = {}): Bench => {
  const b = bench([statefulSetController]);
  b.api.create(workload('StatefulSet', 'db', spec));
  converge(b, NODES);
  b.writes.length = 0;
  return b;
};

describe('StatefulSet controller', () => {
  it('tells of what it does as a real control plane was recorded to', () => {
    const b = settled();
    expect(b.events.map((e) => `${e.reason} ${e.message} (${e.source})`)).toEqual(
      [0, 1, 2].map(
        (i) => `SuccessfulCreate create Pod db-${i} in StatefulSet db successful (statefulset-controller)`,
      ),
    );
    b.events.length = 0;
    edit(b, 'StatefulSet', 'db', { replicas: 2 });
    converge(b, NODES);
    expect(b.events.map((e) => `${e.reason} ${e.message}`)).toEqual([
      'SuccessfulDelete delete Pod db-2 in StatefulSet db successful',
    ]);
  });

  it('tells of a pod that cannot be created, keeps its status, and tries again', () => {
    const b = bench([statefulSetController]);
    b.api.create(workload('StatefulSet', 'db'));
    b.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'Pod') throw new ApiError('Forbidden', 'exceeded quota');
    };
    b.run();
    expect(b.events[0]).toMatchObject({
      type: 'Warning',
      reason: 'FailedCreate',
      message: 'create Pod db-0 in StatefulSet db failed error: exceeded quota',
    });
    expect(b.list('StatefulSet')[0]!.status.observedGeneration).toBe(1);
    b.refuse = () => {};
    converge(b, NODES);
    expect(b.list('Pod')).toHaveLength(3);
  });

  it('makes no second pod of a name that its cache has not seen yet', () => {
    const b = bench([statefulSetController]);
    b.api.create(workload('StatefulSet', 'db'));
    b.deliver();
    b.held = true;
    b.syncOnce('statefulset-controller', 'default/db');
    expect(b.syncOnce('statefulset-controller', 'default/db')?.reason).toBe('AlreadyExists');
    expect(b.events.filter((e) => e.type === 'Warning')).toEqual([]);
    b.held = false;
    converge(b, NODES);
    expect(b.list('Pod')).toHaveLength(3);
  });

  it('writes nothing when nothing changes, not even after a restart', () => {
    const b = settled();
    b.restart();
    b.pass(3_600_000);
    expect(b.writes).toEqual([]);
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
          const b = settled({ replicas, podManagementPolicy: parallel ? 'Parallel' : 'OrderedReady' });
          b.afterWrite = () => {
            const pods = b.list('Pod');
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
            if (c.kind === 'scale') edit(b, 'StatefulSet', 'db', { replicas: c.n });
            else if (c.kind === 'image') edit(b, 'StatefulSet', 'db', { template: image(c.n) });
            else if (c.kind === 'break') {
              const pod = b.list('Pod').find((p) => ordinalOf(p) === c.n && p.spec.nodeName !== undefined);
              if (pod !== undefined) setPod(b, pod, 'Failed', false);
            } else {
              for (let i = 0; i < c.n; i++) {
                b.held = lag.next().value === 0;
                b.pass(500);
                playNodes(b, NODES);
              }
            }
          }
          b.held = false;
          converge(b, NODES);
          const set = b.list('StatefulSet')[0]!;
          const wanted = set.spec.replicas!;
          expect(b.list('Pod').map((p) => p.metadata.name)).toEqual(
            Array.from({ length: wanted }, (_, i) => `db-${i}`),
          );
          expect(
            b
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
