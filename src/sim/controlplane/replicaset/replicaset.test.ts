import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import type { KubeObject, Pod } from '../../api/types.ts';
import { isPodActive, isPodReady, isPodTerminating } from '../podutil.ts';
import { bench, converge, edit, playNodes, setPod, workload, type Bench } from '../testing.ts';
import { replicaSetController } from './replicaset.ts';

const NODES = ['n1', 'n2', 'n3'];
const start = (spec: Record<string, unknown> = {}): Bench => {
  const b = bench([replicaSetController]);
  b.api.create(workload('ReplicaSet', 'web', spec));
  return b;
};
const settled = (spec: Record<string, unknown> = {}): Bench => {
  const b = start(spec);
  converge(b, NODES);
  b.writes.length = 0;
  return b;
};
const created = (b: Bench): number => b.writes.filter((w) => w.startsWith('create Pod')).length;
const status = (b: Bench) => b.list('ReplicaSet')[0]!.status;
const orphan = (name: string, labels: Record<string, string>): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [] },
  }) as unknown as KubeObject;

describe('ReplicaSet controller', () => {
  it('creates what is missing and says so', () => {
    const b = settled();
    expect(status(b)).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
    expect(b.events.map((e) => `${e.reason} ${e.message.replace(/-\w+$/, '')}`)).toEqual(
      Array(3).fill('SuccessfulCreate Created pod: web'),
    );
  });

  it('does not create again what its cache has not seen yet', () => {
    const b = start();
    b.deliver();
    b.held = true;
    for (let i = 0; i < 5; i++) b.syncOnce('replicaset-controller', 'default/web');
    expect(created(b)).toBe(3);
    b.held = false;
    converge(b, NODES);
    expect(created(b)).toBe(3);
  });

  it('does not delete more while its cache still shows what it deleted', () => {
    const b = settled({ replicas: 6 });
    edit(b, 'ReplicaSet', 'web', { replicas: 4 });
    b.deliver();
    b.held = true;
    for (let i = 0; i < 5; i++) b.syncOnce('replicaset-controller', 'default/web');
    b.held = false;
    converge(b, NODES);
    expect(b.list('Pod')).toHaveLength(4);
  });

  it('replaces a pod as soon as it is marked for deletion', () => {
    const b = settled();
    b.api.delete('Pod', 'default', b.list('Pod')[0]!.metadata.name);
    b.run();
    expect(created(b)).toBe(1);
    expect(status(b)).toMatchObject({ replicas: 3, terminatingReplicas: 1 });
  });

  it('replaces failed pods and leaves them to the pod garbage collector', () => {
    const b = settled();
    const pod = b.list('Pod')[0]!;
    b.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, phase: 'Failed' } });
    converge(b, NODES);
    expect(b.list('Pod')).toHaveLength(4);
    expect(status(b).replicas).toBe(3);
  });

  it('starts slowly when creates are refused, reports it, and recovers', () => {
    const b = start({ replicas: 20 });
    let allowed = 5;
    b.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'Pod' && allowed-- <= 0)
        throw new ApiError('Forbidden', 'exceeded quota');
    };
    b.deliver();
    b.syncOnce('replicaset-controller', 'default/web');
    // Batches of 1, 2 and 4: the third meets the quota, the rest is not tried.
    expect(created(b)).toBe(5);
    expect(b.events.filter((e) => e.reason === 'FailedCreate')).toHaveLength(2);
    expect(b.events.find((e) => e.reason === 'FailedCreate')?.message).toBe('Error creating: exceeded quota');
    expect(status(b).conditions).toMatchObject([
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
    ]);
    b.refuse = () => {};
    converge(b, NODES);
    expect(status(b).replicas).toBe(20);
    expect(status(b).conditions).toBeUndefined();
  });

  it('is quiet in a namespace that is going away', () => {
    const b = start();
    b.refuse = (verb) => {
      if (verb === 'create')
        throw new ApiError(
          'Forbidden',
          'pods "x" is forbidden: unable to create new content in namespace default because it is being terminated',
        );
    };
    b.run();
    expect(b.events).toEqual([]);
    expect(b.errors).toEqual([]);
  });

  it('creates at most 500 a sync', () => {
    const b = start({ replicas: 1200 });
    b.deliver();
    b.syncOnce('replicaset-controller', 'default/web');
    expect(created(b)).toBe(500);
    b.run();
    expect(created(b)).toBe(1200);
  });

  it('adopts orphans it selects, releases what it no longer selects', () => {
    const b = bench([replicaSetController]);
    b.api.create(orphan('mine', { app: 'web' }));
    b.api.create(orphan('other', { app: 'db' }));
    b.api.create(workload('ReplicaSet', 'web', { replicas: 2 }));
    b.run();
    expect(b.list('Pod').map((p) => [p.metadata.name, p.metadata.ownerReferences?.[0]?.name])).toEqual([
      ['mine', 'web'],
      ['other', undefined],
      [expect.stringMatching(/^web-/), 'web'],
    ]);
    const mine = b.api.get('Pod', 'default', 'mine');
    b.api.update<Pod>({ ...mine, metadata: { ...mine.metadata, labels: { app: 'gone' } } });
    b.run();
    expect(b.api.get('Pod', 'default', 'mine').metadata.ownerReferences ?? []).toEqual([]);
    expect(b.list('Pod')).toHaveLength(4);
  });

  it('does not adopt when it was deleted behind its cache', () => {
    const b = start({ replicas: 0 });
    b.run();
    b.api.create(orphan('mine', { app: 'web' }));
    b.deliver();
    const rs = b.list('ReplicaSet')[0]!;
    b.api.update({
      ...rs,
      metadata: { ...rs.metadata, deletionTimestamp: '2026-01-05T09:00:00Z', finalizers: ['x/y'] },
    });
    expect(b.syncOnce('replicaset-controller', 'default/web')?.message).toBe(
      'default/web has just been deleted at 2026-01-05T09:00:00Z',
    );
    expect(b.api.get('Pod', 'default', 'mine').metadata.ownerReferences).toBeUndefined();
  });

  it('deletes unready pods first, then from the node that holds most', () => {
    const b = settled({ replicas: 5 });
    const byNode = new Map<string, number>();
    for (const p of b.list('Pod')) byNode.set(p.spec.nodeName!, (byNode.get(p.spec.nodeName!) ?? 0) + 1);
    edit(b, 'ReplicaSet', 'web', { replicas: 3 });
    converge(b, NODES);
    expect(new Set(b.list('Pod').map((p) => p.spec.nodeName)).size).toBe(3);
  });

  it('counts pods as available when minReadySeconds have passed, at that moment', () => {
    const b = start({ minReadySeconds: 10 });
    b.run();
    playNodes(b, NODES);
    playNodes(b, NODES);
    b.pass(9_999);
    expect(status(b)).toMatchObject({ readyReplicas: 3 });
    expect(status(b).availableReplicas).toBeUndefined();
    b.pass(1);
    expect(status(b)).toMatchObject({ availableReplicas: 3 });
  });

  it('writes nothing when nothing changes, not even after a restart', () => {
    const b = settled();
    b.restart();
    b.pass(3_600_000);
    expect(b.writes).toEqual([]);
  });

  it('tries a conflicting status once more on a fresh read', () => {
    const b = start({ replicas: 0 });
    b.deliver();
    b.held = true;
    const rs = b.api.get('ReplicaSet', 'default', 'web');
    b.api.update({ ...rs, metadata: { ...rs.metadata, annotations: { a: 'b' } } });
    expect(b.syncOnce('replicaset-controller', 'default/web')).toBeUndefined();
    expect(status(b).observedGeneration).toBe(1);
  });

  it('reports the pods that are there, whatever became of each of them', () => {
    const change = fc.record({
      what: fc.constantFrom(
        'fail',
        'ready',
        'unready',
        'delete',
        'gone',
        'unlabel',
        'relabel',
        'orphan',
        'stray',
        'scale',
        'template',
        'step',
        'restart',
      ),
      which: fc.nat(9),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(change, { maxLength: 25 }),
        (replicas, changes) => {
          const b = settled({ replicas });
          let strays = 0;
          for (const { what, which } of changes) {
            const pods = b.list('Pod');
            const pod = pods[which % Math.max(1, pods.length)];
            const labels = (l: Record<string, string>): void =>
              void b.api.update<Pod>({ ...pod!, metadata: { ...pod!.metadata, labels: l } });
            if (what === 'stray')
              b.api.create(orphan(`stray-${strays++}`, { app: which % 2 === 0 ? 'web' : 'db' }));
            else if (what === 'scale') edit(b, 'ReplicaSet', 'web', { replicas: which });
            else if (what === 'template')
              edit(b, 'ReplicaSet', 'web', {
                template: {
                  metadata: { labels: { app: 'web', v: String(which) } },
                  spec: { containers: [{ name: 'web', image: 'a' }] },
                },
              });
            else if (what === 'step') playNodes(b, NODES);
            else if (what === 'restart') b.restart();
            else if (pod === undefined) continue;
            else if (what === 'fail') setPod(b, pod, 'Failed', false);
            else if (what === 'ready') setPod(b, pod, 'Running', true);
            else if (what === 'unready') setPod(b, pod, 'Running', false);
            else if (what === 'delete') b.api.delete('Pod', 'default', pod.metadata.name);
            else if (what === 'gone')
              b.api.delete('Pod', 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
            else if (what === 'unlabel') labels({ app: 'other' });
            else if (what === 'relabel') labels({ app: 'web', v: String(which) });
            else if (what === 'orphan')
              b.api.update<Pod>({ ...pod, metadata: { ...pod.metadata, ownerReferences: [] } });
            if (which % 3 !== 0) b.run();
          }
          b.pass(1000);
          const rs = b.list('ReplicaSet')[0]!;
          const mine = b
            .list('Pod')
            .filter(
              (p) =>
                p.metadata.ownerReferences?.[0]?.uid === rs.metadata.uid &&
                p.metadata.labels?.['app'] === 'web',
            );
          const wanted = Object.entries(rs.spec.template!.metadata!.labels!);
          const active = mine.filter(isPodActive);
          const count = (pods: Pod[]): number | undefined => pods.length || undefined;
          expect(active).toHaveLength(rs.spec.replicas!);
          expect(rs.status).toMatchObject({
            replicas: active.length,
            terminatingReplicas: mine.filter(isPodTerminating).length,
          });
          expect(rs.status.readyReplicas).toBe(count(active.filter(isPodReady)));
          expect(rs.status.availableReplicas).toBe(count(active.filter(isPodReady)));
          expect(rs.status.fullyLabeledReplicas).toBe(
            count(active.filter((p) => wanted.every(([k, v]) => p.metadata.labels?.[k] === v))),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
