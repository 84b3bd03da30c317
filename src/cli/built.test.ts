import { spawnSync } from 'node:child_process';
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_FROM, isBuilt, sourcesHash } from '../../bin/built.mjs';
import { folderOf } from './testing.ts';

const SOURCES = { 'src/cli/main.ts': 'main', 'src/sim/api/deep/x.ts': 'x', 'steps/en/setup.ts': 'setup' };

/** A package that was built, and where files were written afterwards. */
function builtThen(changes: Readonly<Record<string, string>>): string {
  const root = folderOf({ ...SOURCES, 'dist/src/cli/main.js': '' });
  writeFileSync(join(root, BUILT_FROM), sourcesHash(root));
  for (const [name, text] of Object.entries(changes)) writeFileSync(join(root, name), text);
  return root;
}

describe('what was compiled is run', () => {
  it.each<[string, boolean, Readonly<Record<string, string>>]>([
    ['while the sources are what it was built from', true, {}],
    ['also when they were written anew, as a checkout does', true, SOURCES],
    ['not when a source says something else, however deep', false, { 'src/sim/api/deep/x.ts': 'y' }],
    ['not when a step says something else', false, { 'steps/en/setup.ts': 'other' }],
    ['not when there is one more', false, { 'src/cli/more.ts': '' }],
    ['when a test says something else, which is not compiled', true, { 'src/cli/main.test.ts': 'test' }],
  ])('%s', (_, built, changes) => {
    expect(isBuilt(builtThen(changes))).toBe(built);
  });

  it('not when nothing was', () => {
    expect(isBuilt(folderOf(SOURCES))).toBe(false);
  });

  it('in an installed package, which has no sources', () => {
    expect(isBuilt(folderOf({ [BUILT_FROM]: 'of elsewhere', 'dist/src/cli/main.js': '' }))).toBe(true);
  });

  it('and the sources otherwise, in whatever folder the command is called', () => {
    const checkout = folderOf();
    const project = join(import.meta.dirname, '../..');
    symlinkSync(join(project, 'node_modules'), join(checkout, 'node_modules'));
    for (const part of ['bin', 'src', 'steps', 'package.json', 'tsconfig.json'])
      cpSync(join(project, part), join(checkout, part), { recursive: true });
    const elsewhere = folderOf({
      'one.feature': 'Feature: One\n  Scenario: One\n    Given a cluster with 1 node\n',
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(checkout, 'bin/seatrial.mjs'), 'run', 'one.feature'],
      { cwd: elsewhere, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('1 passed, 0 failed');
    expect(status).toBe(0);
  });
});
