import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReason } from './api/errors.ts';
import { milliValue } from './api/quantity.ts';
import type { EndpointSlice } from './api/types.ts';
import { Cluster } from './cluster.ts';
import { powerOff, powerOn } from './node/machine.ts';
import { budget, changeImage, deployment, isReady, podsOf, readyOf, service, untilReady } from './testing.ts';

type Trouble = readonly [
  kind: 'delete' | 'off' | 'on' | 'image' | 'cordon' | 'uncordon',
  which: number,
  ms: number,
];
const trouble: fc.Arbitrary<Trouble> = fc.tuple(
  fc.constantFrom('delete', 'delete', 'off', 'on', 'image', 'cordon', 'uncordon'),
  fc.nat(9),
  fc.nat(120_000),
);

const NODES = 4;

function strike(cluster: Cluster, [kind, which]: Trouble): void {
  cluster.operation(`${kind} ${which}`);
  const api = cluster.client();
  // Two nodes stay: where more than 55 % of a small cluster is down, Kubernetes stops evicting
  // (nodelifecycle, partial disruption).
  const node = `node-${2 + (which % 2)}`;
  switch (kind) {
    case 'delete': {
      const pods = podsOf(cluster, 'web');
      const pod = pods[which % Math.max(1, pods.length)];
      if (pod !== undefined) api.delete('Pod', 'default', pod.metadata.name);
      break;
    }
    case 'off':
      return powerOff(cluster, node);
    case 'on':
      return powerOn(cluster, node);
    case 'image':
      return changeImage(cluster, 'web', `nginx:1.${16 + (which % 3)}`);
    default:
      api.patch('Node', '', node, 'merge', { spec: { unschedulable: kind === 'cordon' || null } });
  }
}

/** What must hold at every moment, whatever strikes. */
function invariants(cluster: Cluster): void {
  const pods = cluster.client().list('Pod');
  for (const node of cluster.client().list('Node')) {
    const here = pods.filter(
      (p) =>
        p.spec.nodeName === node.metadata.name &&
        p.status.phase !== 'Succeeded' &&
        p.status.phase !== 'Failed',
    );
    const cpu = here.reduce(
      (sum, p) =>
        sum +
        p.spec.containers.reduce(
          (s, c) => s + milliValue((c.resources?.requests?.['cpu'] as string) ?? 0),
          0,
        ),
      0,
    );
    expect(cpu).toBeLessThanOrEqual(milliValue(node.status.allocatable!['cpu'] as string));
  }
  const ips = pods
    .filter((p) => p.status.podIP && p.status.phase === 'Running' && !p.metadata.deletionTimestamp)
    .map((p) => p.status.podIP);
  expect(new Set(ips).size).toBe(ips.length);
}

describe('whatever strikes', () => {
  it('the replicas wanted come back on the capacity that is left', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 5 }),
        fc.array(trouble, { minLength: 1, maxLength: 8 }),
        (seed, replicas, plan) => {
          const cluster = Cluster.create({ seed, nodes: NODES });
          cluster.client().create(deployment('web', { replicas, cpu: '300m' }));
          untilReady(cluster);
          for (const t of plan) {
            strike(cluster, t);
            const until = cluster.now + t[2];
            while (cluster.now < until) {
              cluster.pass(Math.min(5000, until - cluster.now));
              invariants(cluster);
            }
          }
          // 50 s of grace, 5 s to the taint, 300 s of toleration, one eviction per 10 s, and time to start.
          const converged = (): boolean => {
            const machines = cluster.world.machines;
            const up = readyOf(cluster, 'web').filter((p) => machines.get(p.spec.nodeName!)?.power === 'on');
            return up.length === replicas;
          };
          expect(cluster.runUntil(converged, 900_000)).toBe(true);
          invariants(cluster);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('voluntary disruptions never take a budgeted set below its minimum', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 2, max: 6 }),
        fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom('30%', '50%', '75%')),
        fc.array(fc.tuple(fc.nat(9), fc.nat(15_000)), { minLength: 1, maxLength: 12 }),
        (seed, replicas, minAvailable, evictions) => {
          const cluster = Cluster.create({ seed, nodes: 3 });
          cluster.client().create(deployment('web', { replicas }));
          cluster.client().create(budget('web', { minAvailable }));
          untilReady(cluster);
          cluster.pass(1000);
          const minimum =
            typeof minAvailable === 'number'
              ? minAvailable
              : Math.ceil((Number.parseInt(minAvailable, 10) * replicas) / 100);
          for (const [which, ms] of evictions) {
            const pods = podsOf(cluster, 'web');
            const before = pods.filter(isReady).length;
            try {
              cluster.client().evict('default', pods[which % pods.length]!.metadata.name);
            } catch (error) {
              expect(isReason(error, 'TooManyRequests', 'NotFound')).toBe(true);
            }
            expect(readyOf(cluster, 'web').length).toBeGreaterThanOrEqual(Math.min(before, minimum));
            cluster.pass(ms);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('endpoints hold what selectors and readiness say, once things are quiet', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(trouble, { minLength: 1, maxLength: 5 }), (seed, plan) => {
        const cluster = Cluster.create({ seed, nodes: NODES });
        cluster.client().create(deployment('web', { replicas: 3, readiness: true }));
        cluster.client().create(service('web'));
        untilReady(cluster);
        for (const t of plan) {
          strike(cluster, t);
          cluster.pass(t[2]);
        }
        cluster.runUntil(() => false, 120_000);
        const slices = cluster
          .client()
          .list('EndpointSlice', { labelSelector: 'kubernetes.io/service-name=web' });
        const routed = slices
          .flatMap((s: EndpointSlice) =>
            (s.endpoints ?? []).filter((e) => e.conditions?.ready === true).flatMap((e) => e.addresses),
          )
          .sort();
        expect(routed).toEqual(
          readyOf(cluster, 'web')
            .map((p) => p.status.podIP)
            .sort(),
        );
      }),
      { numRuns: 50 },
    );
  });
});
