import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFeature } from '../../dsl/feature.ts';
import { standardKit } from '../../dsl/kit.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { claimsOf } from '../../explore/scene.ts';
import { WEB_SCENE } from '../../explore/testing.ts';
import { UnwritableError } from '../../dsl/errors.ts';
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
const RUNS = 20;
const KEY = keyOf([campaign, RUNS]);

/** As many lanes as given, whose answers come in another order than they were asked for. */
const workers = (lanes: number): Workers => ({
  workers: lanes,
  async run(task) {
    const done = await work({ task });
    // The first lane's answers come later than the others'.
    for (let i = 0; i < ('from' in task && Number(task.from) % 3 === 0 ? 5 : 0); i += 1)
      await Promise.resolve();
    return done as never;
  },
});

const newStore = (): Store => new Store(folderOf());

const optionsOf = (more: Partial<DriveOptions> = {}): DriveOptions => ({
  kit: standardKit,
  runs: RUNS,
  untilMs: Number.MAX_SAFE_INTEGER,
  known: new Set(),
  showAll: false,
  twice: false,
  largestBatch: 5,
  progress: () => undefined,
  found: () => undefined,
  unsaved: () => undefined,
  ...more,
});

async function explore(
  store: Store,
  state: State,
  lanes: number,
  more: Partial<DriveOptions> = {},
  signal = new AbortController().signal,
): Promise<State> {
  await drive(campaign, state, workers(lanes), store, optionsOf(more), signal);
  return state;
}
const essence = ({ next, causes, coverage, sometimes, found }: State): unknown => ({
  next,
  causes,
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

it('writes a counterexample down before it is shrunk, and shrinks it the next time', async () => {
  const store = newStore();
  const stop = new AbortController();
  const seen: string[] = [];
  const killed: Workers = {
    workers: 1,
    async run(task) {
      if (task.do !== 'shrink') return (await work({ task })) as never;
      seen.push(...features(store));
      stop.abort();
      return new Promise<never>(() => undefined);
    },
  };
  await drive(campaign, freshState(KEY), killed, store, optionsOf(), stop.signal);
  expect(seen.length).toBeGreaterThan(0);
  for (const feature of seen) {
    expect(feature).toContain('# Not yet shrunk.');
    expect(readFeature(feature, 'found.feature')).toHaveLength(1);
  }
  const left = store.unfinished(KEY)!;
  expect(left.found[0]!.size).toBeUndefined();
  const late = { ...optionsOf(), untilMs: Date.now() - 60_000 };
  seen.length = 0;
  await drive(campaign, structuredClone(left), killed, newStore(), late, new AbortController().signal);
  expect(seen, 'what is begun after the time').toEqual([]);
  const ended = await explore(store, left, 1);
  expect(ended.found.every((f) => f.size !== undefined)).toBe(true);
  const straight = newStore();
  await explore(straight, freshState(KEY), 1);
  expect(features(store)).toEqual(features(straight));
});

it('tells a counterexample that cannot be written down, and ends because of it', async () => {
  class FullDisk extends Store {
    override write(name: string): string {
      throw new UnwritableError(`${name} cannot be written: no space is left on the device (ENOSPC)`);
    }
  }
  const told: string[] = [];
  const unsaved = (_: unknown, feature: string): void => void told.push(feature);
  const ending = drive(
    campaign,
    freshState(KEY),
    workers(1),
    new FullDisk(folderOf()),
    optionsOf({ unsaved }),
    new AbortController().signal,
  );
  await expect(ending).rejects.toThrow(/no space is left/);
  expect(told.length).toBeGreaterThan(0);
  expect(readFeature(told[0]!, 'told.feature')).toHaveLength(1);
});

it('puts no counterexample in the place of another', () => {
  const store = newStore();
  const [a, b] = [
    'Then a request to "http://a-b/" answers 200',
    'Then a request to "http://a.b/" answers 200',
  ];
  const first = store.nameFor(a, 'one', []);
  store.write(first, 'one');
  const second = store.nameFor(b, 'two', []);
  store.write(second, 'two');
  expect(second).not.toBe(first);
  expect(features(store).sort()).toEqual(['one', 'two']);
  const long = `Then ${'x'.repeat(300)}`;
  expect(store.nameFor(`${long} a`, '', [])).not.toBe(store.nameFor(`${long} b`, '', []));
});

it('passes over what cannot be read of a corpus', () => {
  const store = newStore();
  store.write('good.feature', 'Feature: f');
  mkdirSync(join(store.folder, 'bad.feature'));
  expect(store.corpus()).toEqual([
    { path: join(store.folder, 'bad.feature'), problem: expect.stringContaining('EISDIR') },
    { path: join(store.folder, 'good.feature'), text: 'Feature: f' },
  ]);
});

it('tells each cause once, and not again what is known', async () => {
  const keys = ({ found }: State): string[] => found.map((f) => f.finding.cause.key);
  const straight = keys(await explore(newStore(), freshState(KEY), 1));
  const [known, ...rest] = [...new Set(straight)];
  const state = await explore(newStore(), freshState(KEY), 1, { known: new Set([known!]) });
  expect(new Set(keys(state))).toEqual(new Set(rest));
  expect(state.causes[known!]!.runs).toBeGreaterThan(0);
});

it('leaves out what any cluster goes down by, unless it is asked for', async () => {
  const totals = ({ found }: State): number => found.filter((f) => f.finding.cause.total).length;
  const state = await explore(newStore(), freshState(KEY), 1);
  expect(Object.values(state.causes).some((tally) => tally.total)).toBe(true);
  expect(totals(state)).toBe(0);
  expect(totals(await explore(newStore(), freshState(KEY), 1, { showAll: true }))).toBeGreaterThan(0);
});

it('plays twice on demand, and stops at a run that differs', async () => {
  let calls = 0;
  const flaky: Workers = {
    workers: 1,
    async run(task) {
      const done = (await work({ task })) as { do: string; batch?: { hashes: string[] } };
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
    optionsOf({ twice: true }),
    new AbortController().signal,
  );
  expect(difference).toBeDefined();
});
