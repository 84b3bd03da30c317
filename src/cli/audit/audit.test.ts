import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../testing.ts';

const BIN = fileURLToPath(new URL('../../../bin/seatrial.mjs', import.meta.url));

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - {name: shop, image: shop, ports: [{containerPort: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
`;

const audit = (cwd: string, ...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [BIN, 'audit', ...args],
      { cwd, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });

describe('seatrial audit', () => {
  it('tells what goes down, and what was seen to mend it', async () => {
    const folder = folderOf({ 'shop.yaml': SHOP });
    const kinds = ['cluster DNS fails', 'it is rolled out anew'];
    const { code, output } = await audit(
      folder,
      'shop.yaml',
      '--time-limit',
      '10m',
      '--workers',
      '1',
      '--only',
      ...kinds,
    );
    expect(output).toMatch(/^1 Service under 2 trials on 3 nodes in /);
    expect(output).toContain('Every Service goes down when cluster DNS fails for 5 minutes');
    expect(output).toMatch(/mended by: deployment\/shop: a readiness probe for shop/);
    expect(code).toBe(1);
    const ja = await audit(folder, 'shop.yaml', '--workers', '1', '--only', ...kinds, '--lang', 'ja');
    expect(ja.output).toMatch(/^1個のServiceに2件の試行、ノード3台、/);
    expect(ja.output).toContain('すべてのServiceが停止する: クラスターのDNSが失敗する');
    expect(ja.output).toContain('\n点数 (100点満点):\n');
    // But for names of published failures, which are words of a command.
    const words = ja.output.replace(/seatrial failures [\w-]+/g, '');
    expect(words.match(/\b(when|down|requests|mended|Service goes|Score)\b/g)).toBeNull();
  }, 240_000);

  it('fails on what is new beside a baseline only, and writes what is asked for', async () => {
    const folder = folderOf({ 'shop.yaml': SHOP, 'full/a.txt': '' });
    const args = [
      'shop.yaml',
      '--time-limit',
      '10m',
      '--workers',
      '1',
      '--only',
      'a pod is deleted',
      'it is rolled out anew',
    ];
    const first = await audit(
      folder,
      ...args,
      '--write-baseline',
      'known.json',
      '--fix',
      'fix',
      '--html',
      'out',
    );
    expect(first.output).toContain('With them nothing goes down that did not before.');
    expect(readdirSync(join(folder, 'fix'))).toContain('kustomization.yaml');
    const page = readFileSync(join(folder, 'out/index.html'), 'utf8');
    expect(page).toContain('href="trials.html"');
    // Each finding leads to its own trial in the report.
    const report = readFileSync(join(folder, 'out/trials.html'), 'utf8');
    const replays = [...page.matchAll(/when (.*?) · <a href="trials\.html#(s-\d+)">replay</g)];
    expect(replays.length).toBeGreaterThan(1);
    for (const [, trial, place] of replays)
      expect(report).toContain(`href="#${place}">default/shop when ${trial}<`);
    const known = JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8')) as {
      findings: Record<string, object>;
    };
    const [group, effect] = Object.entries(known.findings)[0]!;
    const others = { ...known.findings, [group.replace('default/shop', 'default/old')]: effect };
    writeFileSync(join(folder, 'known.json'), JSON.stringify({ ...known, findings: others }));
    const again = await audit(folder, ...args, '--baseline', 'known.json', '--sarif', 'a.sarif');
    expect(again.output).toContain('Nothing is new or worse than in known.json.');
    expect(again.output).toMatch(/No more than in known\.json .*\n {2}.* default\/old\n/);
    expect(again.code).toBe(0);
    const refused = await audit(folder, ...args, '--fix', 'full');
    expect(refused.output).toMatch(/^seatrial: --fix full: there is something in it/);
    expect(refused.code).toBe(2);
  }, 240_000);

  it('refuses a kind of trial that there is not', async () => {
    const folder = folderOf({ 'shop.yaml': SHOP });
    const { code, output } = await audit(folder, 'shop.yaml', '--only', 'a flood');
    expect(output).toMatch(
      /^seatrial: there is no kind of trial "a flood"; there are: a node loses power · /,
    );
    expect(code).toBe(2);
  });

  it('tells what of a folder it does not look at', async () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
    const hook = config.replace('{name: a}', '{name: b, annotations: {helm.sh/hook: test}}');
    const folder = folderOf({ 'all/a.yaml': `${config}---\n${hook}`, 'all/sub/b.yaml': config });
    const { output } = await audit(folder, 'all', '--workers', '1');
    expect(output).toMatch(/^Not read, .*: all\/sub\nLeft out, .*: configmap\/b \(test\)\nseatrial: nothing/);
  });

  it('passes nothing of which nothing runs', async () => {
    const folder = folderOf({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
    const { code, output } = await audit(folder, 'a.yaml', '--workers', '1');
    expect(output).toMatch(/^seatrial: nothing to audit in a\.yaml: no Deployment, /);
    expect(code).toBe(2);
  });

  it('says where weights are wrong', async () => {
    const folder = folderOf({ 'shop.yaml': SHOP, 'w.yaml': 'loss:\n  down: [1\n' });
    const { code, output } = await audit(folder, 'shop.yaml', '--weights', 'w.yaml');
    expect(output).toMatch(/^seatrial: w\.yaml:3:1: Flow sequence /);
    expect(code).toBe(2);
  });

  it('says where manifests are wrong', async () => {
    const folder = folderOf({ 'broken.yaml': 'kind: Pod\n' });
    const { code, output } = await audit(folder, 'broken.yaml');
    expect(output).toMatch(/^seatrial: broken\.yaml:1:1: /);
    expect(code).toBe(2);
  });
});
