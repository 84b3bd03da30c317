import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeIndex } from './indexpage.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'seatrial-index-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const linksIn = (page: string): string[] => [...page.matchAll(/href="([^"]*)"/g)].map((m) => m[1]!);

it('links what a folder of reports holds, the training report first, and nothing that acts', () => {
  mkdirSync(join(folder, 'counterexamples'));
  mkdirSync(join(folder, 'allure-results'));
  for (const name of [
    'README.md',
    'run.json',
    'report.html',
    'a"><script>.xml',
    'counterexamples/two.feature',
  ])
    writeFileSync(join(folder, name), '');
  for (let i = 0; i < 2; i += 1) {
    writeIndex(folder);
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(linksIn(page)).toEqual([
      'report.html',
      'a%22%3E%3Cscript%3E.xml',
      'run.json',
      'counterexamples/two.feature',
    ]);
    expect(page).not.toContain('<script');
    expect(page).toContain('what the cluster did, and why');
    expect(page).toContain('<span lang="ja">反例。単独で失敗する</span>');
  }
});

it("writes no page where there is nothing to link, and none over somebody else's", () => {
  writeIndex(join(folder, 'absent'));
  writeIndex(folder);
  expect(() => readFileSync(join(folder, 'index.html'))).toThrow('ENOENT');
  writeFileSync(join(folder, 'index.html'), 'mine');
  writeFileSync(join(folder, 'report.html'), '');
  writeIndex(folder);
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('mine');
});
