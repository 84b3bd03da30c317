import { expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { changesAt, outcomeText, request } from './index.ts';
import type { Origin } from './types.ts';

const OUTSIDE: Origin = { namespace: 'default' };
const MINUTE = 60_000;

const ask = (c: Cluster, url: string, from: Origin = OUTSIDE): string =>
  outcomeText(request({ world: c.world, now: c.now, random: () => 0, hop: () => 0 }, from, url));

function pod(name: string, image: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: { containers: [{ name: 'main', image, ports: [{ containerPort: 80 }] }] },
  };
}

const clusterWith = (latencies: object, ...objects: object[]): Cluster => {
  const c = Cluster.create({ seed: 'pending', nodes: 1, latencies });
  c.world.images.set('slow', { startupMs: 5_000, listens: [80] });
  c.world.images.set('quick', { startupMs: 0, listens: [80] });
  for (const o of objects) c.client().create(o as never);
  return c;
};
const isRunning = (c: Cluster, name: string): boolean => {
  const machine = c.world.machines.get('node-1')!;
  return [...machine.containers.values()].some((x) => x.podName === name && x.state === 'running');
};

it('says when a container that is starting will listen', () => {
  const c = clusterWith({}, pod('web', 'slow'));
  expect(changesAt(c.world, c.now, OUTSIDE, 'http://web/')).toBe(Number.POSITIVE_INFINITY);
  c.runUntil(() => isRunning(c, 'web'), MINUTE);
  const at = changesAt(c.world, c.now, OUTSIDE, 'http://web/');
  expect(at).toBe(c.now + 5_000);
  c.pass(at - c.now - 1);
  expect(ask(c, 'http://web/')).toBe('refused');
  c.pass(1);
  expect(ask(c, 'http://web/')).toBe('200');
  expect(changesAt(c.world, c.now, OUTSIDE, 'http://web/')).toBe(Number.POSITIVE_INFINITY);
});

it("says when a node's kube-proxy will route by a change", () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'server' }, ports: [{ port: 80 }] },
  };
  const c = clusterWith(
    { proxySync: [20_000, 20_000] },
    pod('server', 'quick'),
    pod('client', 'quick'),
    service,
  );
  const from: Origin = { namespace: 'default', pod: 'client' };
  c.pass(2 * MINUTE);
  expect(ask(c, 'http://web/', from)).toBe('200');
  expect(changesAt(c.world, c.now, from, 'http://web/')).toBe(Number.POSITIVE_INFINITY);
  const api = c.client();
  api.patch('Pod', 'default', 'server', 'merge', { metadata: { labels: { app: 'other' } } });
  c.pass(1_000);
  const at = changesAt(c.world, c.now, from, 'http://web/');
  expect(at).toBeGreaterThan(c.now + 18_000);
  expect(at).toBeLessThanOrEqual(c.now + 20_000);
  c.pass(at - c.now - 1);
  expect(ask(c, 'http://web/', from)).toBe('200');
  c.pass(1);
  expect(ask(c, 'http://web/', from)).toBe('refused');
});

it('says when a load balancer will know that a node has endpoints again', () => {
  const c = Cluster.create({
    seed: 'pending',
    nodes: 1,
    config: { loadBalancerAddresses: '172.18.255.200-172.18.255.210' },
  });
  c.world.images.set('quick', { startupMs: 0, listens: [80] });
  const api = c.client();
  api.create(pod('server', 'quick') as never);
  api.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: { app: 'server' },
      ports: [{ port: 80 }],
    },
  } as never);
  c.pass(MINUTE);
  const url = 'http://172.18.255.200/';
  const relabel = (app: string): unknown =>
    api.patch('Pod', 'default', 'server', 'merge', { metadata: { labels: { app } } });
  expect(ask(c, url)).toBe('200');
  expect(changesAt(c.world, c.now, OUTSIDE, url)).toBe(Number.POSITIVE_INFINITY);
  relabel('other');
  c.pass(MINUTE);
  expect(ask(c, url)).toContain('timed out');
  relabel('server');
  c.pass(3_000);
  expect(ask(c, url)).toContain('timed out');
  const at = changesAt(c.world, c.now, OUTSIDE, url);
  expect(at).toBeGreaterThan(c.now);
  c.pass(at - c.now - 1);
  expect(ask(c, url)).toContain('timed out');
  c.pass(1);
  expect(ask(c, url)).toBe('200');
});
