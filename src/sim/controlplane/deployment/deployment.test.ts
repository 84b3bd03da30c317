import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import type { Deployment, Pod } from '../../api/types.ts';
import { replicaSetController } from '../replicaset/replicaset.ts';
import { isPodActive, isPodReady } from '../podutil.ts';
import { bench, converge, edit, playNodes, template, workload, type Bench } from '../testing.ts';
import { maxSurge, maxUnavailable } from './bounds.ts';
import { deploymentController } from './deployment.ts';

const NODES = ['n1', 'n2', 'n3'];
const image = (n: number) => template({ app: 'web' }, `nginx:1.${n}`);
const start = (spec: Record<string, unknown> = {}): Bench => {
  const b = bench([deploymentController, replicaSetController]);
  b.api.create(workload('Deployment', 'web', { progressDeadlineSeconds: 600, template: image(15), ...spec }));
  return b;
};
const settled = (spec: Record<string, unknown> = {}): Bench => {
  const b = start(spec);
  converge(b, NODES);
  b.events.length = 0;
  return b;
};
const deployment = (b: Bench): Deployment => b.list('Deployment')[0]!;
const conditionsOf = (b: Bench): string[] =>
  (deployment(b).status.conditions ?? []).map((c) => `${c.type}=${c.status}:${c.reason}`);
/** Scalings with the ReplicaSets' hashes replaced by their order of appearance. */
function scalings(b: Bench): string[] {
  const known = b
    .list('ReplicaSet')
    .sort(
      (x, y) =>
        Number(x.metadata.annotations!['deployment.kubernetes.io/revision']) -
        Number(y.metadata.annotations!['deployment.kubernetes.io/revision']),
    )
    .map((rs) => rs.metadata.name);
  return b.events
    .filter((e) => e.reason === 'ScalingReplicaSet')
    .map((e) => e.message.replace(/web-\w+/, (name) => `#${known.indexOf(name) + 1}`));
}

describe('Deployment controller', () => {
  it('rolls 3 replicas over with the default strategy as a real control plane was recorded to', () => {
    const b = settled();
    edit(b, 'Deployment', 'web', { template: image(16) });
    converge(b, NODES);
    expect(scalings(b)).toEqual([
      'Scaled up replica set #2 from 0 to 1',
      'Scaled down replica set #1 from 3 to 2',
      'Scaled up replica set #2 from 1 to 2',
      'Scaled down replica set #1 from 2 to 1',
      'Scaled up replica set #2 from 2 to 3',
      'Scaled down replica set #1 from 1 to 0',
    ]);
    expect(conditionsOf(b)).toEqual([
      'Available=True:MinimumReplicasAvailable',
      'Progressing=True:NewReplicaSetAvailable',
    ]);
    expect(deployment(b).metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '2' });
  });

  it('Recreate lets every old pod go before the first new one comes', () => {
    const b = settled({ strategy: { type: 'Recreate' } });
    edit(b, 'Deployment', 'web', { template: image(16) });
    b.pass(5_000);
    expect(scalings(b)).toEqual(['Scaled down replica set #1 from 3 to 0']);
    expect(b.list('Pod').every((p) => p.metadata.deletionTimestamp !== undefined)).toBe(true);
    converge(b, NODES);
    expect(scalings(b)).toEqual([
      'Scaled down replica set #1 from 3 to 0',
      'Scaled up replica set #2 from 0 to 3',
    ]);
  });

  it('rolls back to a template that was by scaling its ReplicaSet, under a new revision', () => {
    const b = settled();
    edit(b, 'Deployment', 'web', { template: image(16) });
    converge(b, NODES);
    edit(b, 'Deployment', 'web', { template: image(15) });
    converge(b, NODES);
    const sets = b
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
    const b = settled();
    edit(b, 'Deployment', 'web', { template: image(16) });
    b.pass(1000);
    edit(b, 'Deployment', 'web', { template: image(17) });
    converge(b, NODES);
    expect(b.list('Pod').map((p) => p.spec.containers[0]!.image)).toEqual(Array(3).fill('nginx:1.17'));
    expect(b.list('ReplicaSet')).toHaveLength(3);
  });

  it('keeps revisionHistoryLimit old ReplicaSets', () => {
    const b = settled({ replicas: 1, revisionHistoryLimit: 2 });
    for (const n of [16, 17, 18, 19]) {
      edit(b, 'Deployment', 'web', { template: image(n) });
      converge(b, NODES);
    }
    expect(
      b
        .list('ReplicaSet')
        .map((rs) => rs.metadata.annotations!['deployment.kubernetes.io/revision'])
        .sort(),
    ).toEqual(['3', '4', '5']);
  });

  it('makes no step while paused, but scales', () => {
    const b = settled();
    edit(b, 'Deployment', 'web', { paused: true });
    b.run();
    expect(conditionsOf(b)).toContain('Progressing=Unknown:DeploymentPaused');
    edit(b, 'Deployment', 'web', { template: image(16) });
    edit(b, 'Deployment', 'web', { replicas: 5 });
    converge(b, NODES);
    expect(scalings(b)).toEqual(['Scaled up replica set #1 from 3 to 5']);
    edit(b, 'Deployment', 'web', { paused: false });
    b.run();
    converge(b, NODES);
    expect(b.list('Pod').every((p) => p.spec.containers[0]!.image === 'nginx:1.16')).toBe(true);
    expect(conditionsOf(b)).toContain('Progressing=True:NewReplicaSetAvailable');
  });

  it('gives a rollout up at its deadline, and takes it up again when it moves', () => {
    const b = settled({ progressDeadlineSeconds: 20 });
    let fits = false;
    edit(b, 'Deployment', 'web', { template: image(16) });
    const willRun = (p: Pod): boolean => fits || p.spec.containers[0]!.image !== 'nginx:1.16';
    for (let i = 0; i < 5; i++) {
      b.pass(1000);
      playNodes(b, NODES, willRun);
    }
    expect(conditionsOf(b)).toContain('Progressing=True:ReplicaSetUpdated');
    b.pass(20_000);
    expect(conditionsOf(b)).toContain('Progressing=False:ProgressDeadlineExceeded');
    expect(conditionsOf(b)).toContain('Available=True:MinimumReplicasAvailable');
    fits = true;
    converge(b, NODES, willRun);
    expect(conditionsOf(b)).toContain('Progressing=True:NewReplicaSetAvailable');
  });

  it('counts a taken name as a hash collision and finds another', () => {
    const b = start();
    b.deliver();
    b.held = true;
    b.syncOnce('deployment-controller', 'default/web');
    const name = b.list('ReplicaSet')[0]!.metadata.name;
    const rs = b.list('ReplicaSet')[0]!;
    b.api.delete('ReplicaSet', 'default', name);
    const { ownerReferences: _, uid: _u, resourceVersion: _r, creationTimestamp: _c, ...meta } = rs.metadata;
    const other = { ...rs.spec.template, spec: image(99).spec };
    b.api.create({
      ...rs,
      metadata: { ...meta, labels: { other: 'x' } },
      spec: { ...rs.spec, replicas: 0, template: other },
    } as never);
    b.held = false;
    converge(b, NODES);
    expect(deployment(b).status.collisionCount).toBe(1);
    expect(deployment(b).status.availableReplicas).toBe(3);
  });

  it('reports a ReplicaSet that cannot be created, and goes on when it can', () => {
    const b = start();
    b.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'ReplicaSet') throw new ApiError('Forbidden', 'no');
    };
    b.run();
    expect(conditionsOf(b)).toContain('Progressing=False:ReplicaSetCreateError');
    expect(b.events[0]).toMatchObject({ type: 'Warning', reason: 'ReplicaSetCreateError' });
    b.refuse = () => {};
    converge(b, NODES);
    expect(conditionsOf(b)).toContain('Progressing=True:NewReplicaSetAvailable');
  });

  it('passes on that pods cannot be created', () => {
    const b = start();
    b.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'Pod') throw new ApiError('Forbidden', 'exceeded quota');
    };
    b.pass(1000);
    expect(conditionsOf(b)).toContain('ReplicaFailure=True:FailedCreate');
  });

  it('adopts a ReplicaSet that a deleted Deployment left behind', () => {
    const b = settled();
    const rs = b.list('ReplicaSet')[0]!;
    b.api.delete('Deployment', 'default', 'web');
    b.api.update({
      ...rs,
      metadata: { ...b.api.get('ReplicaSet', 'default', rs.metadata.name).metadata, ownerReferences: [] },
    });
    b.run();
    b.api.create(workload('Deployment', 'web', { template: image(15) }));
    converge(b, NODES);
    expect(b.list('ReplicaSet').map((r) => [r.metadata.name, r.metadata.ownerReferences?.[0]?.name])).toEqual(
      [[rs.metadata.name, 'web']],
    );
    expect(b.list('Pod')).toHaveLength(3);
  });

  it('waits for minReadySeconds between the steps', () => {
    const b = settled({ minReadySeconds: 6 });
    edit(b, 'Deployment', 'web', { template: image(16) });
    b.pass(1000);
    playNodes(b, NODES);
    playNodes(b, NODES);
    b.pass(5_000);
    expect(scalings(b)).toHaveLength(1);
    b.pass(2_000);
    expect(scalings(b).length).toBeGreaterThan(1);
  });

  it('writes nothing more once it has settled, not even after a restart', () => {
    const b = settled();
    b.writes.length = 0;
    b.restart();
    b.pass(3_600_000);
    expect(b.writes).toEqual([]);
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
  it('never has fewer available than allowed nor more pods than surge allows, whatever the cache is late for, and completes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        amount,
        amount,
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat(3)),
        (replicas, surge, unavailable, changes, lag) => {
          const zero = (v: number | string): boolean => v === 0 || v === '0%';
          const b = settled({
            replicas,
            strategy: {
              type: 'RollingUpdate',
              rollingUpdate: {
                maxSurge: surge,
                maxUnavailable: zero(surge) && zero(unavailable) ? 1 : unavailable,
              },
            },
          });
          const least = replicas - maxUnavailable(deployment(b));
          const most = replicas + maxSurge(deployment(b));
          b.afterWrite = () => {
            // What the Deployment controller decides are sizes; a ReplicaSet scaled up may be quicker than
            // the one scaled down.
            expect(b.list('ReplicaSet').reduce((sum, rs) => sum + rs.spec.replicas!, 0)).toBeLessThanOrEqual(
              most,
            );
            expect(
              b.list('Pod').filter((p) => isPodActive(p) && isPodReady(p)).length,
            ).toBeGreaterThanOrEqual(least);
          };
          const step = (): void => {
            b.held = lag.next().value === 0;
            b.pass(200);
            playNodes(b, NODES, () => lag.next().value !== 0);
          };
          for (const c of changes) {
            if (c.kind === 'image') edit(b, 'Deployment', 'web', { template: image(c.to) });
            else for (let i = 0; i < c.to; i++) step();
          }
          b.held = false;
          converge(b, NODES);
          expect(deployment(b).status).toMatchObject({
            replicas,
            updatedReplicas: replicas,
            availableReplicas: replicas,
          });
          expect(b.list('Pod')).toHaveLength(replicas);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('a change of size in its midst still ends with that size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(12), fc.nat(5), (from, to, steps) => {
        const b = settled({ replicas: from });
        edit(b, 'Deployment', 'web', { template: image(16) });
        for (let i = 0; i < steps; i++) {
          b.pass(500);
          playNodes(b, NODES);
        }
        edit(b, 'Deployment', 'web', { replicas: to });
        converge(b, NODES);
        expect(b.list('Pod').map((p) => p.spec.containers[0]!.image)).toEqual(Array(to).fill('nginx:1.16'));
        expect(
          b
            .list('ReplicaSet')
            .map((rs) => rs.spec.replicas)
            .sort(),
        ).toEqual([0, to].sort());
      }),
      { numRuns: 60 },
    );
  });
});
