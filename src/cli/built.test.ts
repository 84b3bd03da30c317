import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt } from '../../bin/built.mjs';
import { folderOf } from './testing.ts';

/** A package whose files were written at these seconds. */
function packageOf(files: Readonly<Record<string, number>>): string {
  const root = folderOf(Object.fromEntries(Object.keys(files).map((name) => [name, ''])));
  for (const [name, at] of Object.entries(files)) utimesSync(join(root, name), at, at);
  return root;
}

describe('what was compiled is run', () => {
  it.each<[string, boolean, Readonly<Record<string, number>>]>([
    [
      'while it is newer than every source',
      true,
      { 'dist/src/cli/main.js': 20, 'src/cli/main.ts': 10, 'steps/en/setup.ts': 15 },
    ],
    [
      'not when a source is newer, however deep',
      false,
      { 'dist/src/cli/main.js': 20, 'src/cli/main.ts': 10, 'src/sim/api/deep/x.ts': 21 },
    ],
    ['not when a step is newer', false, { 'dist/src/cli/main.js': 20, 'steps/ja/setup.ts': 30 }],
    ['not when nothing was', false, { 'src/cli/main.ts': 10 }],
    ['in an installed package, which has no sources', true, { 'dist/src/cli/main.js': 20 }],
  ])('%s', (_, built, files) => {
    expect(isBuilt(packageOf(files))).toBe(built);
  });
});
