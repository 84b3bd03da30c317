import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SHOP } from '../play/testing.ts';
import type { RunRecord } from '../report/record.ts';
import { folderOf } from './testing.ts';

const BIN = fileURLToPath(new URL('../../bin/seatrial.mjs', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly wrong: string;
}

/** Runs the command in a folder. @param input lines for its standard input */
const seatrialIn = (cwd: string, args: readonly string[], input: readonly string[] = []): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } });
    let [out, wrong] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (wrong += piece.toString()));
    child.on('close', (code) => resolve({ code, out, wrong }));
    child.stdin.end(input.map((line) => `${line}\n`).join(''));
  });

describe('seatrial shell', () => {
  it('plays the lines of a pipe, and saves a feature that runs to the same history', async () => {
    const folder = folderOf({ 'shop.yaml': SHOP });
    const { code, out, wrong } = await seatrialIn(
      folder,
      ['shell', '--nodes', '2', '--seed', '7', 'shop.yaml'],
      [
        'settle',
        '# a comment',
        'fault node node-1 loses power',
        'wait 7m',
        'get pods -o wide',
        'save lost-node.feature',
        'exit',
        'get nodes',
      ],
    );
    expect([code, wrong]).toEqual([0, '']);
    expect(out).toMatch(/web-\S+ +1\/1 +Running .* node-2/);
    expect(out).not.toContain('VERSION');
    const hash = /hash of the history: (\w+)…/.exec(out)![1]!;
    const run = await seatrialIn(folder, ['run', 'lost-node.feature', '--json', 'record.json']);
    expect(run.code).toBe(0);
    const record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as RunRecord;
    expect(record.features[0]!.scenarios[0]!.play!.hash!.slice(0, 12)).toBe(hash);
  });

  it('begins with the scene of a feature, goes on after what fails, and ends with 1 then', async () => {
    const scene =
      'Feature: f\n  Background:\n    Given a cluster with 1 node\n    And the manifests in "shop.yaml"\n' +
      '  Scenario: s\n    When node "node-1" loses power\n    Then node "node-1" is ready\n';
    const folder = folderOf({ 'plan/shop.yaml': SHOP, 'plan/f.feature': scene });
    const { code, out, wrong } = await seatrialIn(
      folder,
      ['shell', 'plan/f.feature'],
      ['get nope', 'get deployments', 'save plan'],
    );
    expect(code).toBe(1);
    expect(wrong).toContain('the server doesn\'t have a resource type "nope"');
    expect(wrong).toContain('plan');
    expect(out).toMatch(/web +0\/2/);
  });

  it.each([
    [['--nodes', 'many'], '--nodes should be a number'],
    [['no.feature'], 'no.feature'],
  ])('refuses %j', async (args, said) => {
    const { code, wrong } = await seatrialIn(folderOf(), ['shell', ...args]);
    expect(code).toBe(2);
    expect(wrong).toContain(said);
    expect(wrong).not.toContain('    at ');
  });

  it('draws levels by their numbers, which are checked and played as others are', async () => {
    const folder = folderOf({});
    const drawn = await seatrialIn(folder, ['level', 'draw', '6', '--lang', 'ja', '--out', 'drawn.feature']);
    expect([drawn.code, drawn.out]).toEqual([0, 'drawn.feature  エンドレス6：cartに何が起きた？\n']);
    const checked = await seatrialIn(folder, ['level', 'check', 'drawn.feature']);
    expect([checked.code, checked.out]).toEqual([0, '✓ drawn.feature\n1 passed, 0 failed\n']);
    const played = await seatrialIn(folder, ['level', 'play', 'endless-6'], ['goals', 'exit']);
    expect([played.code, played.out]).toEqual([
      0,
      expect.stringContaining('Endless 6: what happened to cart?'),
    ]);
    const none = await seatrialIn(folder, ['level', 'draw', 'many']);
    expect([none.code, none.wrong]).toEqual([2, expect.stringContaining('"seatrial level draw 17"')]);
  }, 240_000);
});
