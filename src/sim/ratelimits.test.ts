/** How fast the components of a cluster may ask the API server, by the limits of their clients. */
import { describe, expect, it } from 'vitest';
import type { Pod } from './api/types.ts';
import { Cluster } from './cluster.ts';
import type { ClusterConfig } from './config.ts';
import { deployment, isReady, podsOf } from './testing.ts';

const cluster = (nodes: number, config: Partial<ClusterConfig> = {}): Cluster =>
  Cluster.create({ seed: 5, nodes: Array.from({ length: nodes }, (_, i) => ({ name: `n${i}` })), config });

/** Times, in ms from the first, at which something was done to pods. */
function times(c: Cluster, done: (before: Pod | undefined, after: Pod | undefined) => boolean): number[] {
  const found = c.history.flatMap((entry) =>
    entry.type === 'api' &&
    entry.kind === 'Pod' &&
    done(entry.before as Pod | undefined, entry.after as Pod | undefined)
      ? [entry.at]
      : [],
  );
  return found.map((at) => at - found[0]!);
}
const created = (before: Pod | undefined): boolean => before === undefined;
const bound = (before: Pod | undefined, after: Pod | undefined): boolean =>
  before !== undefined && !before.spec.nodeName && Boolean(after?.spec.nodeName);
const marked = (before: Pod | undefined, after: Pod | undefined): boolean =>
  before?.metadata.deletionTimestamp === undefined && after?.metadata.deletionTimestamp !== undefined;

/** Whether no stretch of time holds more than the limit lets through. */
function keepsTo(at: readonly number[], { qps, burst }: { qps: number; burst: number }): boolean {
  return at.every((from, i) =>
    at.every((to, j) => j < i || j - i + 1 <= burst + ((to - from) * qps) / 1000 + 1),
  );
}

describe('the ReplicaSet controller', () => {
  it('makes pods at the rate of its client, of all sets together, and deletes them so', () => {
    const c = cluster(4);
    for (const app of ['a', 'b', 'c']) c.client().create(deployment(app, { replicas: 50, cpu: '1m' }));
    c.pass(60_000);
    const made = times(c, created);
    expect(made).toHaveLength(150);
    expect(keepsTo(made, { qps: 20, burst: 30 })).toBe(true);
    // 30 at once and 20 a second are 6 s; the events of the first 25 pods of each set take their part.
    expect(made.at(-1)).toBeGreaterThan(6_000);
    expect(made.at(-1)).toBeLessThan(12_000);
    for (const app of ['a', 'b', 'c']) expect(podsOf(c, app).filter(isReady)).toHaveLength(50);
    c.client().scale('Deployment', 'default', 'a', 0);
    c.pass(60_000);
    expect(podsOf(c, 'a')).toHaveLength(0);
    const ended = times(c, marked);
    expect(ended).toHaveLength(50);
    expect(keepsTo(ended, { qps: 20, burst: 30 })).toBe(true);
    expect(ended.at(-1)).toBeGreaterThanOrEqual(1_000);
  });

  it('makes all at once where there is no limit', () => {
    const c = cluster(4, { controllerManagerKubeAPIQPS: -1 });
    c.client().create(deployment('a', { replicas: 150, cpu: '1m' }));
    c.pass(60_000);
    expect(times(c, created).at(-1)).toBeLessThan(100);
  });

  it('writes no status before all is made that its sync began', () => {
    const c = cluster(4);
    c.client().create(deployment('a', { replicas: 100, cpu: '1m' }));
    c.pass(60_000);
    const seen = c.history.flatMap((entry) =>
      entry.type === 'api' && entry.kind === 'ReplicaSet' && entry.after !== undefined
        ? [(entry.after as { status?: { replicas?: number } }).status?.replicas ?? 0]
        : [],
    );
    // The last pods are not in its cache yet when its sync is done.
    expect(seen.filter((replicas) => replicas > 0 && replicas < 95)).toEqual([]);
    expect(seen.at(-1)).toBe(100);
  });
});

const pods = (c: Cluster, count: number, spec: object = {}): void => {
  for (let i = 0; i < count; i += 1)
    c.client().create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${i}`, namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'nginx:1' }], ...spec },
    } as never);
};

it('the scheduler binds at the rate of its client', () => {
  const c = cluster(4, { schedulerKubeAPIQPS: 10, schedulerKubeAPIBurst: 20 });
  pods(c, 80);
  c.pass(30_000);
  const at = times(c, bound);
  expect(at).toHaveLength(80);
  expect(keepsTo(at, { qps: 10, burst: 20 })).toBe(true);
  expect(at.at(-1)).toBeGreaterThanOrEqual(5_900);
  expect(at.at(-1)).toBeLessThan(6_500);
});

it('a kubelet tells statuses at the rate of its client, the last of each pod in the end', () => {
  const told = (config: Partial<ClusterConfig>): number => {
    const c = cluster(1, config);
    c.setLatency('imagePull', [0, 0]);
    pods(c, 60, { nodeName: 'n0' });
    expect(
      c.runUntil(() => {
        const all = c.client().list('Pod');
        return all.length === 60 && all.every(isReady);
      }, 300_000),
    ).toBe(true);
    return c.now;
  };
  const unlimited = told({ kubeletKubeAPIQPS: 1e6, kubeletKubeAPIBurst: 1e6 });
  // Two requests a status, and at least the last status of each pod.
  expect(told({ kubeletKubeAPIQPS: 5, kubeletKubeAPIBurst: 10 })).toBeGreaterThan(20_000);
  expect(unlimited).toBeLessThan(10_000);
});

it('a kubelet ends all pods of its node at the rate of its client', () => {
  const c = cluster(1, { kubeletKubeAPIQPS: 5, kubeletKubeAPIBurst: 10 });
  pods(c, 30, { nodeName: 'n0', terminationGracePeriodSeconds: 1 });
  c.pass(300_000);
  const start = c.now;
  for (const { metadata } of c.client().list('Pod')) c.client().delete('Pod', 'default', metadata.name);
  expect(c.runUntil(() => c.client().list('Pod').length === 0, 120_000)).toBe(true);
  // At least a look at each, its last status and its deletion.
  expect(c.now - start).toBeGreaterThan(10_000);
  expect(c.pending().map(({ task }) => task.type)).not.toContain('flushStatus');
});
