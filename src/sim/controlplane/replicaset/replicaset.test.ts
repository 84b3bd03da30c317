import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError, NAMESPACE_TERMINATING } from '../../api/errors.ts';
import type { KubeObject, Pod } from '../../api/types.ts';
import { isPodActive, isPodReady, isPodTerminating } from '../podutil.ts';
import { harness, type Harness } from '../../harness/harness.ts';
import { template, workload } from '../../harness/objects.ts';
import { converge, edit, playNodes, setPod } from '../../harness/play.ts';
import { replicaSetController } from './replicaset.ts';

const NODES = ['n1', 'n2', 'n3'];
const start = (spec: Record<string, unknown> = {}): Harness => {
  const h = harness([replicaSetController]);
  h.api.create(workload('ReplicaSet', 'web', spec));
  return h;
};
const settled = (spec: Record<string, unknown> = {}): Harness => {
  const h = start(spec);
  converge(h, NODES);
  h.writes.length = 0;
  return h;
};
const created = (h: Harness): number =>
  h.writes.filter((w) => w.verb === 'create' && w.kind === 'Pod').length;
const status = (h: Harness) => h.list('ReplicaSet')[0]!.status;
const orphan = (name: string, labels: Record<string, string>): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: template(labels).spec,
  }) as unknown as KubeObject;

describe('ReplicaSet controller', () => {
  it('creates what is missing and says so', () => {
    const h = settled();
    expect(status(h)).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
    expect(h.events.map((e) => `${e.reason} ${e.message.replace(/-\w+$/, '')}`)).toEqual(
      Array(3).fill('SuccessfulCreate Created pod: web'),
    );
  });

  it('does not create again what its cache has not seen yet', () => {
    const h = start();
    h.deliver();
    h.held = true;
    for (let i = 0; i < 5; i++) h.syncOnce('replicaset-controller', 'default/web');
    expect(created(h)).toBe(3);
    h.held = false;
    converge(h, NODES);
    expect(created(h)).toBe(3);
  });

  it('does not delete more while its cache still shows what it deleted', () => {
    const h = settled({ replicas: 6 });
    edit(h, 'ReplicaSet', 'web', { replicas: 4 });
    h.deliver();
    h.held = true;
    for (let i = 0; i < 5; i++) h.syncOnce('replicaset-controller', 'default/web');
    h.held = false;
    converge(h, NODES);
    expect(h.list('Pod')).toHaveLength(4);
  });

  it('replaces a pod as soon as it is marked for deletion', () => {
    const h = settled();
    h.api.delete('Pod', 'default', h.list('Pod')[0]!.metadata.name);
    h.run();
    expect(created(h)).toBe(1);
    expect(status(h)).toMatchObject({ replicas: 3, terminatingReplicas: 1 });
  });

  it('replaces failed pods and leaves them to the pod garbage collector', () => {
    const h = settled();
    const pod = h.list('Pod')[0]!;
    h.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, phase: 'Failed' } });
    converge(h, NODES);
    expect(h.list('Pod')).toHaveLength(4);
    expect(status(h).replicas).toBe(3);
  });

  it('starts slowly when creates are refused, reports it, and recovers', () => {
    const h = start({ replicas: 20 });
    let allowed = 5;
    h.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'Pod' && allowed-- <= 0)
        throw new ApiError('Forbidden', 'exceeded quota');
    };
    h.deliver();
    h.syncOnce('replicaset-controller', 'default/web');
    // Batches of 1, 2 and 4: the third meets the quota, the rest is not tried.
    expect(created(h)).toBe(5);
    expect(h.events.filter((e) => e.reason === 'FailedCreate')).toHaveLength(2);
    expect(h.events.find((e) => e.reason === 'FailedCreate')?.message).toBe('Error creating: exceeded quota');
    expect(status(h).conditions).toMatchObject([
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
    ]);
    h.refuse = () => {};
    converge(h, NODES);
    expect(status(h).replicas).toBe(20);
    expect(status(h).conditions).toBeUndefined();
  });

  it('is quiet in a namespace that is going away', () => {
    const h = start();
    h.refuse = (verb) => {
      if (verb === 'create')
        throw new ApiError(
          'Forbidden',
          'pods "x" is forbidden: unable to create new content in namespace default because it is being ' +
            'terminated',
          { causes: [{ field: 'metadata.namespace', reason: NAMESPACE_TERMINATING, message: '' }] },
        );
    };
    h.run();
    expect(h.events).toEqual([]);
    expect(h.errors).toEqual([]);
  });

  it('creates at most 500 a sync', () => {
    const h = start({ replicas: 1200 });
    h.deliver();
    h.syncOnce('replicaset-controller', 'default/web');
    expect(created(h)).toBe(500);
    h.run();
    expect(created(h)).toBe(1200);
  });

  it('adopts orphans it selects, releases what it no longer selects', () => {
    const h = harness([replicaSetController]);
    h.api.create(orphan('mine', { app: 'web' }));
    h.api.create(orphan('other', { app: 'db' }));
    h.api.create(workload('ReplicaSet', 'web', { replicas: 2 }));
    h.run();
    expect(h.list('Pod').map((p) => [p.metadata.name, p.metadata.ownerReferences?.[0]?.name])).toEqual([
      ['mine', 'web'],
      ['other', undefined],
      [expect.stringMatching(/^web-/), 'web'],
    ]);
    const mine = h.api.get('Pod', 'default', 'mine');
    h.api.update<Pod>({ ...mine, metadata: { ...mine.metadata, labels: { app: 'gone' } } });
    h.run();
    expect(h.api.get('Pod', 'default', 'mine').metadata.ownerReferences ?? []).toEqual([]);
    expect(h.list('Pod')).toHaveLength(4);
  });

  it('does not adopt when it was deleted behind its cache', () => {
    const h = harness([replicaSetController]);
    const draft = workload('ReplicaSet', 'web', { replicas: 0 });
    h.api.create({ ...draft, metadata: { ...draft.metadata, finalizers: ['x/y'] } });
    h.run();
    h.api.create(orphan('mine', { app: 'web' }));
    h.deliver();
    h.api.delete('ReplicaSet', 'default', 'web');
    expect(h.syncOnce('replicaset-controller', 'default/web')?.message).toBe(
      'default/web has just been deleted at 2026-01-05T09:00:00Z',
    );
    expect(h.api.get('Pod', 'default', 'mine').metadata.ownerReferences).toBeUndefined();
  });

  it('deletes unready pods first, then from the node that holds most', () => {
    const h = settled({ replicas: 4 });
    edit(h, 'ReplicaSet', 'web', { replicas: 3 });
    converge(h, NODES);
    expect(
      h
        .list('Pod')
        .map((p) => p.spec.nodeName)
        .sort(),
    ).toEqual(NODES);
    const unready = h.list('Pod')[1]!;
    setPod(h, unready, 'Running', false);
    edit(h, 'ReplicaSet', 'web', { replicas: 2 });
    converge(h, NODES);
    const left = h.list('Pod').map((p) => p.metadata.name);
    expect([left.length, left.includes(unready.metadata.name)]).toEqual([2, false]);
  });

  it('counts pods as available when minReadySeconds have passed, at that moment', () => {
    const h = start({ minReadySeconds: 10 });
    h.run();
    playNodes(h, NODES);
    playNodes(h, NODES);
    h.pass(9_999);
    expect(status(h)).toMatchObject({ readyReplicas: 3 });
    expect(status(h).availableReplicas).toBeUndefined();
    h.pass(1);
    expect(status(h)).toMatchObject({ availableReplicas: 3 });
  });

  it('writes nothing when nothing changes, not even after a restart', () => {
    const h = settled();
    h.restart();
    h.pass(3_600_000);
    expect(h.writes).toEqual([]);
  });

  it('tries a conflicting status once more on a fresh read', () => {
    const h = start({ replicas: 0 });
    h.deliver();
    h.held = true;
    const rs = h.api.get('ReplicaSet', 'default', 'web');
    h.api.update({ ...rs, metadata: { ...rs.metadata, annotations: { a: 'b' } } });
    expect(h.syncOnce('replicaset-controller', 'default/web')).toBeUndefined();
    expect(status(h).observedGeneration).toBe(1);
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
          const h = settled({ replicas });
          let strays = 0;
          for (const { what, which } of changes) {
            const pods = h.list('Pod');
            const pod = pods[which % Math.max(1, pods.length)];
            const labels = (l: Record<string, string>): void =>
              void h.api.update<Pod>({ ...pod!, metadata: { ...pod!.metadata, labels: l } });
            if (what === 'stray')
              h.api.create(orphan(`stray-${strays++}`, { app: which % 2 === 0 ? 'web' : 'db' }));
            else if (what === 'scale') edit(h, 'ReplicaSet', 'web', { replicas: which });
            else if (what === 'template')
              edit(h, 'ReplicaSet', 'web', {
                template: {
                  metadata: { labels: { app: 'web', v: String(which) } },
                  spec: { containers: [{ name: 'web', image: 'a' }] },
                },
              });
            else if (what === 'step') playNodes(h, NODES);
            else if (what === 'restart') h.restart();
            else if (pod === undefined) continue;
            else if (what === 'fail') setPod(h, pod, 'Failed', false);
            else if (what === 'ready') setPod(h, pod, 'Running', true);
            else if (what === 'unready') setPod(h, pod, 'Running', false);
            else if (what === 'delete') h.api.delete('Pod', 'default', pod.metadata.name);
            else if (what === 'gone')
              h.api.delete('Pod', 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
            else if (what === 'unlabel') labels({ app: 'other' });
            else if (what === 'relabel') labels({ app: 'web', v: String(which) });
            else if (what === 'orphan')
              h.api.update<Pod>({ ...pod, metadata: { ...pod.metadata, ownerReferences: [] } });
            if (which % 3 !== 0) h.run();
          }
          h.pass(1000);
          const rs = h.list('ReplicaSet')[0]!;
          const mine = h
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
