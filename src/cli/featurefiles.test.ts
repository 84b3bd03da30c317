import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asPattern, featureFiles } from './featurefiles.ts';
import { folderOf } from './testing.ts';

it('takes files with their lines, and those of folders and below', () => {
  const root = folderOf({ 'a.feature': '', 'b/c.feature': '', 'b/notes.txt': '', '.git/d.feature': '' });
  mkdirSync(join(root, 'folder.feature'));
  const a = join(root, 'a.feature');
  expect(featureFiles([root])).toEqual([a, join(root, 'b/c.feature')]);
  expect(featureFiles([`${a}:3:9`])).toEqual([`${a}:3:9`]);
});

it('refuses what is no feature, and links that lead nowhere', () => {
  const root = folderOf({ 'notes.txt': '' });
  symlinkSync(join(root, 'gone'), join(root, 'x.feature'));
  expect(() => featureFiles([join(root, 'notes.txt')])).toThrow(/should end in \.feature/);
  expect(() => featureFiles([root])).toThrow(/x\.feature is a link to what does not exist/);
  expect(() => featureFiles([join(root, 'x.feature')])).toThrow(/there is no feature file or folder/);
});

it('writes signs of patterns so that they stand for themselves', () => {
  expect(asPattern('a/[x]*?.feature')).toBe('a/[[]x[]][*][?].feature');
  expect(asPattern('a/@x.feature:3')).toBe('a/[@]x.feature:3');
  expect(asPattern('plain dir/x-1.feature:3')).toBe('plain dir/x-1.feature:3');
});
