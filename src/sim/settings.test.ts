/** A setting counts from when it is said, whether the processes it is for had begun or not. */
import { describe, expect, it } from 'vitest';
import type { Pod } from './api/types.ts';
import { Cluster } from './cluster.ts';
import type { ClusterConfig } from './config.ts';
import type { LatencyName } from './latency.ts';
import { proxyView } from './network/routes.ts';
import { killContainer, powerOff } from './node/index.ts';
import { condition, deployment, podsOf, service, untilReady } from './testing.ts';

type Said =
  | { config: Partial<ClusterConfig> }
  | { latencies: Partial<Record<LatencyName, [number, number]>> };

/** A settled cluster with one web server behind a Service; the setting was said before it, or just now. */
function clusterWith(said: Said, when: 'before' | 'after'): Cluster {
  const c = Cluster.create({ seed: 11, nodes: 6, ...(when === 'before' ? said : {}) });
  c.client().create(deployment('web', { replicas: 1 }));
  c.client().create(service('web'));
  untilReady(c);
  c.pass(60_000);
  if (when === 'before') return c;
  if ('config' in said)
    for (const [key, value] of Object.entries(said.config))
      c.setConfig(key as 'plegRelistMs', value as number);
  else for (const [name, bounds] of Object.entries(said.latencies)) c.setLatency(name as LatencyName, bounds);
  return c;
}

/** Virtual seconds until something is so. */
function seconds(c: Cluster, holds: () => boolean): number {
  const from = c.now;
  expect(c.runUntil(holds, 900_000)).toBe(true);
  return (c.now - from) / 1000;
}

const node = (c: Cluster, name: string) => c.client().get('Node', '', name);

/** How long node-1 goes on routing to a pod that was taken out of its Service. */
function routesOn(c: Cluster): number {
  const [pod] = podsOf(c, 'web') as [Pod];
  c.client().update<Pod>({ ...pod, metadata: { ...pod.metadata, labels: { app: 'other' } } });
  const known = (): boolean =>
    proxyView(c.world, 'node-1', c.now)
      .slices('default', 'web')
      .some((slice) => (slice.endpoints ?? []).some((e) => e.targetRef?.name === pod.metadata.name));
  let passed = 0;
  for (; known(); passed += 1) c.pass(1000);
  return passed;
}

/** How long a first crash goes unnoticed. */
function crashSeen(c: Cluster): number {
  killContainer(c, { podUid: podsOf(c, 'web')[0]!.metadata.uid, container: 'web' });
  return seconds(c, () => podsOf(c, 'web')[0]!.status.containerStatuses![0]!.restartCount > 0);
}

/** How long a node that lost power is taken for alive. */
function silenceSeen(c: Cluster): number {
  powerOff(c, 'node-6');
  return seconds(c, () => condition(node(c, 'node-6'), 'Ready') === 'Unknown');
}

/** Seconds between the first and the last of two nodes' being tainted. */
function taintsApart(c: Cluster): number {
  const tainted = (name: string) => (): boolean =>
    (node(c, name).spec.taints ?? []).some((t) => t.effect === 'NoExecute');
  for (const name of ['node-5', 'node-6']) powerOff(c, name);
  seconds(c, () => tainted('node-5')() || tainted('node-6')());
  return seconds(c, () => tainted('node-5')() && tainted('node-6')());
}

describe.each(['before', 'after'] as const)('said %s the cluster has begun', (when) => {
  it.each<[string, Said, (c: Cluster) => number, number, number]>([
    ['proxySync', { latencies: { proxySync: [20_000, 20_000] } }, routesOn, 20, 21],
    ['plegRelist', { config: { plegRelistMs: 30_000 } }, crashSeen, 3, 62],
    ['nodeMonitorGracePeriod', { config: { nodeMonitorGracePeriodMs: 20_000 } }, silenceSeen, 10, 30],
    [
      'nodeLeaseRenew',
      { config: { nodeLeaseRenewMs: 1_000, nodeMonitorGracePeriodMs: 20_000 } },
      silenceSeen,
      19,
      25.1,
    ],
    ['nodeEvictionRate', { config: { nodeEvictionRate: 0.01 } }, taintsApart, 95, 105],
  ])('%s counts', (_name, said, measure, from, to) => {
    const measured = measure(clusterWith(said, when));
    expect(measured).toBeGreaterThanOrEqual(from);
    expect(measured).toBeLessThanOrEqual(to);
  });
});

it('a grace period that becomes shorter counts for a node that is silent already', () => {
  const c = clusterWith({ config: {} }, 'before');
  powerOff(c, 'node-6');
  c.pass(30_000);
  expect(condition(node(c, 'node-6'), 'Ready')).toBe('True');
  c.setConfig('nodeMonitorGracePeriodMs', 15_000);
  expect(seconds(c, () => condition(node(c, 'node-6'), 'Ready') === 'Unknown')).toBeLessThan(6);
});

it('a kube-proxy that becomes slower forgets nothing it knew', () => {
  const c = clusterWith({ latencies: { proxySync: [20_000, 20_000] } }, 'after');
  const slices = proxyView(c.world, 'node-1', c.now).slices('default', 'web');
  expect(slices.flatMap((slice) => slice.endpoints ?? [])).toHaveLength(1);
});
