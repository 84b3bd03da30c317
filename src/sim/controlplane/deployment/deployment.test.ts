import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import type { Deployment, Pod } from '../../api/types.ts';
import { replicaSetController } from '../replicaset/replicaset.ts';
import { isPodActive, isPodReady } from '../podutil.ts';
import { harness, type Harness } from '../../harness/harness.ts';
import { template, workload } from '../../harness/objects.ts';
import { converge, edit, playNodes } from '../../harness/play.ts';
import { maxSurge, maxUnavailable } from './bounds.ts';
import { deploymentController } from './deployment.ts';

const NODES = ['n1', 'n2', 'n3'];
const image = (n: number) => template({ app: 'web' }, `nginx:1.${n}`);
const start = (spec: Record<string, unknown> = {}): Harness => {
  const h = harness([deploymentController, replicaSetController]);
  h.api.create(workload('Deployment', 'web', { progressDeadlineSeconds: 600, template: image(15), ...spec }));
  return h;
};
const settled = (spec: Record<string, unknown> = {}): Harness => {
  const h = start(spec);
  converge(h, NODES);
  h.events.length = 0;
  return h;
};
const deployment = (h: Harness): Deployment => h.list('Deployment')[0]!;
const conditionsOf = (h: Harness): string[] =>
  (deployment(h).status.conditions ?? []).map((c) => `${c.type}=${c.status}:${c.reason}`);
/** Scalings with the ReplicaSets' hashes replaced by their order of appearance. */
function scalings(h: Harness): string[] {
  const known = h
    .list('ReplicaSet')
    .sort(
      (x, y) =>
        Number(x.metadata.annotations!['deployment.kubernetes.io/revision']) -
        Number(y.metadata.annotations!['deployment.kubernetes.io/revision']),
    )
    .map((rs) => rs.metadata.name);
  return h.events
    .filter((e) => e.reason === 'ScalingReplicaSet')
    .map((e) => e.message.replace(/web-\w+/, (name) => `#${known.indexOf(name) + 1}`));
}

describe('Deployment controller', () => {
  it('rolls 3 replicas over with the default strategy as a real control plane was recorded to', () => {
    const h = settled();
    edit(h, 'Deployment', 'web', { template: image(16) });
    converge(h, NODES);
    expect(scalings(h)).toEqual([
      'Scaled up replica set #2 from 0 to 1',
      'Scaled down replica set #1 from 3 to 2',
      'Scaled up replica set #2 from 1 to 2',
      'Scaled down replica set #1 from 2 to 1',
      'Scaled up replica set #2 from 2 to 3',
      'Scaled down replica set #1 from 1 to 0',
    ]);
    expect(conditionsOf(h)).toEqual([
      'Available=True:MinimumReplicasAvailable',
      'Progressing=True:NewReplicaSetAvailable',
    ]);
    expect(deployment(h).metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '2' });
  });

  it('Recreate lets every old pod go before the first new one comes', () => {
    const h = settled({ strategy: { type: 'Recreate' } });
    edit(h, 'Deployment', 'web', { template: image(16) });
    h.pass(5_000);
    expect(scalings(h)).toEqual(['Scaled down replica set #1 from 3 to 0']);
    expect(h.list('Pod').every((p) => p.metadata.deletionTimestamp !== undefined)).toBe(true);
    converge(h, NODES);
    expect(scalings(h)).toEqual([
      'Scaled down replica set #1 from 3 to 0',
      'Scaled up replica set #2 from 0 to 3',
    ]);
  });

  it('rolls back to a template that was by scaling its ReplicaSet, under a new revision', () => {
    const h = settled();
    edit(h, 'Deployment', 'web', { template: image(16) });
    converge(h, NODES);
    edit(h, 'Deployment', 'web', { template: image(15) });
    converge(h, NODES);
    const sets = h
      .list('ReplicaSet')
      .map((rs) => [
        rs.spec.replicas,
        rs.metadata.annotations!['deployment.kubernetes.io/revision'],
        rs.metadata.annotations!['deployment.kubernetes.io/revision-history'],
      ]);
    expect(sets.sort()).toEqual([
      [0, '2', undefined],
      [3, '3', '1'],
    ]);
  });

  it('turns over to a third template in the midst of a rollout', () => {
    const h = settled();
    edit(h, 'Deployment', 'web', { template: image(16) });
    h.pass(1000);
    edit(h, 'Deployment', 'web', { template: image(17) });
    converge(h, NODES);
    expect(h.list('Pod').map((p) => p.spec.containers[0]!.image)).toEqual(Array(3).fill('nginx:1.17'));
    expect(h.list('ReplicaSet')).toHaveLength(3);
  });

  it('keeps revisionHistoryLimit old ReplicaSets', () => {
    const h = settled({ replicas: 1, revisionHistoryLimit: 2 });
    for (const n of [16, 17, 18, 19]) {
      edit(h, 'Deployment', 'web', { template: image(n) });
      converge(h, NODES);
    }
    expect(
      h
        .list('ReplicaSet')
        .map((rs) => rs.metadata.annotations!['deployment.kubernetes.io/revision'])
        .sort(),
    ).toEqual(['3', '4', '5']);
  });

  it('makes no step while paused, but scales', () => {
    const h = settled();
    edit(h, 'Deployment', 'web', { paused: true });
    h.run();
    expect(conditionsOf(h)).toContain('Progressing=Unknown:DeploymentPaused');
    edit(h, 'Deployment', 'web', { template: image(16) });
    edit(h, 'Deployment', 'web', { replicas: 5 });
    converge(h, NODES);
    expect(scalings(h)).toEqual(['Scaled up replica set #1 from 3 to 5']);
    edit(h, 'Deployment', 'web', { paused: false });
    h.run();
    converge(h, NODES);
    expect(h.list('Pod').every((p) => p.spec.containers[0]!.image === 'nginx:1.16')).toBe(true);
    expect(conditionsOf(h)).toContain('Progressing=True:NewReplicaSetAvailable');
  });

  it('gives a rollout up at its deadline, and takes it up again when it moves', () => {
    const h = settled({ progressDeadlineSeconds: 20 });
    let fits = false;
    edit(h, 'Deployment', 'web', { template: image(16) });
    const willRun = (p: Pod): boolean => fits || p.spec.containers[0]!.image !== 'nginx:1.16';
    for (let i = 0; i < 5; i++) {
      h.pass(1000);
      playNodes(h, NODES, willRun);
    }
    expect(conditionsOf(h)).toContain('Progressing=True:ReplicaSetUpdated');
    h.pass(20_000);
    expect(conditionsOf(h)).toContain('Progressing=False:ProgressDeadlineExceeded');
    expect(conditionsOf(h)).toContain('Available=True:MinimumReplicasAvailable');
    fits = true;
    converge(h, NODES, willRun);
    expect(conditionsOf(h)).toContain('Progressing=True:NewReplicaSetAvailable');
  });

  it('counts a taken name as a hash collision and finds another', () => {
    const h = start();
    h.deliver();
    h.held = true;
    h.syncOnce('deployment-controller', 'default/web');
    const name = h.list('ReplicaSet')[0]!.metadata.name;
    const rs = h.list('ReplicaSet')[0]!;
    h.api.delete('ReplicaSet', 'default', name);
    const { ownerReferences: _, uid: _u, resourceVersion: _r, creationTimestamp: _c, ...meta } = rs.metadata;
    const other = { ...rs.spec.template, spec: image(99).spec };
    h.api.create({
      ...rs,
      metadata: { ...meta, labels: { other: 'x' } },
      spec: { ...rs.spec, replicas: 0, template: other },
    } as never);
    h.held = false;
    converge(h, NODES);
    expect(deployment(h).status.collisionCount).toBe(1);
    expect(deployment(h).status.availableReplicas).toBe(3);
  });

  it('reports a ReplicaSet that cannot be created, and goes on when it can', () => {
    const h = start();
    h.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'ReplicaSet') throw new ApiError('Forbidden', 'no');
    };
    h.run();
    expect(conditionsOf(h)).toContain('Progressing=False:ReplicaSetCreateError');
    expect(h.events[0]).toMatchObject({ type: 'Warning', reason: 'ReplicaSetCreateError' });
    h.refuse = () => {};
    converge(h, NODES);
    expect(conditionsOf(h)).toContain('Progressing=True:NewReplicaSetAvailable');
  });

  it('passes on that pods cannot be created', () => {
    const h = start();
    h.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'Pod') throw new ApiError('Forbidden', 'exceeded quota');
    };
    h.pass(1000);
    expect(conditionsOf(h)).toContain('ReplicaFailure=True:FailedCreate');
  });

  it('adopts a ReplicaSet that a deleted Deployment left behind', () => {
    const h = settled();
    const rs = h.list('ReplicaSet')[0]!;
    h.api.delete('Deployment', 'default', 'web');
    h.api.update({
      ...rs,
      metadata: { ...h.api.get('ReplicaSet', 'default', rs.metadata.name).metadata, ownerReferences: [] },
    });
    h.run();
    h.api.create(workload('Deployment', 'web', { template: image(15) }));
    converge(h, NODES);
    expect(h.list('ReplicaSet').map((r) => [r.metadata.name, r.metadata.ownerReferences?.[0]?.name])).toEqual(
      [[rs.metadata.name, 'web']],
    );
    expect(h.list('Pod')).toHaveLength(3);
  });

  it('waits for minReadySeconds between the steps', () => {
    const h = settled({ minReadySeconds: 6 });
    edit(h, 'Deployment', 'web', { template: image(16) });
    h.pass(1000);
    playNodes(h, NODES);
    playNodes(h, NODES);
    h.pass(5_000);
    expect(scalings(h)).toHaveLength(1);
    h.pass(2_000);
    expect(scalings(h).length).toBeGreaterThan(1);
  });

  it('writes nothing more once it has settled, not even after a restart', () => {
    const h = settled();
    h.writes.length = 0;
    h.restart();
    h.pass(3_600_000);
    expect(h.writes).toEqual([]);
  });
});

const amount = fc.oneof(
  fc.nat(4),
  fc.nat(100).map((n) => `${n}%`),
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('image' as const), to: fc.integer({ min: 15, max: 18 }) }),
  fc.record({ kind: fc.constant('wait' as const), to: fc.integer({ min: 1, max: 4 }) }),
);

describe('a rolling update without faults', () => {
  it(
    'never has fewer available than allowed nor more pods than surge allows, whatever the cache is late ' +
      'for, and completes',
    () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 8 }),
          amount,
          amount,
          fc.array(change, { minLength: 1, maxLength: 4 }),
          fc.infiniteStream(fc.nat(3)),
          (replicas, surge, unavailable, changes, lag) => {
            const zero = (v: number | string): boolean => v === 0 || v === '0%';
            const h = settled({
              replicas,
              strategy: {
                type: 'RollingUpdate',
                rollingUpdate: {
                  maxSurge: surge,
                  maxUnavailable: zero(surge) && zero(unavailable) ? 1 : unavailable,
                },
              },
            });
            const least = replicas - maxUnavailable(deployment(h));
            const most = replicas + maxSurge(deployment(h));
            h.afterWrite = () => {
              // What the Deployment controller decides are sizes; a ReplicaSet scaled up may be quicker than
              // the one scaled down.
              expect(
                h.list('ReplicaSet').reduce((sum, rs) => sum + rs.spec.replicas!, 0),
              ).toBeLessThanOrEqual(most);
              expect(
                h.list('Pod').filter((p) => isPodActive(p) && isPodReady(p)).length,
              ).toBeGreaterThanOrEqual(least);
            };
            const step = (): void => {
              h.held = lag.next().value === 0;
              h.pass(200);
              playNodes(h, NODES, () => lag.next().value !== 0);
            };
            for (const c of changes) {
              if (c.kind === 'image') edit(h, 'Deployment', 'web', { template: image(c.to) });
              else for (let i = 0; i < c.to; i++) step();
            }
            h.held = false;
            converge(h, NODES);
            expect(deployment(h).status).toMatchObject({
              replicas,
              updatedReplicas: replicas,
              availableReplicas: replicas,
            });
            expect(h.list('Pod')).toHaveLength(replicas);
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it('a change of size in its midst still ends with that size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(12), fc.nat(5), (from, to, steps) => {
        const h = settled({ replicas: from });
        edit(h, 'Deployment', 'web', { template: image(16) });
        for (let i = 0; i < steps; i++) {
          h.pass(500);
          playNodes(h, NODES);
        }
        edit(h, 'Deployment', 'web', { replicas: to });
        converge(h, NODES);
        expect(h.list('Pod').map((p) => p.spec.containers[0]!.image)).toEqual(Array(to).fill('nginx:1.16'));
        expect(
          h
            .list('ReplicaSet')
            .map((rs) => rs.spec.replicas)
            .sort(),
        ).toEqual([0, to].sort());
      }),
      { numRuns: 60 },
    );
  });
});
