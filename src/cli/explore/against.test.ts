/** Older versions of what is explored. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { standardKit } from '../../dsl/kit.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { claimsOf, sceneOfManifests } from '../../explore/scene.ts';
import { WEB } from '../../explore/testing.ts';
import { folderOf } from '../testing.ts';
import { exploreAgainst, olderCampaign, olderOf } from './against.ts';
import type { ExploreOptions } from './asked.ts';
import { drive } from './drive.ts';
import type { Pool } from './pool.ts';
import { freshState, Store } from './store.ts';
import type { Settings } from './settings.ts';
import work from './worker.ts';

it('is what a revision of git holds, beside files that stay as they are', () => {
  const root = folderOf({ 'shop/web.yaml': 'old' });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  writeFileSync(join(root, 'shop/web.yaml'), 'new');
  mkdirSync(join(root, 'later'));
  const older = olderOf([join(root, 'shop'), join(root, 'later')], 'HEAD');
  expect(older.paths).toHaveLength(1);
  expect(readFileSync(join(older.paths[0]!, 'web.yaml'), 'utf8')).toBe('old');
  expect(readFileSync(join(root, 'shop/web.yaml'), 'utf8')).toBe('new');
  expect(git('status', '--porcelain')).toBe(' M shop/web.yaml\n');
  older.remove();
  expect(existsSync(older.paths[0]!)).toBe(false);
  expect(() => olderOf([root], 'nowhere')).toThrow(/--against nowhere: there is no such folder, and git/);
});

it('is a folder in place of the one path, or with all of them', () => {
  const root = folderOf({ 'old/web.yaml': '', 'old/api.yaml': '' });
  expect(olderOf(['web.yaml'], join(root, 'old')).paths).toEqual([join(root, 'old')]);
  expect(olderOf(['web.yaml', 'api.yaml', 'new.yaml'], join(root, 'old')).paths).toEqual([
    join(root, 'old/web.yaml'),
    join(root, 'old/api.yaml'),
  ]);
});

const campaignOf = (manifest: string, name = 'web'): Campaign => {
  const scene = sceneOfManifests([manifest], { nodes: 3, zones: 1 });
  const faults = { min: 1, max: 1, withinMs: 60_000, of: ['PodEvict'] };
  return { name, seed: 1, scene, claims: claimsOf(scene).slice(1), faults };
};
const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}`;
const SAFE = campaignOf(`${WEB.replace('replicas: 2', 'replicas: 4')}\n---\n${BUDGET}`);
const ALONE = campaignOf(WEB.replace('replicas: 2', 'replicas: 1'));

it('pairs campaigns by name, or by place where all names differ', () => {
  const [a, b] = [campaignOf(WEB, 'a'), campaignOf(WEB, 'b')];
  const other = { ...ALONE, name: 'b' };
  expect(olderCampaign(b, [a, b], [other])).toEqual(other);
  expect(olderCampaign(a, [a], [other])).toEqual({ ...other, name: 'a' });
  expect(olderCampaign(a, [a, b], [other])).toBeUndefined();
});

async function verdicts(now: Campaign, before: Campaign | undefined): Promise<[number, string[]]> {
  const pool = { workers: 1, run: async (task: never) => (await work({ task })) as never };
  const settings = {
    kit: standardKit,
    options: { out: folderOf(), against: 'before' } as unknown as ExploreOptions,
    pool: pool as unknown as Pool,
  } as unknown as Settings;
  const { code, compared } = await exploreAgainst(now, before, settings, async (campaign) => {
    const state = freshState('key');
    const options = {
      kit: standardKit,
      runs: 5,
      untilMs: Number.MAX_SAFE_INTEGER,
      known: new Set<string>(),
      showAll: false,
      twice: false,
      progress: () => undefined,
      found: () => undefined,
      unsaved: () => undefined,
    };
    await drive(campaign, state, pool, new Store(folderOf()), options, new AbortController().signal);
    return { code: state.found.length > 0 ? 1 : 0, state };
  });
  return [code, compared.map((c) => c.verdict)];
}

it('fails for what a change makes worse only', async () => {
  const [code, worse] = await verdicts(ALONE, SAFE);
  expect([code, new Set(worse)]).toEqual([1, new Set(['new'])]);
  const [better, gone] = await verdicts(SAFE, ALONE);
  expect([better, new Set(gone)]).toEqual([0, new Set(['gone'])]);
  // Without a budget all of them can be evicted; of one, one is enough.
  const [cheap, cheaper] = await verdicts(ALONE, campaignOf(WEB));
  expect([cheap, new Set(cheaper)]).toEqual([1, new Set(['cheaper'])]);
  const [again, same] = await verdicts(ALONE, ALONE);
  expect([again, new Set(same)]).toEqual([0, new Set(['same'])]);
  expect((await verdicts(ALONE, undefined))[0]).toBe(1);
}, 180_000);
