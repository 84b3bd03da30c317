import { expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { DESCHEDULER, readPolicy } from './index.ts';

const MINUTE = 60_000;

const policyOf = (plugin: string, args: object = {}, evictor: object = {}): object => ({
  apiVersion: 'descheduler/v1alpha2',
  kind: 'DeschedulerPolicy',
  profiles: [
    {
      name: 'p',
      pluginConfig: [
        { name: plugin, args },
        { name: 'DefaultEvictor', args: evictor },
      ],
      plugins: {
        [/^(?:Low|High)|Duplicates|Spread/.test(plugin) ? 'balance' : 'deschedule']: { enabled: [plugin] },
      },
    },
  ],
});

/** Three nodes, of which one is closed until the Deployment's six Pods run. */
function crowded(policy: object, allowed = 6): Cluster {
  const cluster = Cluster.create({ seed: 1, nodes: 3 });
  cluster.operation('test');
  const api = cluster.client();
  const close = (unschedulable: boolean): void =>
    void api.patch('Node', '', 'node-3', 'merge', { spec: { unschedulable } });
  close(true);
  api.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas: 6,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '400m' } } }] },
      },
    },
  } as never);
  api.create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: 'default' },
    spec: { maxUnavailable: allowed, selector: { matchLabels: { app: 'web' } } },
  } as never);
  cluster.pass(MINUTE);
  close(false);
  const args = { policy: JSON.stringify(policy), intervalMs: '0' };
  cluster.control.spawn(DESCHEDULER, DESCHEDULER, args, cluster.by);
  cluster.pass(MINUTE);
  return cluster;
}

const evictionsBy = (cluster: Cluster, plugin: string): number =>
  (cluster.client().list('Event') as unknown as { reason: string }[]).filter((e) => e.reason === plugin)
    .length;

it('takes duplicates off nodes that have more than their share, as far as budgets let it', () => {
  const spread = crowded(policyOf('RemoveDuplicates'));
  expect(evictionsBy(spread, 'RemoveDuplicates')).toBe(2);
  const few = crowded(policyOf('RemoveDuplicates', {}, { minReplicas: 7 }));
  expect(evictionsBy(few, 'RemoveDuplicates')).toBe(0);
});

it('moves Pods off full nodes to one that is hardly used, and none where a budget forbids it', () => {
  const args = { thresholds: { cpu: 20 }, targetThresholds: { cpu: 30 } };
  const moved = crowded(policyOf('LowNodeUtilization', args));
  expect(evictionsBy(moved, 'LowNodeUtilization')).toBeGreaterThan(0);
  expect(
    moved
      .client()
      .list('Pod')
      .some(({ spec }) => spec.nodeName === 'node-3'),
  ).toBe(true);
  expect(evictionsBy(crowded(policyOf('LowNodeUtilization', args), 0), 'LowNodeUtilization')).toBe(0);
});

it('runs once without an interval, and says what is wrong with a policy', () => {
  expect(crowded(policyOf('PodLifeTime', { maxPodLifeTimeSeconds: 1 })).dueAt(DESCHEDULER)).toBe(Infinity);
  expect(readPolicy({ kind: 'Pod' })).toEqual({
    problem: 'a policy is a DeschedulerPolicy of descheduler/v1alpha2, not a Pod of no version',
  });
  expect(readPolicy(policyOf('RemoveDuplicate'))).toHaveProperty('problem');
});
