/**
 * The scheduler on a whole cluster: it never over-commits, leaves nothing waiting that fits, and keeps what
 * constraints say.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pod } from './api/types.ts';
import { Cluster } from './cluster.ts';
import { milliValue } from './api/quantity.ts';

const podOf = (name: string, cpu: string, more: object = {}, labels: Record<string, string> = {}): never =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...more },
  }) as never;
const cpuOf = (pod: Pod): number =>
  milliValue(pod.spec.containers[0]!.resources!.requests!['cpu']! as string);
const scheduled = (pod: Pod): string | undefined =>
  pod.status.conditions?.find((c) => c.type === 'PodScheduled')?.message;
const events = (c: Cluster, name: string): string[] =>
  c
    .client()
    .list('Event')
    .filter((e) => e.involvedObject.name === name && e.source.component === 'default-scheduler')
    .sort((a, b) => (a.firstTimestamp < b.firstTimestamp ? -1 : 1))
    .map((e) => `${e.reason}: ${e.message}`);

describe('the scheduler', () => {
  it('never over-commits a node, and leaves no pod waiting that fits', () => {
    const arbitrary = fc.record({
      seed: fc.nat(1_000),
      nodes: fc.array(fc.integer({ min: 2, max: 20 }), { minLength: 1, maxLength: 4 }),
      pods: fc.array(
        fc.record({ cpu: fc.integer({ min: 1, max: 12 }), wait: fc.nat(200), gone: fc.boolean() }),
        { minLength: 1, maxLength: 15 },
      ),
    });
    fc.assert(
      fc.property(arbitrary, ({ seed, nodes, pods }) => {
        const c = Cluster.create({
          seed,
          nodes: nodes.map((n, i) => ({ name: `node-${i + 1}`, cpu: `${n * 100}m` })),
        });
        const api = c.client();
        const check = (): void => {
          const used = new Map<string, number>();
          for (const pod of api.list('Pod'))
            if (pod.spec.nodeName)
              used.set(pod.spec.nodeName, (used.get(pod.spec.nodeName) ?? 0) + cpuOf(pod));
          nodes.forEach((n, i) => expect(used.get(`node-${i + 1}`) ?? 0).toBeLessThanOrEqual(n * 100));
        };
        pods.forEach(({ cpu, wait }, i) => {
          api.create(podOf(`p${i}`, `${cpu * 100}m`));
          c.pass(wait);
          check();
        });
        pods.forEach(({ gone }, i) => {
          if (gone) api.delete('Pod', 'default', `p${i}`, { gracePeriodSeconds: 0 });
          c.pass(50);
          check();
        });
        c.pass(30_000);
        check();
        const free = nodes.map(
          (n, i) =>
            n * 100 -
            api
              .list('Pod')
              .filter((p) => p.spec.nodeName === `node-${i + 1}`)
              .reduce((sum, p) => sum + cpuOf(p), 0),
        );
        const waiting = api
          .list('Pod')
          .filter((p) => !p.spec.nodeName)
          .map(cpuOf);
        expect(waiting.filter((cpu) => cpu <= Math.max(...free))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps a zone constraint’s skew at every binding', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.nat(2), { minLength: 3, maxLength: 6 }),
        (seed, maxSkew, zones) => {
          const c = Cluster.create({
            seed,
            nodes: zones.map((z, i) => ({ name: `node-${i + 1}`, zone: `z${z}` })),
          });
          const api = c.client();
          const topologySpreadConstraints = [
            {
              maxSkew,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'DoNotSchedule',
              labelSelector: { matchLabels: { app: 'a' } },
            },
          ];
          for (let i = 0; i < 12; i += 1)
            api.create(podOf(`p${i}`, '10m', { topologySpreadConstraints }, { app: 'a' }));
          c.runUntil(() => {
            const counts = new Map(zones.map((z) => [z, 0]));
            for (const pod of api.list('Pod')) {
              if (!pod.spec.nodeName) continue;
              const zone = zones[Number(pod.spec.nodeName.slice(5)) - 1]!;
              counts.set(zone, counts.get(zone)! + 1);
            }
            const values = [...counts.values()];
            expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(maxSkew);
            return false;
          }, 5_000);
          expect(api.list('Pod').every((p) => p.spec.nodeName)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('preempts, says so, and gives the room to the pod that was promised it', () => {
    const c = Cluster.create({ seed: 3, nodes: [1, 2, 3].map((i) => ({ name: `node-${i}`, cpu: '1' })) });
    const api = c.client();
    api.create({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'high' },
      value: 1000,
    } as never);
    for (let i = 0; i < 6; i += 1) api.create(podOf(`low-${i}`, '400m'));
    c.pass(20_000);
    api.create(podOf('vip', '600m', { priorityClassName: 'high' }));
    let nominated: string | undefined;
    let reason: string | undefined;
    expect(
      c.runUntil(() => {
        const vip = api.get('Pod', 'default', 'vip');
        nominated ??= vip.status.nominatedNodeName;
        for (const p of api.list('Pod'))
          reason ??= p.status.conditions?.find((x) => x.type === 'DisruptionTarget')?.reason;
        return vip.spec.nodeName !== undefined;
      }, 60_000),
    ).toBe(true);
    const vip = api.get('Pod', 'default', 'vip');
    expect(reason).toBe('PreemptionByScheduler');
    expect(vip.spec.nodeName).toBe(nominated);
    expect(vip.status.nominatedNodeName).toBeUndefined();
    expect(events(c, 'vip').sort()).toEqual([
      'FailedScheduling: 0/3 nodes are available: 3 Insufficient cpu.',
      `Scheduled: Successfully assigned default/vip to ${nominated}`,
    ]);
    const preempted = api.list('Event').filter((e) => e.reason === 'Preempted');
    expect(preempted.map((e) => e.message)).toEqual([
      `Preempted by pod ${vip.metadata.uid} on node ${nominated}`,
    ]);
  });

  it('says why a pod waits, and places it once it can', () => {
    const c = Cluster.create({ seed: 4, nodes: 1 });
    const api = c.client();
    const affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { app: 'a' } }, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    };
    api.create(podOf('first', '10m', { affinity }, { app: 'a' }));
    api.create(podOf('second', '10m', { affinity }, { app: 'a' }));
    c.pass(5_000);
    const [there, waiting] = api.list('Pod').sort((a) => (a.spec.nodeName ? -1 : 1)) as [Pod, Pod];
    expect(scheduled(waiting)).toBe(
      "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. preemption: 0/1 nodes are " +
        'available: 1 No preemption victims found for incoming pod.',
    );
    api.delete('Pod', 'default', there.metadata.name, { gracePeriodSeconds: 0 });
    c.pass(1_000);
    expect(api.get('Pod', 'default', waiting.metadata.name).spec.nodeName).toBe('node-1');
  });

  it('waits for a first node', () => {
    const c = Cluster.create({ seed: 5, nodes: 0 });
    const api = c.client();
    api.create(podOf('p', '10m'));
    c.pass(60_000);
    expect(scheduled(api.get('Pod', 'default', 'p'))).toBe('no nodes available to schedule pods');
    c.addNode({ name: 'node-1' });
    c.pass(60_000);
    expect(api.get('Pod', 'default', 'p').spec.nodeName).toBe('node-1');
  });

  it('holds gated pods, restarts from nothing, and outlives an outage', () => {
    const c = Cluster.create({ seed: 6, nodes: 2 });
    const api = c.client();
    const node = (name: string): string | undefined => api.get('Pod', 'default', name).spec.nodeName;
    api.create(podOf('gated', '10m', { schedulingGates: [{ name: 'wait' }] }));
    c.pass(2_000);
    expect(node('gated')).toBeUndefined();
    api.patch('Pod', 'default', 'gated', 'merge', { spec: { schedulingGates: null } });
    c.pass(2_000);
    expect(node('gated')).toBeDefined();
    c.control.stop('kube-scheduler', c.by);
    api.create(podOf('while-down', '10m'));
    c.pass(2_000);
    expect(node('while-down')).toBeUndefined();
    c.control.start('kube-scheduler', c.by);
    c.pass(2_000);
    expect(node('while-down')).toBeDefined();
    c.setLatency('scheduling', [500, 500]);
    api.create(podOf('cut-off', '10m'));
    c.pass(100);
    c.control.setConnected('kube-scheduler', false, c.by);
    c.pass(5_000);
    expect(node('cut-off')).toBeUndefined();
    c.control.setConnected('kube-scheduler', true, c.by);
    c.pass(20_000);
    expect(node('cut-off')).toBeDefined();
  });

  it('plays the same in a fork and after a restore', () => {
    const c = Cluster.create({ seed: 8, nodes: 3 });
    const api = c.client();
    const spread = [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'a' } },
      },
    ];
    for (let i = 0; i < 9; i += 1)
      api.create(podOf(`p${i}`, '900m', { topologySpreadConstraints: spread }, { app: 'a' }));
    c.pass(8);
    const fork = c.fork();
    const restored = Cluster.restore(c.snapshot());
    for (const each of [c, fork, restored]) each.pass(10_000);
    expect([fork.hash(), restored.hash()]).toEqual([c.hash(), c.hash()]);
  });
});
