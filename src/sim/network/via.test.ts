import { expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { OUTSIDE, request } from './index.ts';
import { stopOf } from './way.ts';

it('tells a port that a Service has not from a Service that a node has not heard of', () => {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const metadata = { name: 'web', namespace: 'default' };
  cluster
    .client()
    .create({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }] } } as never);
  const stopAt = (port: number): string | undefined => {
    const { world, now } = cluster;
    const env = { world, now, random: () => 0, hop: () => 1 };
    return stopOf(request(env, OUTSIDE, `http://web.default.svc.cluster.local:${port}/`).hops)?.obstacle;
  };
  cluster.pass(60);
  expect(stopAt(80)).toBe('serviceUnknown');
  cluster.pass(5_000);
  expect([80, 81].map(stopAt)).toEqual(['noEndpoints', 'noSuchPort']);
});
