import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Campaign } from '../../explore/campaign.ts';
import { claimsOf } from '../../explore/scene.ts';
import { SERVICE_AVAILABLE, WEB_SCENE } from '../../explore/testing.ts';
import { folderOf } from '../testing.ts';
import { drive, type DriveOptions } from './drive.ts';
import type { Workers } from './pool.ts';
import { freshState, keyOf, Store, type State } from './store.ts';
import work from './worker.ts';

const scene = WEB_SCENE;
const campaign: Campaign = {
  name: 'web',
  seed: 3,
  scene,
  claims: claimsOf(scene),
  faults: { min: 1, max: 3, withinMs: 120_000, of: ['NodePowerLoss', 'PodDelete', 'NodeDrain'] },
};
const RUNS = 40;
const KEY = keyOf([campaign, RUNS]);

/** As many lanes as given, whose answers come in another order than they were asked for. */
const workers = (lanes: number): Workers => ({
  workers: lanes,
  async run(task) {
    const done = work(task);
    // The first lane's answers come later than the others'.
    for (let i = 0; i < ('from' in task && Number(task.from) % 3 === 0 ? 5 : 0); i += 1)
      await Promise.resolve();
    return done as never;
  },
});

const newStore = (): Store => new Store(folderOf());

async function explore(
  store: Store,
  state: State,
  lanes: number,
  more: Partial<DriveOptions> = {},
  signal = new AbortController().signal,
): Promise<State> {
  await drive(
    campaign,
    state,
    workers(lanes),
    store,
    {
      runs: RUNS,
      untilMs: Number.MAX_SAFE_INTEGER,
      known: new Set(),
      twice: false,
      largestBatch: 5,
      progress: () => undefined,
      found: () => undefined,
      ...more,
    },
    signal,
  );
  return state;
}
const essence = ({ next, coverage, sometimes, found }: State): unknown => ({
  next,
  coverage,
  sometimes: [...sometimes].sort(),
  found: found.map((f) => [f.finding, f.file, f.size]),
});
const features = (store: Store): string[] =>
  readdirSync(store.folder)
    .filter((f) => f.endsWith('.feature'))
    .map((f) => readFileSync(join(store.folder, f), 'utf8'));

it('finds the same with one worker as with three', async () => {
  const [a, b] = [newStore(), newStore()];
  const one = await explore(a, freshState(KEY), 1);
  const three = await explore(b, freshState(KEY), 3);
  expect(one.found.length).toBeGreaterThan(0);
  expect(essence(three)).toEqual(essence(one));
  expect(features(b)).toEqual(features(a));
});

it('goes on where it was interrupted, and comes to the same end', async () => {
  const whole = newStore();
  const straight = await explore(whole, freshState(KEY), 1);
  const store = newStore();
  const stop = new AbortController();
  await explore(
    store,
    freshState(KEY),
    1,
    {
      progress: (s) => {
        if (s.next >= 10) stop.abort();
      },
    },
    stop.signal,
  );
  const left = store.unfinished(KEY)!;
  expect(left.next).toBeGreaterThanOrEqual(10);
  expect(left.next).toBeLessThan(RUNS);
  const ended = await explore(store, left, 1);
  expect(essence(ended)).toEqual(essence(straight));
  expect(store.unfinished(KEY)).toBeUndefined();
  expect(features(store)).toEqual(features(whole));
});

it('begins anew when something else is asked', async () => {
  const store = newStore();
  store.save({ ...freshState(KEY), next: 7 });
  expect(store.unfinished(KEY)?.next).toBe(7);
  expect(store.unfinished(keyOf([{ ...campaign, seed: 4 }, RUNS]))).toBeUndefined();
});

it('does not tell again what is known', async () => {
  const state = await explore(newStore(), freshState(KEY), 1, { known: new Set([SERVICE_AVAILABLE]) });
  expect(state.found.map((f) => f.finding.claim)).not.toContain(SERVICE_AVAILABLE);
});

it('plays twice on demand, and stops at a run that differs', async () => {
  let calls = 0;
  const flaky: Workers = {
    workers: 1,
    async run(task) {
      const done = work(task) as { do: string; batch?: { hashes: string[] } };
      calls += 1;
      if (calls === 4 && done.batch !== undefined) (done.batch.hashes as string[])[0] = 'another';
      return done as never;
    },
  };
  const { difference } = await drive(
    campaign,
    freshState(KEY),
    flaky,
    newStore(),
    {
      runs: RUNS,
      untilMs: Number.MAX_SAFE_INTEGER,
      known: new Set(),
      twice: true,
      progress: () => undefined,
      found: () => undefined,
    },
    new AbortController().signal,
  );
  expect(difference).toBeDefined();
});
