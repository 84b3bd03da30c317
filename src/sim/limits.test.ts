import { expect, it } from 'vitest';
import { Cluster } from './cluster.ts';
import type { Draft } from './api/client.ts';
import type { Pod } from './api/types.ts';
import { LimitError, type RunLimits } from './limits.ts';

/** A cluster that is never at rest: a container ends again and again. */
function boot(limits: Partial<RunLimits> = {}): Cluster {
  const cluster = Cluster.create({ seed: 1, nodes: 2, limits });
  cluster
    .client()
    .create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'busybox', command: ['false'] }] },
    } as unknown as Draft<Pod>);
  return cluster;
}

const endOf = (run: () => unknown): LimitError => {
  try {
    run();
  } catch (error) {
    if (error instanceof LimitError) return error;
    throw error;
  }
  throw new Error('it did not end');
};

it('ends a run after so many events, at the same one every time, and says what kept it going', () => {
  const end = (): { error: LimitError; hash: string } => {
    const cluster = boot({ events: 700 });
    const error = endOf(() => cluster.pass(86_400_000));
    return { error, hash: cluster.hash() };
  };
  const [once, again] = [end(), end()];
  expect(once.error.message).toMatch(/ended after 701 events, which is the limit, at \d+:\d\d:\d\d/);
  expect(once.error.message).toMatch(/what kept it going most: \S+/);
  expect(once.error.overdue).toBe(false);
  expect(again).toEqual(once);
});

it('counts the events before a fork, whose limits are its own', () => {
  const cluster = boot();
  const fork = cluster.fork({ limits: { events: cluster.kernel.handled + 10 } });
  expect(endOf(() => fork.pass(86_400_000)).message).toContain('events');
  expect(endOf(() => fork.fork().pass(86_400_000)).message).toContain('events');
  cluster.pass(86_400_000);
});

it('ends a run whose caller has no time left, without a trace in what was played', () => {
  let looks = 0;
  const cluster = boot({ overdue: () => (looks += 1) > 40 });
  expect(endOf(() => cluster.pass(7 * 86_400_000)).overdue).toBe(true);
  const free = boot();
  free.pass(cluster.now);
  expect(free.hash()).toBe(cluster.hash());
});

it('lets no time pass that cannot be written as a timestamp', () => {
  expect(endOf(() => boot().pass(20_000_000 * 604_800_000)).message).toMatch(
    /ended after \d+ years, which is the limit/,
  );
});
