import { expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import type { ClusterConfig } from '../config.ts';
import { CLUSTER_AUTOSCALER, readFlags, wordsOf } from './index.ts';

const MINUTE = 60_000;

const deployment = (replicas: number, cpu: string, more: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...more },
    },
  },
});

function clusterWith(flags: string, nodes: number, config: Partial<ClusterConfig> = {}): Cluster {
  const cluster = Cluster.create({ seed: 1, nodes, config: { clusterAutoscaler: flags, ...config } });
  cluster.operation('test');
  return cluster;
}

const nodesOf = (cluster: Cluster): string[] =>
  cluster
    .client()
    .list('Node')
    .map((n) => n.metadata.name);

const saysOf = (cluster: Cluster, reason: string): string[] =>
  (cluster.client().list('Event') as unknown as { reason: string; message: string }[])
    .filter((event) => event.reason === reason)
    .map(({ message }) => message);

it('asks for no more nodes than the group may have, and says which Pods it does not help', () => {
  const cluster = clusterWith('--nodes=1:3:node', 2);
  cluster.client().create(deployment(9, '900m') as never);
  cluster.pass(5 * MINUTE);
  expect(nodesOf(cluster)).toEqual(['node-1', 'node-2', 'node-3']);
  expect(saysOf(cluster, 'TriggeredScaleUp')).toEqual(
    Array.from({ length: 2 }, () => 'pod triggered scale-up: [{node 2->3 (max: 3)}]'),
  );
  expect(saysOf(cluster, 'NotTriggerScaleUp')).toContain(
    "pod didn't trigger scale-up: 1 max node group size reached",
  );
});

it('keeps a node whose Pod is not safe to evict, and the least that the group is to have', () => {
  const annotated = deployment(2, '100m') as { spec: { template: { metadata: object } } };
  Object.assign(annotated.spec.template.metadata, {
    annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
  });
  const cluster = clusterWith('--nodes=1:4:node', 4);
  cluster.client().create(annotated as never);
  cluster.pass(60 * MINUTE);
  const hosts = new Set(
    cluster
      .client()
      .list('Pod')
      .map(({ spec }) => spec.nodeName),
  );
  expect(new Set(nodesOf(cluster))).toEqual(hosts);
});

it('begins anew to count for how long nodes have not been needed when it is restarted', () => {
  const cluster = clusterWith('--nodes=1:4:node', 2);
  cluster.pass(9 * MINUTE);
  cluster.control.stop(CLUSTER_AUTOSCALER, cluster.by);
  cluster.control.start(CLUSTER_AUTOSCALER, cluster.by);
  cluster.pass(9 * MINUTE);
  expect(nodesOf(cluster)).toHaveLength(2);
  cluster.pass(3 * MINUTE);
  expect(nodesOf(cluster)).toHaveLength(1);
});

it('stands still where nothing happens', () => {
  const cluster = clusterWith('--nodes=2:4:node', 2);
  cluster.pass(MINUTE);
  const { handled } = cluster.kernel;
  cluster.pass(24 * 60 * MINUTE);
  expect(cluster.kernel.handled - handled).toBeLessThan(20);
});

it('tells flags that it does not know, and values that a flag does not take', () => {
  const { options, refused } = readFlags(wordsOf('--nodes=1:5:a --expander=luck --v=4 --unneeded=1m'));
  expect(refused).toEqual(['--expander=luck', '--unneeded=1m']);
  expect(options.groups).toEqual([{ name: 'a', min: 1, max: 5 }]);
  expect(options).toMatchObject({ unneededMs: 10 * MINUTE, utilizationThreshold: 0.5, scaleDown: true });
});
