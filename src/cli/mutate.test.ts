import { readFileSync, writeFileSync } from 'node:fs';
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folderOf } from './testing.ts';

const BIN = fileURLToPath(new URL('../../bin/seatrial.mjs', import.meta.url));

const FEATURE = `Feature: shop
  Scenario: two replicas come up
    Given a cluster with 2 nodes
    And the manifest in "shop.yaml"
    And every pod is ready
    When node "node-1" is uncordoned
    Then deployment "shop" has 2 of 2 replicas available
`;
const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  minReadySeconds: 1
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - {name: shop, image: shop}
`;

const mutate = (cwd: string, ...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [BIN, 'mutate', ...args, '--workers', '1'],
      { cwd, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });

describe('seatrial mutate', () => {
  it('tells what no scenario notices, with its place, and writes all of it', async () => {
    const folder = folderOf({ 'shop.feature': FEATURE, 'shop.yaml': SHOP });
    const writes = ['--json', 'out.json', '--html', 'out.html'];
    const { code, output } = await mutate(folder, 'shop.feature', '--lines', ...writes);
    expect(output).toContain('shop.feature:2  two replicas come up');
    expect(output).toMatch(/no effect {2}without "node "node-1" is uncordoned" {2}\(shop\.feature:6\)/);
    expect(output).toContain(
      '\n  and 2 that it is not about, or that its feature notices (--all tells them)\n',
    );
    const all = await mutate(folder, 'shop.feature', '--all');
    expect(all.output).toMatch(/survived {3}deployment\/shop: .*as soon as it is ready {2}\(shop\.yaml:7\)/);
    expect(output).toMatch(/\n +6 {2}deployment\/shop: 1 replicas, one less: shop\.feature:2\n/);
    expect(output).toContain('\nScore: 50 % (50 % of all in each scenario)\n');
    expect(code).toBe(1);
    const { scenarios, lines, score, gaps } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    expect(scenarios[0].mutants).toContainEqual(
      expect.objectContaining({
        name: 'ReplicasReduced',
        fate: 'killed',
        spot: { file: 'shop.yaml', line: 6 },
      }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ line: 6, noticedBy: ['shop.feature:2'] }));
    expect(score).toMatchObject({ noticed: 1, gaps: 1, percent: 50, killed: 3, share: 50 });
    expect(gaps).toEqual([expect.objectContaining({ file: 'shop.feature', line: 2 })]);
    const page = readFileSync(join(folder, 'out.html'), 'utf8');
    expect(page).toContain('Gaps: what the features are about, and nobody noticed');
    expect(page).toContain('<details><summary>What scenarios are not about');
    expect(page).toContain('<td>shop.yaml:6</td>');
  });

  it('speaks Japanese of a feature in Japanese, and of any that it is asked to', async () => {
    const ja = `# language: ja
機能: 店
  シナリオ: レプリカが2つ起動する
    前提 2台のノードを持つクラスター
    かつ "shop.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし ノード"node-1"をuncordonする
    ならば Deployment"shop"の2個中2個のレプリカが利用可能である
`;
    const folder = folderOf({ 'shop.ja.feature': ja, 'shop.feature': FEATURE, 'shop.yaml': SHOP });
    for (const args of [['shop.ja.feature'], ['shop.feature', '--lang', 'ja']]) {
      const { output } = await mutate(folder, ...args, '--html', 'out.html');
      expect(output).toMatch(/件に気づき、\d+件に気づきませんでした\n {2}影響なし/);
      expect(output).toMatch(/\n点数: \d+ % \(シナリオごとの全変更では\d+ %\)\n$/);
      expect(output.match(/\b(noticed|survived|effect|scenarios?|without)\b/g)).toBeNull();
      expect(readFileSync(join(folder, 'out.html'), 'utf8')).toContain(
        '抜け: 主題なのに誰も気づかなかったこと',
      );
    }
    const both = await mutate(folder, 'shop.ja.feature', 'shop.feature');
    expect(both.output).toMatch(/影響なし[\s\S]*no effect[\s\S]*\nScore: /);
  });

  it('passes above the score that is asked for', async () => {
    const folder = folderOf({ 'shop.feature': FEATURE, 'shop.yaml': SHOP });
    expect((await mutate(folder, 'shop.feature', '--at-least', '10')).code).toBe(0);
    expect((await mutate(folder, 'shop.feature', '--at-least', '100')).code).toBe(1);
    const more = await mutate(folder, 'shop.feature', '--at-least', '120');
    expect(more.code).toBe(2);
    expect(more.output).toContain('--at-least takes a whole number of percent from 0 to 100, not "120"');
  });

  it('tries only what has changed', async () => {
    const folder = folderOf({
      'a/shop.feature': FEATURE,
      'a/shop.yaml': SHOP,
      'b/shop.feature': FEATURE,
      'b/shop.yaml': SHOP,
    });
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: folder,
        stdio: 'ignore',
      });
    };
    git('init');
    git('add', '.');
    git('commit', '-m', 'all');
    expect(await mutate(folder, '.', '--since', 'HEAD')).toEqual({
      code: 0,
      output: 'Nothing has changed.\n',
    });
    writeFileSync(join(folder, 'b/shop.yaml'), SHOP.replace('replicas: 2', 'replicas: 2 # two'));
    const { output } = await mutate(folder, '.', '--since', 'HEAD');
    expect(output).toContain('b/shop.feature:2');
    expect(output).not.toContain('a/shop.feature:2');
  });

  it('tries what has changed wherever it stands, and tells files apart that have one name', async () => {
    const elsewhere = FEATURE.replace('"shop.yaml"', '"../manifests/shop.yaml"');
    const folder = folderOf({
      'a/shop.feature': FEATURE,
      'a/shop.yaml': SHOP,
      'b/shop.feature': elsewhere,
      'manifests/shop.yaml': SHOP,
    });
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: folder,
        stdio: 'ignore',
      });
    };
    git('init');
    git('add', '.');
    git('commit', '-m', 'all');
    writeFileSync(join(folder, 'manifests/shop.yaml'), `${SHOP}# two\n`);
    const since = await mutate(folder, '.', '--since', 'HEAD', '--lines');
    expect(since.output).toContain('b/shop.feature:2');
    expect(since.output).not.toContain('a/shop');
    expect(since.output).toMatch(/\nmanifests\/shop\.yaml\n/);
    const all = await mutate(folder, '.', '--lines');
    expect(all.output).toMatch(/\na\/shop\.yaml\n[\s\S]*\nmanifests\/shop\.yaml\n/);
  });

  it('says what is wrong with what it is given', async () => {
    const folder = folderOf({ 'broken.feature': FEATURE.replace('2 of 2', '3 of 3'), 'shop.yaml': SHOP });
    const broken = await mutate(folder, 'broken.feature');
    writeFileSync(join(folder, 'whole.feature'), FEATURE);
    const both = await mutate(folder, 'broken.feature', 'whole.feature', '--at-least', '0');
    expect(both.output).toContain('whole.feature:2');
    expect(both.code).toBe(2);
    expect(broken.output).toContain('was not tried: it fails as it is (deployment "shop" has 3 of 3');
    expect(broken.code).toBe(2);
  });

  it('refuses a revision that git does not know', async () => {
    const folder = folderOf({ 'shop.feature': FEATURE });
    const revision = await mutate(folder, 'shop.feature', '--since', 'no-such');
    expect(revision.output).toMatch(/^seatrial: --since no-such: git says /);
    expect(revision.code).toBe(2);
  });
});
