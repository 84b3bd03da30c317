import { expect, it } from 'vitest';
import { fc } from '@fast-check/vitest';
import type { Millis } from '../sim/kernel/types.ts';
import { PacedDriver } from './paced.ts';
import { SimulatedDriver, simulate } from './simulated.ts';

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  },
};

const base = simulate({ seed: '1', nodes: 2 });

type Act = { readonly of: 'pass' | 'settle' | 'until'; readonly ms: Millis };
const acts = fc.array(
  fc.record<Act>({ of: fc.constantFrom('pass', 'settle', 'until'), ms: fc.nat(90_000) }),
  { minLength: 1, maxLength: 5 },
);

/** What comes of it, and the history's hash. */
function played(driver: SimulatedDriver, what: readonly Act[]): unknown {
  driver.client().create(DEPLOYMENT as never);
  const ready = (): boolean =>
    driver
      .client()
      .list('Pod')
      .some((pod) => pod.status.phase === 'Running');
  const came = what.map(({ of, ms }) => {
    if (of === 'pass') return driver.pass(ms);
    return of === 'settle' ? driver.settle(ms) : driver.runUntil(ready, ms);
  });
  return { came, now: driver.now, hash: driver.cluster.hash() };
}

it('a paced driver comes to the same as one that is not, and lets others in between', () => {
  fc.assert(
    fc.property(acts, fc.constantFrom(undefined, 1e6, 3e6), (what, rate) => {
      let turns = 0;
      const paced = new PacedDriver(base.cluster.fork(), { rate, meanwhile: () => void turns++ });
      const before = paced.now;
      expect(played(paced, what)).toEqual(played(new SimulatedDriver(base.cluster.fork()), what));
      if (rate === undefined)
        expect(turns).toBeGreaterThanOrEqual(Math.floor((paced.now - before) / 1000) - what.length);
    }),
    { numRuns: 15 },
  );
});

it('waits as long as its pace says', () => {
  const waits: number[] = [];
  const driver = new PacedDriver(base.cluster.fork(), { rate: 100, meanwhile: (ms) => void waits.push(ms) });
  driver.pass(10_000);
  // In strides of 20 real ms: the last of them is due 98 ms or more after the first began.
  expect(waits).toHaveLength(4);
  expect(waits.at(-1)).toBeGreaterThan(0);
});

it('counts against its limit the time that others let pass', () => {
  const cluster = base.cluster.fork();
  const driver = new PacedDriver(cluster, { rate: undefined, meanwhile: () => cluster.pass(30_000) });
  const from = driver.now;
  expect(driver.runUntil(() => false, 60_000)).toBe(false);
  expect(driver.now - from).toBeLessThan(95_000);
  expect(driver.now - from).toBeGreaterThanOrEqual(60_000);
});
