import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesUnder, pack, project, readManifest, ROOT } from './packed.ts';

let folder = '';
let tarball = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-package-'));
  tarball = pack(folder);
  project(join(folder, 'plain'), tarball);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a command as from a terminal: nothing of the test that runs it is inherited. */
function run(cwd: string, command: string, ...args: string[]): Promise<Ended> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_|npm_|TEST|FC_)/.test(name)),
  );
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: { ...env, NO_COLOR: '1' } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

const command = (name: string): string => join(ROOT, 'node_modules', '.bin', name);

describe('the package', () => {
  it('holds what its users need, and only that', () => {
    const files = filesUnder(join(folder, 'plain', 'node_modules', 'seatrial'));
    for (const needed of [
      'README.md',
      'package.json',
      'bin/seatrial.mjs',
      'dist/src/index.js',
      'dist/src/index.d.ts',
      'dist/steps/index.d.ts',
      'dist/node/index.js',
      'dist/browser/seatrial.js',
      'dist/site/index.html',
      'features/levels/en/01-first-pod.feature',
      'failures/rollout-without-room/failure.ja.feature',
      'dist/kubernetes-models/LICENSE',
      'docs/schedule.schema.json',
    ])
      expect(files).toContain(needed);
    const strangers = files.filter(
      (f) =>
        /\.test\.|testing\.|\/mutants\/|\/cases\/|^dist\/(?:node\/)?bench|^(?:src|steps|scripts|features(?!\/levels\/))\//.test(
          f,
        ) ||
        (f.endsWith('.ts') && !f.endsWith('.d.ts')),
    );
    expect(strangers).toEqual([]);
  });

  it('brings no Java tool, and cucumber and fast-check as the one copy its user has', () => {
    const { dependencies, peerDependencies } = readManifest(ROOT);
    expect(Object.keys(dependencies ?? {})).not.toContain('allure-commandline');
    for (const shared of ['@cucumber/cucumber', 'fast-check']) {
      expect(Object.keys(dependencies ?? {})).not.toContain(shared);
      expect(Object.keys(peerDependencies ?? {})).toContain(shared);
    }
  });

  it.concurrent('is clean to publint', async () => {
    const { code, output } = await run(ROOT, command('publint'), 'run', tarball, '--strict');
    expect(output).toContain('All good!');
    expect(code).toBe(0);
  });

  it.concurrent('is clean to are-the-types-wrong', async () => {
    const { code, output } = await run(ROOT, command('attw'), tarball, '--profile', 'esm-only');
    expect(output).toContain('seatrial/vitest');
    expect(code).toBe(0);
  });

  it.concurrent('runs as a command', async () => {
    const at = join(folder, 'plain');
    writeFileSync(
      join(at, 'idle.feature'),
      'Feature: f\n  Scenario: s\n    Given a cluster with 1 node\n    When 1 hour passes\n    Then node ' +
        '"node-1" is ready\n',
    );
    const ran = await run(at, 'node_modules/.bin/seatrial', 'run', 'idle.feature');
    expect(ran.output).toContain('1 passed, 0 failed');
    expect(ran.code).toBe(0);
    writeFileSync(
      join(at, 'web.yaml'),
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n',
    );
    const explored = await run(
      at,
      'node_modules/.bin/seatrial',
      'explore',
      'web.yaml',
      '--runs',
      '20',
      '--workers',
      '2',
    );
    expect(explored.output).toContain('20 runs');
    expect(explored.code).toBe(0);
  });
});

describe('the example', () => {
  it.concurrent.each<[string, readonly string[]]>([
    ['cucumber', ['3 scenarios (3 passed)']],
    ['vitest', ['5 passed']],
    ['typescript', ['history ', 'causes behind it', 'It was first broken at']],
    [
      'operator',
      [
        'has no majority',
        'ledger   3         ledger-1   0',
        'ledger   3         ledger-0   1',
        'No resources found',
      ],
    ],
  ])('%s runs as its README says', async (name, told) => {
    const at = join(folder, name);
    project(at, tarball, join(ROOT, 'examples', name));
    const { code, output } = await run(at, 'npm', 'test');
    for (const text of told) expect(output).toContain(text);
    expect(output).not.toContain('Attachment');
    expect(code).toBe(0);
  });
});
