import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from './package/packed.ts';

const isMissing = spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0;

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'seatrial-allure-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FEATURE = `Feature: shop
  Scenario: a node comes up
    Given a cluster with 2 nodes
    Then node "node-1" is ready
  Scenario: a node is there
    Given a cluster with 1 node
    Then node "node-2" is ready
`;

const node = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, CI: '' } });
const made = (...args: readonly string[]) => node('--import', 'tsx', join('scripts', 'allure.ts'), ...args);

function ran(feature: string): void {
  const file = join(folder, 'shop.feature');
  writeFileSync(file, feature);
  const { status, stderr } = node(
    join('bin', 'seatrial.mjs'),
    'run',
    file,
    '--reports',
    join(folder, 'reports'),
  );
  if (status !== 0 && status !== 1) throw new Error(stderr);
}

const read = <T>(...path: readonly string[]): T =>
  JSON.parse(readFileSync(join(folder, 'reports', ...path), 'utf8')) as T;

interface History {
  readonly statistic: { readonly passed: number; readonly failed: number };
  readonly items: readonly { readonly status: string }[];
}

it('says what to do where there are no results', () => {
  const { status, stderr } = made(join(folder, 'empty'));
  expect([status, stderr]).toEqual([2, 'no Allure results yet: run `npm start` or `npm test` first\n']);
});

it.skipIf(isMissing)(
  `remembers from run to run what failed${isMissing ? ' (no java here)' : ''}`,
  () => {
    ran(FEATURE);
    expect(made(join(folder, 'reports')).status).toBe(0);
    ran(FEATURE.replace('with 1 node', 'with 2 nodes'));
    expect(made(join(folder, 'reports')).status).toBe(0);
    const tests = Object.values(read<Record<string, History>>('allure-history', 'history.json'));
    // Newest first.
    expect(tests.map((t) => t.items.map((i) => i.status)).sort()).toEqual([
      ['passed', 'failed'],
      ['passed', 'passed'],
    ]);
    const trend = read<readonly { readonly data: { readonly failed: number } }[]>(
      'allure-history',
      'history-trend.json',
    );
    expect(trend.map((run) => run.data.failed)).toEqual([0, 1]);
    expect(existsSync(join(folder, 'reports', 'allure-report', 'index.html'))).toBe(true);
  },
  240_000,
);
