/** Campaigns in parts, put together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standardKit } from '../../dsl/kit.ts';
import { LONE_REPLICA } from '../../explore/testing.ts';
import { folderOf } from '../testing.ts';
import { drive } from './drive.ts';
import { merge, partsIn } from './merge.ts';
import { rangeOf, shardAsked, type Range } from './shard.ts';
import { freshState, Store, type State } from './store.ts';
import work from './worker.ts';

describe('a part', () => {
  it.each([1, 3, 7, 20])('of %i is as large as another, and all are the whole', (of) => {
    const ranges = Array.from({ length: of }, (_, i) => rangeOf({ index: i + 1, of }, 20));
    expect(ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    );
    const sizes = ranges.map(({ from, to }) => to - from);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('is said by its number, or by the index of a Job', () => {
    expect(shardAsked('3/8', {})).toEqual({ index: 3, of: 8 });
    expect(shardAsked('8', { JOB_COMPLETION_INDEX: '0' })).toEqual({ index: 1, of: 8 });
    expect(() => shardAsked('8', {})).toThrow(/give it as 1\/8, or run it in an Indexed Job, which sets/);
    expect(() => shardAsked('9/8', {})).toThrow('there is no part 9 of 8');
    expect(() => shardAsked('0/8', {})).toThrow('--shard takes a whole number from 1, not "0"');
    expect(() => shardAsked('a/b', {})).toThrow('such as 3/8, not "a/b"');
  });
});

const RUNS = 12;
const campaign = LONE_REPLICA;

async function played({ from, to }: Range, folder: string): Promise<State> {
  const shard = { from, to, runs: RUNS, campaign, key: 'aaaa' };
  const state = freshState(`bbb${from}`, shard);
  await drive(
    campaign,
    state,
    { workers: 2, run: async (task) => (await work({ task })) as never },
    new Store(folder),
    {
      kit: standardKit,
      runs: to,
      untilMs: Number.MAX_SAFE_INTEGER,
      known: new Set(),
      showAll: true,
      twice: false,
      largestBatch: 3,
      progress: () => undefined,
      found: () => undefined,
      unsaved: () => undefined,
    },
    new AbortController().signal,
  );
  return state;
}

const features = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.feature'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

it('comes to the same as one process, in whatever order, and says what is missing', async () => {
  const root = folderOf();
  const whole = join(root, 'whole');
  const one = await played({ from: 0, to: RUNS }, whole);
  for (const index of [3, 1, 2])
    await played(rangeOf({ index, of: 3 }, RUNS), join(root, `parts/${4 - index}`));
  const parts = partsIn([join(root, 'parts')]);
  const { state, features: kept } = merge(parts, standardKit);
  expect(one.found.length).toBeGreaterThan(1);
  expect(state.found).toEqual(one.found);
  expect(state.causes).toEqual(one.causes);
  expect(state.coverage).toEqual(one.coverage);
  expect(state.next).toBe(one.next);
  expect(Object.fromEntries(kept)).toEqual(features(whole));
  // The same part twice is one.
  expect(merge([...parts, parts[1]!], standardKit).state).toEqual(state);
  const without = parts.filter((p) => p.state.shard.from !== 4);
  expect(() => merge(without, standardKit)).toThrow('web: runs 4 to 7 of 12 are missing');
}, 180_000);
