import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledValue } from './api/intorstring.ts';
import type { Pod } from './api/types.ts';
import { Cluster } from './cluster.ts';
import { changeImage, deployment, isReady, podsOf, rolledOut, untilReady } from './testing.ts';

const bound = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 100 }).map((p) => `${p}%`),
);
const zero = (v: number | string): boolean => v === 0 || v === '0%';

const rollout = fc
  .record({
    seed: fc.nat(1_000_000),
    replicas: fc.integer({ min: 1, max: 8 }),
    maxSurge: bound,
    maxUnavailable: bound,
    images: fc.array(fc.tuple(fc.integer({ min: 16, max: 20 }), fc.nat(20_000)), {
      minLength: 1,
      maxLength: 3,
    }),
    minReadySeconds: fc.constantFrom(0, 0, 5),
  })
  .filter((r) => !(zero(r.maxSurge) && zero(r.maxUnavailable)))
  // A rollover within minReadySeconds may lose an available pod in Kubernetes itself: the Deployment has its
  // unavailable pods cleaned up by number, and the ReplicaSet, ranking pods of crowded nodes first, may pick
  // an available one in place of one that has just become ready.
  .map((r) => (r.minReadySeconds === 0 ? r : { ...r, images: r.images.slice(0, 1) }));

const booted = Cluster.create({ seed: 1, nodes: 3 });

describe('a rollout without faults', () => {
  it('never has fewer pods available than allowed, nor more pods than surge allows', () => {
    fc.assert(
      fc.property(rollout, ({ seed, replicas, maxSurge, maxUnavailable, images, minReadySeconds }) => {
        const cluster = booted.fork({ seed });
        cluster
          .client()
          .create(
            deployment('web', {
              replicas,
              minReadySeconds,
              strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
            }),
          );
        untilReady(cluster);
        let surge = scaledValue(maxSurge, replicas, true);
        let unavailable = scaledValue(maxUnavailable, replicas, false);
        // Both rounded to 0 would forbid every step: Kubernetes then lets one pod be unavailable.
        if (surge === 0 && unavailable === 0) unavailable = 1;
        surge += replicas;
        let seen = 0;
        const check = (): void => {
          // Nothing is otherwise before something was written.
          if (cluster.history.length === seen) return;
          seen = cluster.history.length;
          const pods = podsOf(cluster, 'web').filter((p) => p.metadata.deletionTimestamp === undefined);
          // A Deployment counts what its ReplicaSets are to have (GetReplicaCountForReplicaSets): in a
          // rollover it goes on while the Pods of the last one still wait for their controller's rate limit.
          const wanted = cluster
            .client()
            .list('ReplicaSet')
            .reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0);
          expect(images.length === 1 ? pods.length : wanted).toBeLessThanOrEqual(surge);
          expect(pods.filter(isReady).length).toBeGreaterThanOrEqual(replicas - unavailable);
        };
        for (const [minor, ms] of images) {
          changeImage(cluster, 'web', `nginx:1.${minor}`);
          cluster.runUntil(() => {
            check();
            return false;
          }, ms);
        }
        expect(
          cluster.runUntil(() => {
            check();
            return rolledOut(cluster, 'web');
          }, 600_000),
        ).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('with Recreate never runs two versions at once', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 6 }), (seed, replicas) => {
        const cluster = Cluster.create({ seed, nodes: 2 });
        cluster.client().create(deployment('web', { replicas, strategy: { type: 'Recreate' } }));
        untilReady(cluster);
        changeImage(cluster, 'web', 'nginx:1.16');
        const versions = (pods: Pod[]): number =>
          new Set(pods.filter((p) => p.status.phase === 'Running').map((p) => p.spec.containers[0]!.image))
            .size;
        expect(
          cluster.runUntil(() => {
            expect(versions(podsOf(cluster, 'web'))).toBeLessThanOrEqual(1);
            return rolledOut(cluster, 'web');
          }, 600_000),
        ).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});
